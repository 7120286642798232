using McpGateway.Auditing;
using McpGateway.Authentication;

namespace McpGateway.Console.Access;

/// <summary>The audit events of tokens that the operator makes, changes and ends in the console.</summary>
internal static class TokenAudit
{
    public static void TokenChanged(this AuditLog audit, string @event, string name) =>
        audit.Write(@event, Caller.Operator.Name, line => line.WriteName("token", name));
}

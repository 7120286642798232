using McpGateway.Auditing;
using McpGateway.Authentication;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Console.Session;

/// <summary>The audit events of the operator's sessions.</summary>
internal static class ConsoleAudit
{
    /// <summary>Records that the operator has signed in.</summary>
    public static void ConsoleOpened(this AuditLog audit, HttpContext context) => audit.Write("console_opened", context);

    /// <summary>Records that the operator has signed out.</summary>
    public static void ConsoleClosed(this AuditLog audit, HttpContext context) => audit.Write("console_closed", context);

    private static void Write(this AuditLog audit, string @event, HttpContext context)
    {
        var client = context.Connection.RemoteIpAddress?.ToString();
        audit.Write(@event, Caller.Operator.Name, line => line.WriteString("client", client));
    }
}

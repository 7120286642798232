using McpGateway.Auditing;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Authentication;

/// <summary>The audit event of somebody who was turned away.</summary>
public static class LoginAudit
{
    /// <summary>Records that a credential was missing or wrong.</summary>
    public static void LoginRefused(this AuditLog audit, HttpContext context, string reason)
    {
        var client = context.Connection.RemoteIpAddress?.ToString();
        var path = context.Request.Path.Value ?? "";
        audit.Write(
            "login_refused",
            caller: null,
            line =>
            {
                line.WriteString("reason", reason);
                line.WriteString("client", client);
                line.WriteName("path", path);
            }
        );
    }
}

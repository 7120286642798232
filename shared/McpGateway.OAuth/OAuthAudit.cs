using System.Text.Json;
using McpGateway.Auditing;
using McpGateway.OAuth.Grants;
using McpGateway.State;

namespace McpGateway.OAuth;

/// <summary>The audit events in the life of an app's access.</summary>
internal static class OAuthAudit
{
    /// <summary>Records that an app has registered itself, which anybody may do.</summary>
    public static void ClientRegistered(this AuditLog audit, string client, IEnumerable<string> redirectHosts)
    {
        var hosts = string.Join(' ', redirectHosts);
        audit.Write(
            "client_registered",
            caller: null,
            line =>
            {
                line.WriteName("client", client);
                line.WriteName("redirect", hosts);
            }
        );
    }

    /// <summary>Records that the operator lets an app connect.</summary>
    public static void ConsentGiven(this AuditLog audit, string client, string redirectHost, string scope, string? profile) =>
        audit.Write(
            "consent_given",
            caller: null,
            line =>
            {
                line.WriteName("client", client);
                line.WriteName("redirect", redirectHost);
                line.WriteString("scope", scope);
                line.WriteProfile(profile);
            }
        );

    /// <summary>Records that somebody at the consent page said no.</summary>
    public static void ConsentDenied(this AuditLog audit, string client, string redirectHost) =>
        audit.Write(
            "consent_denied",
            caller: null,
            line =>
            {
                line.WriteName("client", client);
                line.WriteName("redirect", redirectHost);
            }
        );

    /// <summary>Records what the operator has said to a call that waited.</summary>
    public static void ApprovalAnswered(this AuditLog audit, WaitingCall call, bool yes) =>
        audit.Write(
            yes ? "approval_given" : "approval_refused",
            call.Caller,
            line =>
            {
                line.WriteName("tool", call.Tool);
                line.WriteString("call", call.Digest[..12]);
            }
        );

    /// <summary>Records that a connection was opened, narrowed or ended.</summary>
    public static void GrantChanged(this AuditLog audit, string @event, Grant grant, string? reason = null) =>
        audit.Write(
            @event,
            caller: null,
            line =>
            {
                line.WriteString("grant", grant.CallerName);
                line.WriteName("redirect", grant.RedirectHost);
                line.WriteString("scope", grant.Scope);
                line.WriteProfile(grant.Profile);
                if (reason is not null)
                {
                    line.WriteString("reason", reason);
                }
            }
        );

    private static void WriteProfile(this Utf8JsonWriter line, string? profile)
    {
        if (profile is not null)
        {
            line.WriteString("profile", profile);
        }
    }
}

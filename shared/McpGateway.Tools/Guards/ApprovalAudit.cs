using McpGateway.Auditing;
using McpGateway.State;

namespace McpGateway.Tools.Guards;

/// <summary>The audit event of a call that waits.</summary>
internal static class ApprovalAudit
{
    /// <summary>Records that a call waits for the operator's yes.</summary>
    public static void ApprovalAsked(this AuditLog audit, WaitingCall call) =>
        audit.Write(
            "approval_asked",
            call.Caller,
            line =>
            {
                line.WriteName("tool", call.Tool);
                line.WriteString("call", call.Digest[..12]);
            }
        );
}

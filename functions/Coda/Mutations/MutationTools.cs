using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Mutations;

/// <summary>Tools that tell where a write stands.</summary>
[McpServerToolType]
internal sealed partial class MutationTools(MutationWaiter waiter)
{
    /// <summary>Shows whether an earlier write is applied. Coda reports no failure: a write that can never apply stays incomplete.</summary>
    /// <param name="requestId">As the write returned it.</param>
    /// <param name="waitSeconds">Seconds to wait for it, 0-60.</param>
    [McpServerTool(
        Name = "coda_get_mutation_status",
        Title = "Status of a write",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public partial Task<MutationStatus> GetMutationStatusAsync(
        string requestId,
        IProgress<ProgressNotificationValue> progress,
        int waitSeconds = 0,
        CancellationToken cancellationToken = default
    ) => waiter.GetStatusAsync(requestId, waitSeconds, progress, cancellationToken);
}

using System.Security.Claims;
using Coda.Writes;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Mutations;

/// <summary>Tools that tell where a write stands.</summary>
internal sealed partial class MutationTools(MutationWaiter waiter, WriteJournal journal)
{
    private const int MostListed = 10;

    /// <summary>
    /// Shows what became of a write, also of one whose response did not arrive. Coda reports no failure: what can never apply stays
    /// incomplete.
    /// </summary>
    /// <param name="requestId">As the write returned it, or as you gave it. None: your latest writes.</param>
    /// <param name="waitSeconds">Seconds to wait for it, 0-60.</param>
    [McpServerTool(
        Name = "coda_get_mutation_status",
        Title = "Status of a write",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<MutationStatus> GetMutationStatusAsync(
        IProgress<ProgressNotificationValue> progress,
        ClaimsPrincipal? user,
        string? requestId = null,
        int waitSeconds = 0,
        CancellationToken cancellationToken = default
    )
    {
        var caller = OnceFilter.CallerOf(user);
        if (requestId is null)
        {
            var latest = journal.Recent(caller).Take(MostListed).Select(CallRecord.Of).ToList();
            return new(
                latest.TrueForAll(call => call.State != "running"),
                Note: latest.Count == 0 ? "No write within the last day is known." : null,
                Calls: latest
            );
        }

        return journal.Find(caller, requestId) is { } entry
            ? await waiter.GetStatusAsync(entry, waitSeconds, progress, cancellationToken)
            : await waiter.GetStatusAsync([requestId], waitSeconds, progress, cancellationToken);
    }
}

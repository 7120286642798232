using System.Net;
using Coda.Writes;
using McpGateway.Upstream;
using McpGateway.Upstream.Calls;
using ModelContextProtocol;

namespace Coda.Mutations;

/// <summary>
/// Waits until writes that Coda accepted (202) are applied. It never says "failed": Coda has no such state, and what was
/// accepted may still be applied later.
/// </summary>
internal sealed class MutationWaiter(IMutationsApi mutations, Pause pause, TimeProvider time)
{
    public const int LongestWait = 60;

    // Seconds for the last look.
    private const int ToAnswer = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan SecondPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    /// <param name="ids">What the write created or changed.</param>
    /// <param name="waitSeconds">0 to 60; what lies outside is taken as the nearer end.</param>
    public Task<WriteResult> WaitAsync(
        Accepted accepted,
        IReadOnlyList<string>? ids,
        int waitSeconds,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    ) => WaitAsync(accepted.RequestId is { Length: > 0 } id ? [id] : [], ids, waitSeconds, progress, cancellationToken);

    public async Task<WriteResult> WaitAsync(
        IReadOnlyList<string> requestIds,
        IReadOnlyList<string>? ids,
        int waitSeconds,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        if (requestIds.Count == 0)
        {
            return new(
                "accepted",
                Ids: ids,
                Note: "Coda accepted the write and returned no request id, so its progress cannot be tracked."
            );
        }

        WriteCall.Current?.Took(requestIds);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            WriteCall.Current?.Left ?? CancellationToken.None
        );
        var open = new Queue<string>(requestIds);
        var warnings = new List<string>();
        string? note = null;
        try
        {
            await foreach (var status in PollAsync(open, Clamp(waitSeconds), progress, patience.Token))
            {
                if (status.Warning is { Length: > 0 } warning)
                {
                    warnings.Add(warning);
                }
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            note = "Waiting was cancelled; the write itself went through.";
        }
        catch (UpstreamException e)
        {
            note = $"The write went through; whether it is applied could not be read: {e.Message}";
        }

        var applied = open.Count == 0;
        return new(
            applied ? "applied" : "pending",
            requestIds[^1],
            ids is { Count: > 0 } ? ids : null,
            warnings.Count > 0 ? string.Join(" ", warnings) : null,
            note
                ?? (
                    applied
                        ? null
                        : "Not seen applied yet. Do not send it again; ask coda_get_mutation_status "
                            + $"later{(open.Count > 1 ? $" for {string.Join(", ", open)}" : "")}."
                )
        );
    }

    /// <summary>Waits for a call of this gateway, and for the writes that Coda took on for it.</summary>
    public async Task<MutationStatus> GetStatusAsync(
        JournalEntry entry,
        int waitSeconds,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetTimestamp();
        var wait = TimeSpan.FromSeconds(Clamp(waitSeconds));
        if (!await pause.WaitForAsync(entry.Ended, wait, cancellationToken))
        {
            return new(Completed: false, Note: $"The call is still running.{pause.Reason}", Calls: [CallRecord.Of(entry)]);
        }

        var status =
            entry.Call.RequestIds is { Count: > 0 } ids
                ? await GetStatusAsync(ids, (int)(wait - time.GetElapsedTime(started)).TotalSeconds, progress, cancellationToken)
            : entry.Result is { IsError: true } ? new(Completed: false, Note: "The call failed.")
            : new MutationStatus(Completed: true, Note: "Coda reports no more about it.");
        return status with { Calls = [CallRecord.Of(entry)] };
    }

    /// <summary>Asks for the status of writes, again and again within the time given.</summary>
    public async Task<MutationStatus> GetStatusAsync(
        IReadOnlyList<string> requestIds,
        int waitSeconds,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        var open = new Queue<string>(requestIds);
        MutationStatus? known = null;
        while (open.TryPeek(out var first) && await ReadAsync(first, cancellationToken) is { } status)
        {
            known = status;
            if (!status.Completed)
            {
                break;
            }

            open.Dequeue();
        }

        if (open.Count > 0)
        {
            await foreach (var status in PollAsync(open, Clamp(waitSeconds), progress, cancellationToken, s => known = s))
            {
                known = status;
            }
        }

        return open.Count == 0 && known is not null ? known
            : known is not null ? known with { Completed = false }
            : new(
                Completed: false,
                Note: "Coda does not know this request: right after a write it can take half a minute to appear, and after a day it is forgotten."
            );
    }

    /// <summary>Polls the first open request until it is completed, then the next; yields the completed ones and stops at the deadline.</summary>
    private async IAsyncEnumerable<MutationStatus> PollAsync(
        Queue<string> open,
        int waitSeconds,
        IProgress<ProgressNotificationValue> progress,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken,
        Action<MutationStatus?>? seen = null
    )
    {
        var started = time.GetTimestamp();
        var wait = TimeSpan.FromSeconds(waitSeconds);
        var next = FirstPause;
        while (open.TryPeek(out var requestId) && wait - time.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
        {
            if (!await pause.WaitAsync(next < left ? next : left, cancellationToken))
            {
                yield break;
            }

            next = next == FirstPause ? SecondPause : TimeSpan.FromTicks(Math.Min((long)(next.Ticks * 1.5), LongestPause.Ticks));
            progress.Report(
                new()
                {
                    Progress = (float)Math.Min(waitSeconds, time.GetElapsedTime(started).TotalSeconds),
                    Total = waitSeconds,
                    Message = "Waiting for Coda to apply the change",
                }
            );
            var status = await ReadAsync(requestId, cancellationToken);
            seen?.Invoke(status);
            while (status is { Completed: true })
            {
                open.Dequeue();
                yield return status;
                status = open.TryPeek(out requestId) ? await ReadAsync(requestId, cancellationToken) : null;
            }
        }
    }

    /// <summary>Null while Coda does not know the request, which is normal just after the write.</summary>
    private async Task<MutationStatus?> ReadAsync(string requestId, CancellationToken cancellationToken)
    {
        try
        {
            return await mutations.GetStatusAsync(requestId, cancellationToken);
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Within the time of the call: a caller who gives up learns nothing of what was taken on.</summary>
    private static int Clamp(int waitSeconds) =>
        Math.Clamp(
            waitSeconds,
            0,
            Math.Min(LongestWait, Math.Max(0, (int)((UpstreamCall.Current?.Left.TotalSeconds ?? LongestWait) - ToAnswer)))
        );
}

using System.Text.Json;
using McpGateway.Caching;
using McpGateway.State;
using McpGateway.State.Database;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Coda.Writes;

/// <summary>
/// The writes of the last day, by caller. A write that adds something is made once: a call with the same requestId, or the same call again while
/// the first runs or soon after one whose caller may have missed the response, gets the first outcome.
/// </summary>
internal sealed partial class WriteJournal(KeptCalls kept, TimeProvider time, ILogger<WriteJournal> logger)
{
    /// <summary>How long a call that may be unheard is taken for the same.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Of a call without a requestId, from its begin: what it takes by default, and the two minutes.
    private static readonly TimeSpan AgainAfterRestart = Again + TimeSpan.FromSeconds(50);

    private const int MostCallers = 1_000;
    private const int MostRecent = 50;
    private const int MostEntries = 10_000;

    // What a person's client waits for at least.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(25);

    private readonly Lock changing = new();
    private readonly Remembered<string, JournalEntry> byKey = new(Day, MostEntries, time);
    private readonly Remembered<string, JournalEntry> byDigest = new(Again, MostEntries, time);
    private readonly Remembered<string, List<JournalEntry>> recent = new(Day, MostCallers, time);

    /// <summary>The earlier call that this one repeats, or a new entry that <see cref="EndAsync"/> has to close.</summary>
    /// <exception cref="McpException">The requestId belongs to another call.</exception>
    public (JournalEntry Entry, bool IsRepeated) Begin(
        string caller,
        WriteCall call,
        string tool,
        string? requestId,
        string digest,
        RequestId messageId
    )
    {
        lock (changing)
        {
            if (requestId is not null && byKey.TryFind($"{caller} {requestId}", out var known))
            {
                return known.Digest == digest ? (known, true) : throw Used(requestId, known.Tool, known.Started);
            }

            // A call with an id of its own is meant as a new one.
            if (requestId is null && byDigest.TryFind($"{caller} {digest}", out var same) && (!same.HasEnded || same.MayBeUnheard))
            {
                return (same, true);
            }

            var entry = new JournalEntry(call, tool, requestId, digest, messageId, time.GetUtcNow());
            if (requestId is not null)
            {
                byKey.Keep($"{caller} {requestId}", entry);
            }

            byDigest.Keep($"{caller} {digest}", entry);
            Remember(caller, entry);
            return (entry, false);
        }
    }

    /// <summary>Finds the outcome of the same call in what an earlier process, or another one beside, has kept.</summary>
    /// <returns>Whether there is one, which the entry then has.</returns>
    /// <exception cref="McpException">The requestId belongs to another call, or it is not known what became of the call.</exception>
    public async Task<bool> RestoreAsync(string caller, JournalEntry entry)
    {
        KeptCall? known;
        try
        {
            known = await kept.TryBeginAsync(
                caller,
                KeptAs(entry),
                entry.Digest,
                entry.Tool,
                entry.RequestId is null ? AgainAfterRestart : Day,
                // A caller that leaves meanwhile must not leave a beginning without an end.
                CancellationToken.None
            );
        }
        catch (StateException e) when (entry.RequestId is null)
        {
            // Nobody was promised that it would be known after a restart.
            OutcomeNotKept(logger, e);
            return false;
        }
        catch (StateException e)
        {
            throw Refused(caller, entry, NotNoted(e));
        }
        catch
        {
            Close(caller, entry, OnceFilter.Failed("The same call failed before it was begun, and nothing was written: make it again."));
            throw;
        }

        if (known is null)
        {
            return false;
        }

        if (known.Digest == entry.Digest && known.Outcome is { } outcome)
        {
            entry.Restore(JsonSerializer.Deserialize<CallToolResult>(outcome, McpJsonUtilities.DefaultOptions)!, known.Started);
            return true;
        }

        throw Refused(
            caller,
            entry,
            known.Digest == entry.Digest ? CutOff(entry.RequestId, known.Started) : Used(entry.RequestId!, known.Tool, known.Started)
        );
    }

    /// <summary>Records the outcome. What surely wrote nothing is forgotten, so that it can be tried again.</summary>
    public async Task EndAsync(string caller, JournalEntry entry, CallToolResult result)
    {
        var wroteNothing = WroteNothing(entry, result);
        // Without an id of its own, a call that was answered can be meant again.
        var isKept = !wroteNothing && (entry.RequestId is not null || IsUnheard(entry));
        try
        {
            // The caller may be gone; the outcome is kept all the same.
            await (
                isKept
                    ? kept.EndAsync(
                        caller,
                        KeptAs(entry),
                        JsonSerializer.Serialize(result, McpJsonUtilities.DefaultOptions),
                        CancellationToken.None
                    )
                    : kept.ForgetAsync(caller, KeptAs(entry), CancellationToken.None)
            );
        }
        catch (StateException e)
        {
            // The write was made: its result must reach the caller. This process still knows it.
            OutcomeNotKept(logger, e);
        }
        finally
        {
            // Only now: the same call, made again between the two, would find a beginning without an end and take it for one that was cut off.
            Close(caller, entry, result);
        }
    }

    private void Close(string caller, JournalEntry entry, CallToolResult result)
    {
        var wroteNothing = WroteNothing(entry, result);
        var unheard = IsUnheard(entry);
        lock (changing)
        {
            entry.End(result, unheard, wroteNothing);
            if (wroteNothing)
            {
                Forget(caller, entry);
            }
            else if (unheard)
            {
                // The two minutes begin now.
                byDigest.Keep($"{caller} {entry.Digest}", entry);
            }
        }
    }

    /// <summary>Ends a call before it is begun: whoever waits for its outcome is told the same.</summary>
    private McpException Refused(string caller, JournalEntry entry, McpException refusal)
    {
        Close(caller, entry, OnceFilter.Failed(refusal.Message));
        return refusal;
    }

    private static bool WroteNothing(JournalEntry entry, CallToolResult result) => result.IsError == true && !entry.Call.MayHaveWritten;

    private bool IsUnheard(JournalEntry entry) => entry.Call.CallerLeft || time.GetUtcNow() - entry.Started >= Long;

    /// <summary>A client says that it no longer waits for a message.</summary>
    public void Leave(string caller, RequestId messageId)
    {
        lock (changing)
        {
            // Under the lock: a call that has ended has no sources to cancel any more.
            foreach (var entry in Known(caller).Where(entry => !entry.HasEnded && entry.MessageId.Equals(messageId)).ToList())
            {
                entry.Call.Leave();
            }
        }
    }

    /// <summary>The caller's call with this id of its own, or with an id that Coda gave one of its writes.</summary>
    public JournalEntry? Find(string caller, string requestId)
    {
        lock (changing)
        {
            return byKey.TryFind($"{caller} {requestId}", out var entry)
                ? entry
                : Known(caller).Find(call => call.Call.RequestIds.Contains(requestId));
        }
    }

    /// <summary>The caller's latest writes, the last first.</summary>
    public IReadOnlyList<JournalEntry> Recent(string caller)
    {
        lock (changing)
        {
            return [.. Known(caller).AsEnumerable().Reverse()];
        }
    }

    private void Remember(string caller, JournalEntry entry)
    {
        var calls = Known(caller);
        calls.Add(entry);
        if (calls.Count > MostRecent)
        {
            calls.RemoveAt(0);
        }

        recent.Keep(caller, calls);
    }

    private void Forget(string caller, JournalEntry entry)
    {
        if (entry.RequestId is { } requestId)
        {
            byKey.Forget($"{caller} {requestId}");
        }

        byDigest.Forget($"{caller} {entry.Digest}");
        Known(caller).Remove(entry);
    }

    private List<JournalEntry> Known(string caller) => recent.TryFind(caller, out var calls) ? calls : [];

    private static string KeptAs(JournalEntry entry) => entry.RequestId ?? $"the same call {entry.Digest}";

    private static McpException NotNoted(StateException reason) =>
        new(
            "A call with a requestId is noted before it writes, so that it is made once, and the gateway cannot note it at present. Nothing was written: "
                + "send the same call with the same requestId again in a few seconds. The operator's log has the details.",
            reason
        );

    private static McpException CutOff(string? requestId, DateTimeOffset started) =>
        new(
            $"{(requestId is null ? "The same call" : $"A call with requestId='{requestId}'")} began at {started:HH:mm:ss} UTC and either runs in another "
                + "process or was cut off by a restart: it may have written. Nothing was written now. Look at the doc, and use a new requestId if it has to "
                + "be done."
        );

    private static McpException Used(string requestId, string tool, DateTimeOffset started) =>
        new(
            $"requestId='{requestId}' was used for another call ({tool}, {started:HH:mm:ss} UTC), and nothing was written now. "
                + "Use it only to repeat the same call; give each new write an id of its own."
        );

    [LoggerMessage(LogLevel.Warning, "The outcome of a write could not be kept: after a restart it is not known to have ended")]
    private static partial void OutcomeNotKept(ILogger logger, Exception exception);
}

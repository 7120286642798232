using System.Security.Cryptography;
using McpGateway.State;
using McpGateway.State.Database;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;

namespace McpGateway.Tools.Answers;

/// <summary>
/// Long results for the other instances that share the state on a server, so that each of them reads on.
/// docs/decisions/0048-long-results-and-activity-shared.md
/// </summary>
public sealed partial class SharedAnswers(KeptAnswers kept, TimeProvider time, ILogger<SharedAnswers> logger)
{
    // Of which nothing has to be derived, or the key of what is stored.
    private const int Bytes = 8;
    private const int BytesOfShared = 16;

    // A minute longer than the own ones, which are prolonged once a minute.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Life = AnswerStore.Kept + Interval;

    // The caller waits for it, and can do without as long as it comes back to this instance.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    internal string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(kept.AreKept ? BytesOfShared : Bytes));

    /// <summary>Stores a result for the others.</summary>
    internal async Task KeepAsync(KeptAnswer answer, string? caller, CancellationToken cancellationToken)
    {
        if (IsShared(answer.Id))
        {
            answer.Prolonged = time.GetTimestamp();
            await TryAsync(
                () =>
                    SealedAnswer.Of(answer, caller) is { } content
                        ? kept.KeepAsync(content.Name, content.Bytes, Life, CancellationToken.None)
                        : Task.CompletedTask,
                cancellationToken
            );
        }
    }

    /// <summary>Keeps what is read here for as long as that at the others.</summary>
    internal async Task ProlongAsync(KeptAnswer answer, string? caller, CancellationToken cancellationToken)
    {
        if (IsShared(answer.Id) && time.GetElapsedTime(answer.Prolonged) >= Interval)
        {
            answer.Prolonged = time.GetTimestamp();
            await TryAsync(
                () => kept.ProlongAsync(SealedAnswer.NameOf(answer.Id, caller), Life, CancellationToken.None),
                cancellationToken
            );
        }
    }

    /// <summary>A result that another instance has stored.</summary>
    /// <exception cref="McpException">It cannot be told now whether there is one.</exception>
    internal async Task<KeptAnswer?> FindAsync(string id, string? caller, CancellationToken cancellationToken)
    {
        if (!IsShared(id))
        {
            return null;
        }

        try
        {
            var content = await kept.FindAsync(SealedAnswer.NameOf(id, caller), Life, cancellationToken);
            var answer = content is null ? null : SealedAnswer.Open(content, id, caller);
            answer?.Prolonged = time.GetTimestamp();
            return answer;
        }
        catch (StateException e)
        {
            throw new McpException(
                "Where the gateway keeps long results cannot be read at present. Nothing was changed. Call again in a few seconds; the operator's log has the "
                    + "details.",
                e
            );
        }
    }

    // An id by which nothing was stored is not asked for.
    private bool IsShared(string id) => id.Length == 2 * BytesOfShared && kept.AreKept && id.All(char.IsAsciiHexDigitLower);

    private async Task TryAsync(Func<Task> store, CancellationToken cancellationToken)
    {
        try
        {
            // On a thread of its own: the database may hold this one for longer.
            await Task.Run(store, CancellationToken.None).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception e) when (e is StateException or TimeoutException)
        {
            NotStored(e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A long result could not be stored for the other instances: read_more finds it at this one only")]
    private partial void NotStored(Exception exception);
}

using System.Collections.Concurrent;
using McpGateway.State;
using McpGateway.State.Database;
using Microsoft.Extensions.Logging;

namespace McpGateway.Upstream;

/// <summary>Tells other processes that share the state which limits are used up, and hears of theirs.</summary>
internal sealed partial class SharedGates(Gates gates, TimeProvider time, ILogger<SharedGates> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    // Before the state is asked again that did not answer.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    // By bucket, when the closures open that this process knows already.
    private readonly ConcurrentDictionary<string, long> known = new(StringComparer.Ordinal);
    private volatile Seen? seen;
    private volatile Failure? failed;

    /// <summary>Tells of a limit, beside the call that found it used up.</summary>
    public void Tell(string bucket, TimeSpan wait)
    {
        if (gates.AreShared && wait > TimeSpan.Zero)
        {
            _ = Task.Run(() => TellAsync(bucket, wait));
        }
    }

    /// <summary>
    /// Closes what others have found used up since this was asked last. A request does not wait long for that: the API tells its limits again.
    /// </summary>
    public async ValueTask HearAsync(Action<string, TimeSpan> close, CancellationToken cancellationToken)
    {
        if (!gates.AreShared || failed is { } at && time.GetElapsedTime(at.Since) < Pause)
        {
            return;
        }

        try
        {
            // On a thread of its own: a database that hangs holds the one that asks it for half a minute.
            await Task.Run(() => LookAsync(close), CancellationToken.None).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception e) when (e is StateException or TimeoutException)
        {
            failed = new(time.GetTimestamp());
            Unheard(e);
        }
    }

    private async Task LookAsync(Action<string, TimeSpan> close)
    {
        var version = await gates.VersionAsync(CancellationToken.None);
        if (seen?.Version == version)
        {
            return;
        }

        foreach (var (bucket, opens, left) in await gates.ReadAsync(CancellationToken.None))
        {
            if (IsNews(bucket, opens))
            {
                close(bucket, left);
            }
        }

        seen = new(version);
    }

    private async Task TellAsync(string bucket, TimeSpan wait)
    {
        try
        {
            IsNews(bucket, await gates.CloseAsync(bucket, wait, CancellationToken.None));
        }
        catch (StateException e)
        {
            Untold(e, bucket);
        }
    }

    private bool IsNews(string bucket, long opens)
    {
        var isNews = false;
        known.AddOrUpdate(
            bucket,
            _ =>
            {
                isNews = true;
                return opens;
            },
            (_, before) =>
            {
                isNews = opens > before;
                return Math.Max(opens, before);
            }
        );
        return isNews;
    }

    private sealed record Seen(StateVersion Version);

    private sealed record Failure(long Since);

    [LoggerMessage(LogLevel.Warning, "Other instances cannot be told that the limit {Bucket} is used up")]
    private partial void Untold(Exception exception, string bucket);

    [LoggerMessage(LogLevel.Warning, "Limits that other instances found used up cannot be read")]
    private partial void Unheard(Exception exception);
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using McpGateway.Authentication;
using McpGateway.Secrets;
using McpGateway.State.Database;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpGateway.State;

/// <summary>
/// Recognises callers by tokens that were made at run time. What this process made, changed or ended holds from the next call on; what a
/// command beside it did, within a second.
/// </summary>
internal sealed partial class MadeTokens(
    StateDatabase database,
    Tokens tokens,
    BearerTokens configured,
    Profiles profiles,
    Door door,
    TimeProvider time,
    ILogger<MadeTokens> logger
) : ICallerSource, IDisposable
{
    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> lastUses = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim looking = new(1, 1);
    private volatile Known known = new(null, 0, false, new(StringComparer.Ordinal));

    public async ValueTask<bool> HasAnyAsync(CancellationToken cancellationToken) => (await LookAsync(cancellationToken)).WereMade;

    public async ValueTask<Caller?> FindCallerAsync(string token, CancellationToken cancellationToken)
    {
        if (!token.StartsWith(Tokens.Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var now = await LookAsync(cancellationToken);
        if (!now.Presented.TryGetValue(token, out var caller))
        {
            // By the digest, which the token cannot be guessed from however long a comparison takes.
            if (!now.Callers.TryGetValue(DigestOf(token), out caller))
            {
                return null;
            }

            now.Presented[token] = caller;
        }

        await NoteUseAsync(caller.Name, cancellationToken);
        return caller;
    }

    public void Dispose() => looking.Dispose();

    public static string DigestOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <exception cref="BadHttpRequestException">Which tokens there are cannot be told now: 503.</exception>
    private async ValueTask<Known> LookAsync(CancellationToken cancellationToken)
    {
        if (!database.Exists)
        {
            return known;
        }

        try
        {
            var now = known;
            return await database.VersionAsync(cancellationToken) == now.Version ? now : await LookAgainAsync(cancellationToken);
        }
        catch (StateException e)
        {
            throw new BadHttpRequestException(
                "The gateway cannot check tokens at present. The operator's log has the details.",
                StatusCodes.Status503ServiceUnavailable,
                e
            );
        }
    }

    // One for all calls that wait for it. Much else is decided than what becomes of tokens, such as budgets: they are read anew only if they changed.
    private async Task<Known> LookAgainAsync(CancellationToken cancellationToken)
    {
        await looking.WaitAsync(cancellationToken);
        try
        {
            var before = known;
            var version = await database.VersionAsync(cancellationToken);
            if (version == before.Version)
            {
                return before;
            }

            if (before.Version is not null && await tokens.ChangesAsync(cancellationToken) == before.Changes)
            {
                return known = before with { Version = version };
            }

            var (changes, rows) = await tokens.ReadAsync(cancellationToken);
            var now = Read(version, changes, rows);
            known = now;
            Tell(before, now);
            return now;
        }
        finally
        {
            looking.Release();
        }
    }

    private Known Read(StateVersion version, long changes, IReadOnlyList<TokenRow> rows)
    {
        var callers = new Dictionary<string, Caller>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => row.Ended is null))
        {
            if (configured.Callers.Any(caller => caller.Name == row.Name))
            {
                NameTaken(row.Name);
                continue;
            }

            try
            {
                callers.Add(row.Digest, new(row.Name, profiles.Text.Parse(row.Rights, $"the token '{row.Name}'")));
            }
            catch (SettingException e)
            {
                // A profile it names is gone: less than nothing is known of what it may do.
                Unreadable(e, row.Name);
            }
        }

        return new(version, changes, rows.Count > 0, callers);
    }

    private void Tell(Known before, Known now)
    {
        if (before.WereMade || !now.WereMade)
        {
            return;
        }

        if (configured.AreBorrowed)
        {
            TakesOver(configured.Callers.Single().Name);
        }
        else if (door is { HasTokens: false, HasLogin: false })
        {
            Closed();
        }
    }

    private async Task NoteUseAsync(string name, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (lastUses.TryGetValue(name, out var last) && (now - last).Duration() < UseInterval)
        {
            return;
        }

        lastUses[name] = now;
        try
        {
            await tokens.UsedAsync(name, cancellationToken);
        }
        catch (StateException e)
        {
            // The call can do without.
            UseNotNoted(e, name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A token was made: from now on nobody gets in without one")]
    private partial void Closed();

    [LoggerMessage(LogLevel.Warning, "A token was made: from now on {Setting} is not accepted from callers")]
    private partial void TakesOver(string setting);

    [LoggerMessage(LogLevel.Error, "The made token {Name} is refused: a token of MCP_BEARER_TOKENS has its name")]
    private partial void NameTaken(string name);

    [LoggerMessage(LogLevel.Error, "The made token {Name} is refused: its rights cannot be read")]
    private partial void Unreadable(Exception exception, string name);

    [LoggerMessage(LogLevel.Warning, "When the token {Name} was used last cannot be noted")]
    private partial void UseNotNoted(Exception exception, string name);

    /// <param name="Version">The database's when this was read, or seen to be the same.</param>
    /// <param name="Changes">How often tokens had changed by then.</param>
    /// <param name="WereMade">Whether any token was ever made, also one that has ended.</param>
    /// <param name="Callers">By the digests of their tokens.</param>
    private sealed record Known(StateVersion? Version, long Changes, bool WereMade, Dictionary<string, Caller> Callers)
    {
        /// <summary>The same by the tokens, once they were presented: a digest costs more than the rest of authentication.</summary>
        public ConcurrentDictionary<string, Caller> Presented { get; } = new(SecretComparer.Instance);
    }
}

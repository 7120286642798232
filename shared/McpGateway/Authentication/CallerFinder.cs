using Microsoft.AspNetCore.Http;

namespace McpGateway.Authentication;

/// <summary>Tells who calls by the bearer token of a request: configured, made at run time, or of a login.</summary>
/// <param name="sources">Who else may know a token, in the order of being asked.</param>
/// <param name="login">Null where there is no login.</param>
internal sealed class CallerFinder(BearerTokens tokens, Door door, IEnumerable<ICallerSource> sources, ILogin? login = null)
{
    private readonly ICallerSource[] sources = [.. sources];

    /// <summary>The token that a request presents; null where it has none, or more than one.</summary>
    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header[7..].Trim()
            : null;

    /// <returns>Whose token it is, even if it has expired or is for another address; null where nobody is known by it.</returns>
    public async ValueTask<Caller?> FindAsync(HttpContext context)
    {
        var token = TokenOf(context.Request);
        var configured = token is null ? null : tokens.FindCaller(token);
        var caller = tokens.AreBorrowed ? null : configured;
        if (caller is null && token is not null)
        {
            caller = await FindElsewhereAsync(token, context.RequestAborted);
        }

        // What was made at run time closes an open gateway, and takes the place of the upstream's token.
        if (caller is null && (!door.HasTokens || configured is not null) && !await WereTokensMadeAsync(context.RequestAborted))
        {
            caller = configured ?? (door.HasTokens || login is not null ? null : Caller.Anonymous);
        }

        return caller;
    }

    private async ValueTask<bool> WereTokensMadeAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            if (source is not ILogin && await source.HasAnyAsync(cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<Caller?> FindElsewhereAsync(string token, CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            if (await source.FindCallerAsync(token, cancellationToken) is { } caller)
            {
                return caller;
            }
        }

        return null;
    }
}

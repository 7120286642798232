using System.Text.Encodings.Web;
using McpGateway.Auditing;
using McpGateway.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.Authentication;

/// <summary>Authenticates a caller by its bearer token, configured or of a login, and challenges callers that have none.</summary>
/// <param name="sources">Who else may know a token, in the order of being asked.</param>
/// <param name="login">Null where there is no login.</param>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    BearerTokens tokens,
    Door door,
    GatewayService service,
    AuditLog audit,
    TimeProvider time,
    IEnumerable<ICallerSource> sources,
    ILogin? login = null
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    // Whose token was right, and expired.
    private Caller? late;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = PresentedToken();
        var configured = token is null ? null : tokens.FindCaller(token);
        var caller = tokens.AreBorrowed ? null : configured;
        if (caller is null && token is not null)
        {
            caller = await FindElsewhereAsync(token);
        }

        // What was made at run time closes an open gateway, and takes the place of the upstream's token.
        if (caller is null && (!door.HasTokens || configured is not null) && !await WereTokensMadeAsync())
        {
            caller = configured ?? (door.HasTokens || login is not null ? null : Caller.Anonymous);
        }

        if (caller is null)
        {
            return token is null ? AuthenticateResult.NoResult() : AuthenticateResult.Fail("unknown token");
        }

        if (caller.Rights.HasExpired(time.GetUtcNow()))
        {
            late = caller;
            return AuthenticateResult.Fail("expired token");
        }

        return Accept(caller);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var (reason, error, remedy) = (Request.Headers.Authorization.Count, PresentedToken()) switch
        {
            (0, _) => ("no token", "", door.HowToEnter),
            (_, null) => (
                "no bearer token",
                ", error=\"invalid_request\", error_description=\"The header is not 'Authorization: Bearer <token>'\"",
                "The header has to be 'Authorization: Bearer <token>': once, with the word Bearer and a space before the token."
            ),
            _ when late is not null => (
                "expired token",
                ", error=\"invalid_token\", error_description=\"The token has expired\"",
                $"The token '{late.Name}' has expired ({late.Rights}): ask the operator of this gateway for a new one."
            ),
            _ => (
                "unknown token",
                ", error=\"invalid_token\", error_description=\"The token is not known here, has expired or was revoked\"",
                door.HowToMend
            ),
        };
        audit.LoginRefused(Context, reason);
        Response.Headers.WWWAuthenticate =
            $"Bearer realm=\"{service.Name}\"{error}"
            + (login is null ? "" : $", resource_metadata=\"{login.ResourceMetadata}\", scope=\"{login.FullScope}\"");
        Response.Headers.CacheControl = "no-store";
        await Refusal.WriteAsync(Context, StatusCodes.Status401Unauthorized, "Unauthorized", remedy);
    }

    private async ValueTask<bool> WereTokensMadeAsync()
    {
        foreach (var source in sources)
        {
            if (source is not ILogin && await source.HasAnyAsync(Context.RequestAborted))
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<Caller?> FindElsewhereAsync(string token)
    {
        foreach (var source in sources)
        {
            if (await source.FindCallerAsync(token, Context.RequestAborted) is { } caller)
            {
                return caller;
            }
        }

        return null;
    }

    private string? PresentedToken() =>
        Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header[7..].Trim()
            : null;

    private static AuthenticateResult Accept(Caller caller) => AuthenticateResult.Success(new(caller.ToPrincipal(SchemeName), SchemeName));
}

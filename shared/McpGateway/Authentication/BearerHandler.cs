using System.Text.Encodings.Web;
using McpGateway.Auditing;
using McpGateway.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.Authentication;

/// <summary>Authenticates a caller by its bearer token, configured or of a login, and challenges callers that have none.</summary>
/// <param name="login">Null where there is no login.</param>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    BearerTokens tokens,
    Door door,
    GatewayService service,
    AuditLog audit,
    ILogin? login = null
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (tokens.IsEmpty && login is null)
        {
            return Accept(Caller.Anonymous);
        }

        if (PresentedToken() is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (tokens.FindOwner(token) is { } owner)
        {
            return Accept(new Caller(owner));
        }

        return login is not null && await login.FindCallerAsync(token, Context.RequestAborted) is { } caller
            ? Accept(caller)
            : AuthenticateResult.Fail("unknown token");
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

    private string? PresentedToken() =>
        Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header[7..].Trim()
            : null;

    private static AuthenticateResult Accept(Caller caller) => AuthenticateResult.Success(new(caller.ToPrincipal(SchemeName), SchemeName));
}

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
        var presented = Request.Headers.Authorization.Count > 0;
        audit.LoginRefused(Context, presented ? "unknown token" : "no token");
        Response.Headers.WWWAuthenticate =
            $"Bearer realm=\"{service.Name}\""
            + (presented ? ", error=\"invalid_token\", error_description=\"The token is not known here, has expired or was revoked\"" : "")
            + (login is null ? "" : $", resource_metadata=\"{login.ResourceMetadata}\", scope=\"{login.FullScope}\"");
        Response.Headers.CacheControl = "no-store";
        await Refusal.WriteAsync(
            Context,
            StatusCodes.Status401Unauthorized,
            "Unauthorized",
            presented
                ? "The bearer token is not one of this gateway's. Check the client's token against MCP_BEARER_TOKEN(S)."
                : "Send the header 'Authorization: Bearer <token>' with a token of this gateway (MCP_BEARER_TOKEN)."
        );
    }

    private string? PresentedToken() =>
        Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header[7..].Trim()
            : null;

    private static AuthenticateResult Accept(Caller caller) => AuthenticateResult.Success(new(caller.ToPrincipal(SchemeName), SchemeName));
}

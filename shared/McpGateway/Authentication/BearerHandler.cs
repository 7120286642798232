using System.Security.Claims;
using System.Text.Encodings.Web;
using McpGateway.Auditing;
using McpGateway.Hosting;
using McpGateway.OAuth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.Authentication;

/// <summary>Authenticates a caller by its bearer token, static or of OAuth, and tells one without where to get in.</summary>
/// <param name="issuer">Null while OAuth is off, as are <paramref name="accessTokens"/>.</param>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    BearerTokens tokens,
    GatewayService service,
    AuditLog audit,
    Issuer? issuer = null,
    AccessTokens? accessTokens = null
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (tokens.IsEmpty && accessTokens is null)
        {
            return Accept(Caller.Anonymous);
        }

        if (PresentedToken() is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (tokens.FindOwner(token) is { } owner)
        {
            return Accept(owner);
        }

        return accessTokens is not null && await accessTokens.CheckAsync(token, Context.RequestAborted) is var (name, scope)
            ? Accept(name, scope)
            : AuthenticateResult.Fail("unknown token");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var presented = Request.Headers.Authorization.Count > 0;
        audit.LoginRefused(Context, presented ? "unknown token" : "no token");
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate =
            $"Bearer realm=\"{service.Name}\""
            + (presented ? ", error=\"invalid_token\", error_description=\"The token is not known here, has expired or was revoked\"" : "")
            + (issuer is null ? "" : $", resource_metadata=\"{issuer.ResourceMetadata}\", scope=\"{Scopes.Full}\"");
        Response.Headers.CacheControl = "no-store";
        await Response.WriteAsJsonAsync(
            new Refusal(
                "Unauthorized",
                presented
                    ? "The bearer token is not one of this gateway's. Check the client's token against MCP_BEARER_TOKEN(S)."
                    : "Send the header 'Authorization: Bearer <token>' with a token of this gateway (MCP_BEARER_TOKEN)."
            ),
            Context.RequestAborted
        );
    }

    private string? PresentedToken() =>
        Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header[7..].Trim()
            : null;

    private static AuthenticateResult Accept(string name, string scope = Scopes.Full) =>
        AuthenticateResult.Success(new(new ClaimsPrincipal(Caller.Identity(name, SchemeName, scope)), SchemeName));
}

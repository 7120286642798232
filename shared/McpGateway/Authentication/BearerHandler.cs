using System.Security.Claims;
using System.Text.Encodings.Web;
using McpGateway.Auditing;
using McpGateway.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.Authentication;

/// <summary>Authenticates a caller by its bearer token, and tells one without where to get in.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    BearerTokens tokens, GatewayService service, AuditLog audit)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (tokens.IsEmpty)
        {
            return Task.FromResult(Accept(Caller.Anonymous));
        }

        if (PresentedToken() is not { } token)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        return Task.FromResult(tokens.FindOwner(token) is { } owner ? Accept(owner) : AuthenticateResult.Fail("unknown token"));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var presented = Request.Headers.Authorization.Count > 0;
        audit.LoginRefused(Context, presented ? "unknown token" : "no token");
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = presented
            ? $"Bearer realm=\"{service.Name}\", error=\"invalid_token\", error_description=\"The token is not known here\""
            : $"Bearer realm=\"{service.Name}\"";
        Response.Headers.CacheControl = "no-store";
        await Response.WriteAsJsonAsync(
            new Refusal("Unauthorized", presented
                ? "The bearer token is not one of this gateway's. Check the client's token against MCP_BEARER_TOKEN(S)."
                : "Send the header 'Authorization: Bearer <token>' with a token of this gateway (MCP_BEARER_TOKEN)."),
            Context.RequestAborted);
    }

    private string? PresentedToken() =>
        Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;

    private static AuthenticateResult Accept(string name) =>
        AuthenticateResult.Success(new(new ClaimsPrincipal(Caller.Identity(name, SchemeName)), SchemeName));
}

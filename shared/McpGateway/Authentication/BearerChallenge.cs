using McpGateway.Auditing;
using McpGateway.Http;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Authentication;

/// <summary>Turns away, with 401, whoever is not known where a caller is needed, and says what to do.</summary>
/// <param name="login">Null where there is no login.</param>
internal sealed class BearerChallenge(CallerFinder callers, Door door, GatewayService service, AuditLog audit, ILogin? login = null)
{
    public async Task WriteAsync(HttpContext context)
    {
        // Whose token was right, and expired or meant for another address.
        var late = await callers.FindAsync(context);
        var (reason, error, remedy) = (context.Request.Headers.Authorization.Count, CallerFinder.TokenOf(context.Request)) switch
        {
            (0, _) => ("no token", "", door.HowToEnter),
            (_, null) => (
                "no bearer token",
                ", error=\"invalid_request\", error_description=\"The header is not 'Authorization: Bearer <token>'\"",
                "The header has to be 'Authorization: Bearer <token>': once, with the word Bearer and a space before the token."
            ),
            _ when late?.MayCall(context.Request.Path) == false => (
                "token of another address",
                ", error=\"invalid_token\", error_description=\"The token is for another address of this gateway\"",
                $"The token was asked for {late.Below} and is good there alone: call that address, or connect again with the one you want."
            ),
            _ when late?.Rights.Expires is not null => (
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
        audit.LoginRefused(context, reason);
        context.Response.Headers.WWWAuthenticate =
            $"Bearer realm=\"{service.Name}\"{error}"
            + (
                login is null
                    ? ""
                    : $", resource_metadata=\"{login.ResourceMetadataFor(context.Request.Path)}\", scope=\"{login.FullScope}\""
            );
        context.Response.Headers.CacheControl = "no-store";
        await Refusal.WriteAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized", remedy);
    }
}

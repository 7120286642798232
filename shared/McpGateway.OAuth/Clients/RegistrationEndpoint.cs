using System.Text.Json;
using McpGateway.Auditing;
using McpGateway.Http;
using McpGateway.RateLimiting;
using McpGateway.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace McpGateway.OAuth.Clients;

/// <summary>
/// Dynamic client registration (RFC 7591). The id is the registration itself, sealed: it never expires and a flood fills nothing.
/// </summary>
internal sealed class RegistrationEndpoint(ClientDirectory clients, RedirectUris redirects, AuditLog audit, TimeProvider time)
{
    private const int LargestBody = 64 * 1024;
    private const int MostRedirects = 10;
    private const int LongestName = 50;

    private readonly Throttle throttle = new(30, TimeSpan.FromMinutes(1), time);

    public async Task HandleAsync(HttpContext context)
    {
        if (!throttle.TryTake(ClientNetwork.Of(context.Connection.RemoteIpAddress)))
        {
            context.Response.Headers.RetryAfter = "60";
            throw OAuthException.TooMany("More than 30 registrations in a minute. Try again later.");
        }

        var asked = await ReadAsync(context.Request);
        var wantsSecret = (asked.TokenEndpointAuthMethod ?? "client_secret_basic") switch
        {
            "none" => false,
            "client_secret_basic" or "client_secret_post" => true,
            _ => throw Invalid("token_endpoint_auth_method must be none, client_secret_post or client_secret_basic."),
        };
        var client = new RegisteredClient(
            ClientNames.Clean(asked.ClientName),
            Acceptable(asked.RedirectUris),
            wantsSecret ? WebEncoders.Base64UrlEncode(RandomBytes()) : null
        );
        audit.ClientRegistered(client.Name, client.RedirectUris.Select(RedirectUris.HostOf));
        await OAuthJson.WriteAsync(
            context,
            StatusCodes.Status201Created,
            new RegistrationAnswer
            {
                ClientId = clients.Register(client),
                ClientIdIssuedAt = time.GetUtcNow().ToUnixTimeSeconds(),
                ClientName = client.Name,
                RedirectUris = client.RedirectUris,
                ApplicationType = asked.ApplicationType is "native" or "web" ? asked.ApplicationType : null,
                TokenEndpointAuthMethod = asked.TokenEndpointAuthMethod ?? "client_secret_basic",
                ClientSecret = client.Secret,
                ClientSecretExpiresAt = wantsSecret ? 0 : null,
            },
            OAuthJson.Default.RegistrationAnswer
        );
    }

    // Cursor sends a scheme of its own and two further addresses at once: what is acceptable is kept, the rest dropped.
    private string[] Acceptable(IReadOnlyList<string>? uris) =>
        (uris ?? []) switch
        {
            { Count: 0 } => throw new OAuthException("invalid_redirect_uri", "redirect_uris is missing."),
            { Count: > MostRedirects } => throw new OAuthException("invalid_redirect_uri", $"More than {MostRedirects} redirect_uris."),
            var some => some.Where(uri => uri is not null && redirects.IsListed(uri)).Distinct().ToArray() is { Length: > 0 } kept
                ? kept
                : throw new OAuthException(
                    "invalid_redirect_uri",
                    "None of the redirect_uris is acceptable: the host must be one of a known client, "
                        + "this machine over http, or listed in OAUTH_REDIRECT_HOSTS."
                ),
        };

    private static async Task<RegistrationRequest> ReadAsync(HttpRequest request)
    {
        var body =
            await RequestBody.ReadAsync(request, LargestBody)
            ?? throw new OAuthException(
                "invalid_client_metadata",
                $"The registration is larger than {LargestBody} bytes.",
                StatusCodes.Status413PayloadTooLarge
            );
        try
        {
            return JsonSerializer.Deserialize(body, OAuthJson.Default.RegistrationRequest) ?? throw Invalid("The registration is null.");
        }
        catch (JsonException e) when (e.Path is ['$', '.', .. var member])
        {
            throw Invalid($"'{Cut.To(member, LongestName)}' of the registration is not of the form that RFC 7591 gives it.");
        }
        catch (JsonException)
        {
            throw Invalid("The registration is not a JSON object of RFC 7591.");
        }
    }

    private static byte[] RandomBytes() => System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);

    private static OAuthException Invalid(string description) => new("invalid_client_metadata", description);
}

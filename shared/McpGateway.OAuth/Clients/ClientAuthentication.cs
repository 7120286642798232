using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth.Clients;

/// <summary>Which client calls the token or revocation endpoint (RFC 6749 section 2.3).</summary>
internal sealed class ClientAuthentication(ClientDirectory clients)
{
    /// <exception cref="OAuthException">The client is unknown, or did not authenticate as it is registered.</exception>
    public OAuthClient Authenticate(HttpRequest request, Parameters form)
    {
        var (basicId, basicSecret) = ReadBasic(request.Headers.Authorization.ToString());
        if (form["client_assertion"] is not null || form["client_assertion_type"] is not null)
        {
            throw OAuthException.InvalidClient("Client assertions are not supported: use none, client_secret_post or client_secret_basic.");
        }

        if (
            (basicSecret is not null && form["client_secret"] is not null)
            || (basicId is not null && form["client_id"] is { } id && id != basicId)
        )
        {
            throw OAuthException.InvalidClient("The client authenticated in two ways at once.");
        }

        var clientId = basicId ?? form["client_id"] ?? throw OAuthException.InvalidClient("The client_id is missing.");
        var client =
            clients.FindForTokens(clientId) ?? throw OAuthException.InvalidClient("The client is unknown here: register it again.");
        return IsSecretOf(client, basicSecret ?? form["client_secret"])
            ? client
            : throw OAuthException.InvalidClient(
                client.Secret is null ? "This client is a public one and has no secret." : "The client secret is missing or wrong."
            );
    }

    private static bool IsSecretOf(OAuthClient client, string? presented) =>
        client.Secret is null
            ? presented is null
            : presented is not null
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(client.Secret), Encoding.UTF8.GetBytes(presented));

    private static (string? Id, string? Secret) ReadBasic(string header)
    {
        if (!header.StartsWith("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        var credentials = new byte[header.Length];
        if (
            !AuthenticationHeaderValue.TryParse(header, out var value)
            || !Convert.TryFromBase64String(value.Parameter ?? "", credentials, out var length)
            || Encoding.UTF8.GetString(credentials, 0, length).Split(':', 2) is not [{ Length: > 0 } id, var secret]
        )
        {
            throw OAuthException.InvalidClient("The Basic header is malformed.");
        }

        return (FormDecode(id), secret.Length > 0 ? FormDecode(secret) : null);
    }

    // RFC 6749 section 2.3.1: both parts are form-encoded first.
    private static string FormDecode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

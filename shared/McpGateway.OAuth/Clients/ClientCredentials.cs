using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth.Clients;

/// <summary>What a client sends of itself to the token or revocation endpoint, unchecked (RFC 6749 section 2.3, RFC 7523 section 2.2).</summary>
internal readonly record struct ClientCredentials(string? Id, string? Secret, string? Assertion)
{
    /// <exception cref="OAuthException">The client authenticates in two ways at once, or the Basic header is malformed.</exception>
    public static ClientCredentials Read(HttpRequest request, Parameters form)
    {
        var (basicId, basicSecret) = ReadBasic(request.Headers.Authorization.ToString());
        var assertion = ReadAssertion(form);
        var ways = new[] { basicSecret, form["client_secret"], assertion }.Count(way => way is not null);
        return ways > 1 || (basicId is not null && form["client_id"] is { } id && id != basicId)
            ? throw OAuthException.InvalidClient("The client authenticated in two ways at once.")
            : new(basicId ?? form["client_id"], basicSecret ?? form["client_secret"], assertion);
    }

    private static string? ReadAssertion(Parameters form) =>
        (form["client_assertion"], form["client_assertion_type"]) switch
        {
            (null, null) => null,
            ({ } assertion, ClientAssertions.Type) => assertion,
            _ => throw OAuthException.InvalidClient($"client_assertion and client_assertion_type={ClientAssertions.Type} belong together."),
        };

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

using System.Security.Cryptography;
using System.Text;

namespace McpGateway.OAuth.Clients;

/// <summary>An app that may ask for access.</summary>
/// <param name="Id">A sealed registration (<c>dcr.…</c>) or the URL of a client ID metadata document.</param>
/// <param name="Secret">The secret of a registered confidential client; null for a public one.</param>
/// <param name="Keys">What its assertions are checked with (<c>private_key_jwt</c>); null if its document names no keys.</param>
/// <param name="MustSign">Whether it authenticates by such an assertion and not without.</param>
internal sealed record OAuthClient(
    string Id,
    string Name,
    IReadOnlyList<string> RedirectUris,
    string? Secret = null,
    KeySource? Keys = null,
    bool MustSign = false
)
{
    /// <summary>Whether the id is a URL, so that its host vouches for the name.</summary>
    public bool IsUrl => Uri.TryCreate(Id, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;

    /// <summary>What stands for the id where it would be too long.</summary>
    public static string DigestOf(string id) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}

/// <summary>Where a client's public keys are: behind a URL of its own (<c>jwks_uri</c>), or in its document (<c>jwks</c>).</summary>
internal sealed record KeySource(string? Url, string? Set);

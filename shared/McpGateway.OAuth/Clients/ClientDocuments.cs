using McpGateway.Caching;
using Microsoft.Extensions.Logging;

namespace McpGateway.OAuth.Clients;

/// <summary>
/// Client ID metadata documents: the id is a URL that returns the client's metadata. Fetched only after the operator has authenticated.
/// https://www.ietf.org/archive/id/draft-ietf-oauth-client-id-metadata-document-02.txt
/// </summary>
internal sealed partial class ClientDocuments(AppHosts hosts, TimeProvider time, ILogger<ClientDocuments> logger)
{
    private const int MostCached = 1_000;
    private const string NoAuthentication = "none";
    private const string SignedAssertion = "private_key_jwt";

    private readonly Remembered<string, Entry> known = new(AppHosts.LongestCached, MostCached, time);

    /// <summary>Whether an id has the form of a document's URL.</summary>
    public static bool IsDocumentUrl(string id) => AppHosts.IsPlainUrl(id);

    /// <summary>The client a document describes.</summary>
    /// <exception cref="OAuthException">The document cannot be had or is not acceptable; the message says why.</exception>
    public async Task<OAuthClient> GetAsync(string id, CancellationToken cancellationToken)
    {
        if (!known.TryFind(id, out var entry))
        {
            (entry, var lifetime) = await FetchAsync(id, cancellationToken);
            known.Keep(id, entry, lifetime);
        }

        return entry.Client ?? throw new OAuthException("invalid_client", entry.Problem!);
    }

    private async Task<(Entry Entry, TimeSpan Lifetime)> FetchAsync(string id, CancellationToken cancellationToken)
    {
        var fetched = await hosts.GetAsync(id, "metadata document", OAuthJson.Default.ClientDocument, cancellationToken);
        if ((fetched.Problem ?? ProblemOf(id, fetched.Value!)) is { } problem)
        {
            DocumentRefused(new Uri(id).Host, problem);
            return (new(null, problem), AppHosts.FailureCached);
        }

        return (new(ClientOf(id, fetched.Value!), null), fetched.Lifetime);
    }

    private static string? ProblemOf(string id, ClientDocument document) =>
        document.ClientId != id ? "The app's metadata document is for another client_id."
        : string.IsNullOrWhiteSpace(document.ClientName) ? "The app's metadata document has no client_name."
        : document.RedirectUris is not { Count: > 0 } uris || !uris.Any(RedirectUris.IsSafe)
            ? "The app's metadata document has no usable redirect_uris."
        : document is { Jwks: not null, JwksUri: not null } ? "The app's metadata document has jwks and jwks_uri: it may have one of them."
        : AllowsNone(document) ? null
        : !document.Offers(SignedAssertion)
            ? "The app's metadata document requires a client authentication that this gateway does not support (it supports: none, private_key_jwt)."
        : KeysOf(document) is null
            ? "The app's metadata document wants private_key_jwt but names no keys: it needs jwks, or a jwks_uri that is a plain https URL."
        : null;

    private static OAuthClient ClientOf(string id, ClientDocument document) =>
        new(
            id,
            ClientNames.Clean(document.ClientName!),
            [.. document.RedirectUris!.Where(RedirectUris.IsSafe)],
            Keys: KeysOf(document),
            MustSign: !AllowsNone(document)
        );

    // ChatGPT names the method it prefers in one field and all methods it can do in the other.
    private static bool AllowsNone(ClientDocument document) =>
        document is { TokenEndpointAuthMethod: null, TokenEndpointAuthMethods: null or [] } || document.Offers(NoAuthentication);

    private static KeySource? KeysOf(ClientDocument document) =>
        document.Jwks is { ValueKind: System.Text.Json.JsonValueKind.Object } set ? new(null, set.GetRawText())
        : document.JwksUri is { } url && AppHosts.IsPlainUrl(url) ? new(url, null)
        : null;

    private sealed record Entry(OAuthClient? Client, string? Problem);

    [LoggerMessage(LogLevel.Information, "The client metadata document of {Host} is refused: {Problem}")]
    private partial void DocumentRefused(string host, string problem);
}

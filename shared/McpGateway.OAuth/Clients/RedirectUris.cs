using System.Buffers;
using McpGateway.Networking;
using Microsoft.Extensions.Options;

namespace McpGateway.OAuth.Clients;

/// <summary>Which addresses may receive a code, and when two addresses are the same.</summary>
internal sealed class RedirectUris(IOptions<OAuthOptions> options)
{
    private const int LongestUri = 512;
    private const string CursorApp = "cursor://anysphere.cursor-mcp/oauth/callback";

    // What is left of ASCII after white space, controls and what browsers and .NET read differently.
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?[]!$&'()*+,;=%"
    );

    private static readonly string[] KnownHosts =
    [
        "claude.ai",
        "claude.com",
        "chatgpt.com",
        "vscode.dev",
        "insiders.vscode.dev",
        "www.cursor.com",
        "grok.com",
    ];

    private readonly HashSet<string> hosts = new(
        [.. KnownHosts, .. HostNames.Listed(options.Value.RedirectHosts)],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Whether the operator lets codes go there: a listed https host, this machine, or an exact app link.</summary>
    public bool IsListed(string uri) => IsNamed(uri) || (hosts.Contains("*") && Parse(uri)?.Scheme == Uri.UriSchemeHttps);

    /// <summary>Whether it is listed by name and not by <c>*</c>, so that a browser may be sent there before the operator has approved.</summary>
    public bool IsNamed(string uri) =>
        uri == CursorApp
        || IsLoopback(uri)
        || (Parse(uri) is { } parsed && parsed.Scheme == Uri.UriSchemeHttps && hosts.Contains(parsed.Authority));

    /// <summary>Whether the form of the address is safe at all: https anywhere, http on this machine, or an exact app link.</summary>
    public static bool IsSafe(string uri) => uri == CursorApp || IsLoopback(uri) || Parse(uri)?.Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether any program on the user's machine could receive what is sent there.</summary>
    public static bool IsLoopback(string uri) =>
        Parse(uri) is { } parsed && parsed.Scheme == Uri.UriSchemeHttp && parsed.Host is "localhost" or "127.0.0.1" or "[::1]";

    /// <summary>Whether a requested address is a registered one: the same string, on loopback whatever the port (RFC 8252 section 7.3).</summary>
    public static bool Matches(string registered, string requested) =>
        registered == requested || (IsLoopback(registered) && IsLoopback(requested) && WithoutPort(registered) == WithoutPort(requested));

    /// <summary>What a person is told about where the answer goes.</summary>
    public static string HostOf(string uri) => Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? parsed.Authority : uri;

    private static Uri? Parse(string uri) =>
        uri.Length <= LongestUri
        && uri.AsSpan().IndexOfAnyExcept(Allowed) < 0
        && Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
        && parsed.Host.Length > 0
        && StatesItsHost(uri, parsed)
            ? parsed
            : null;

    // The host as everybody reads it, in the string itself: no user information, no other spelling of an address.
    private static bool StatesItsHost(string uri, Uri parsed)
    {
        var start = $"{parsed.Scheme}://{parsed.Host}";
        return uri.StartsWith(start, StringComparison.OrdinalIgnoreCase)
            && (uri.Length == start.Length || uri[start.Length] is '/' or '?' || (uri[start.Length] == ':' && !parsed.IsDefaultPort));
    }

    private static string WithoutPort(string uri)
    {
        var parsed = new Uri(uri);
        var start = $"{parsed.Scheme}://{parsed.Host}";
        var rest = uri[start.Length..];
        return start + rest.TrimStart(':').TrimStart("0123456789".ToCharArray());
    }
}

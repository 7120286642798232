using McpGateway.Secrets;
using McpGateway.Upstream;

namespace GitHub.Api;

/// <summary>Where a GitHub installation serves its APIs.</summary>
/// <param name="Rest">The base URL of the REST API.</param>
/// <param name="GraphQl">What <c>/graphql</c> is appended to.</param>
/// <param name="Web">Where people go.</param>
/// <param name="IsEnterpriseServer">Whether it is a GitHub Enterprise Server, which lacks what only github.com has (semantic search).</param>
public sealed record GitHubHost(Uri Rest, Uri GraphQl, Uri Web, bool IsEnterpriseServer)
{
    /// <summary>Reads <c>GITHUB_HOST</c>: empty or github.com, a tenant on ghe.com, or a GitHub Enterprise Server.</summary>
    /// <exception cref="SettingException">The value is not such a host.</exception>
    public static GitHubHost Parse(string? setting)
    {
        var given = string.IsNullOrWhiteSpace(setting) ? "github.com" : setting.Trim();
        var url = UpstreamUrl.Parse("GITHUB_HOST", given.Contains("://", StringComparison.Ordinal) ? given : $"https://{given}");
        var host = url.Host.StartsWith("api.", StringComparison.OrdinalIgnoreCase) ? url.Host[4..] : url.Host;
        return host switch
        {
            "github.com" or "www.github.com" => OnOwnHost("github.com"),
            _ when host.EndsWith(".ghe.com", StringComparison.OrdinalIgnoreCase) => OnOwnHost(host),
            _ => new(new Uri(url, "/api/v3"), new Uri(url, "/api"), new Uri(url, "/"), IsEnterpriseServer: true),
        };
    }

    /// <summary>The URL of a path of the REST API.</summary>
    public Uri At(string path) => new($"{Rest.AbsoluteUri.TrimEnd('/')}/{path}");

    /// <summary>Where files of releases are sent to, by the paths of the REST API.</summary>
    public Uri Uploads => IsEnterpriseServer ? new(Web, "/api/uploads") : new($"https://uploads.{Web.Host}");

    /// <summary>The segments of a request's path in the REST API, unescaped; none for what is outside of it.</summary>
    public string[] PathOf(HttpRequestMessage request) =>
        BaseOf(request.RequestUri!) is { } root
            ? [.. request.RequestUri!.AbsolutePath[root.Length..].Trim('/').Split('/').Select(Uri.UnescapeDataString)]
            : [];

    /// <summary>Whether a URL is one of the REST API's. An Enterprise Server has other things on the same host.</summary>
    public bool Serves(Uri url) => BaseOf(url) is not null;

    private string? BaseOf(Uri url) =>
        new[] { Rest, Uploads }
            .Where(api => url.Authority == api.Authority)
            .Select(api => api.AbsolutePath.TrimEnd('/'))
            .FirstOrDefault(root => root.Length == 0 || url.AbsolutePath.StartsWith($"{root}/", StringComparison.Ordinal));

    private static GitHubHost OnOwnHost(string host) =>
        new(new($"https://api.{host}"), new($"https://api.{host}"), new($"https://{host}"), IsEnterpriseServer: false);
}

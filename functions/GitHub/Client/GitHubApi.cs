using System.Net;
using System.Threading.RateLimiting;
using McpGateway.Upstream;

namespace GitHub.Client;

/// <summary>GitHub, as the shared upstream handlers need to know it.</summary>
internal static class GitHubApi
{
    public static UpstreamApi Create(GitHubHost host, Uri baseUrl, PartitionedRateLimiter<HttpRequestMessage> limiter, Func<CancellationToken, ValueTask<string?>> getToken) => new()
    {
        Name = "GitHub",
        BaseUrl = baseUrl,
        TokenSetting = "GITHUB_TOKEN",
        TokenPage = new Uri(host.Web, "/settings/personal-access-tokens").ToString(),
        GetTokenAsync = getToken,
        Json = GitHubJson.Options,
        MayRetry = MayRetry,
        BucketOf = GitHubRateLimits.BucketOf,
        ReadRateLimit = GitHubRateLimits.Read,
        Limiter = limiter,
        ReadMessage = GitHubErrors.ReadMessage,
        Advise = GitHubErrors.Advise,
        TotalTimeout = TimeSpan.FromSeconds(45),
        // Files and logs come whole; the largest file the contents API serves is 100 MB, more than a model can use.
        MaxResponseBytes = 32_000_000,
    };

    /// <summary>Reads may be sent again; of the POSTs only GraphQL queries are reads.</summary>
    public static bool MayRetry(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || GraphQlScope.Of(request) is { IsMutation: false };

    /// <summary>What every request to GitHub carries: https://docs.github.com/en/rest/about-the-rest-api/api-versions.</summary>
    public static void AddHeaders(HttpClient http)
    {
        http.DefaultRequestVersion = HttpVersion.Version11;
        http.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2022-11-28");
        http.DefaultRequestHeaders.Add("Accept", "application/vnd.github+json");
    }
}

using System.Net;
using System.Threading.RateLimiting;
using GitHub.Credentials;
using McpGateway.Upstream;
using Microsoft.Extensions.DependencyInjection;

namespace GitHub.Api;

/// <summary>GitHub, as the shared upstream handlers need to know it; REST and GraphQL share their limits.</summary>
internal sealed class GitHubApi(
    GitHubHost host,
    GitHubCredential credential,
    long cachedBytes,
    Func<IServiceProvider, PartitionedRateLimiter<HttpRequestMessage>> createLimiter
)
{
    private readonly GitHubErrors errors = new(credential);

    public UpstreamApi At(Uri baseUrl) =>
        new()
        {
            Name = "GitHub",
            BaseUrl = baseUrl,
            TokenSetting = "GITHUB_TOKEN",
            TokenPage = new Uri(host.Web, "/settings/personal-access-tokens").ToString(),
            GetTokenAsync = (services, cancellationToken) =>
                credential.App is null
                    ? ValueTask.FromResult(credential.Token)
                    : services.GetRequiredService<InstallationTokens>().GetAsync(cancellationToken),
            RenewTokenAsync = credential.App is null
                ? null
                : (services, rejected, cancellationToken) =>
                    services.GetRequiredService<InstallationTokens>().GetAsync(rejected, cancellationToken),
            Json = GitHubJson.Options,
            MayRetry = MayRetry,
            BucketOf = GitHubRateLimits.BucketOf,
            ReadRateLimit = GitHubRateLimits.Read,
            // What GitHub refuses for its rate it has not looked at.
            ReplaysRefusedWrites = true,
            CreateLimiter = createLimiter,
            ReadMessage = GitHubErrors.ReadMessage,
            Advise = errors.Advise,
            // More than a model can use of one response. Lines of files, which may have up to 100 MB, are read as they come.
            MaxResponseBytes = 32_000_000,
            CachedBytes = cachedBytes,
        };

    /// <summary>The one call that is made as the App itself, for tokens to make all others with.</summary>
    public UpstreamApi ForApp(GitHubApp app) =>
        new()
        {
            Name = "GitHub",
            BaseUrl = host.Rest,
            TokenSetting = "GITHUB_APP_PRIVATE_KEY",
            TokenPage = new Uri(host.Web, "/settings/apps").ToString(),
            GetTokenAsync = (services, _) =>
                ValueTask.FromResult<string?>(app.Sign(services.GetRequiredService<TimeProvider>().GetUtcNow())),
            Json = GitHubJson.Options,
            // A second token does no harm.
            MayRetry = _ => true,
            BucketOf = _ => "app",
            ReadRateLimit = GitHubRateLimits.Read,
            Advise = GitHubErrors.AdviseApp,
            AttemptTimeout = TimeSpan.FromSeconds(10),
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

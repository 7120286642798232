using GitHub.Actions;
using GitHub.Api;
using GitHub.Credentials;
using GitHub.Guards;
using GitHub.Releases;
using McpGateway;
using McpGateway.Networking;
using McpGateway.Upstream;
using Microsoft.Extensions.DependencyInjection;

namespace GitHub;

/// <summary>The clients of GitHub's APIs, one for each topic; every one of a tool passes the guards.</summary>
internal sealed class GitHubClients(GatewayBuilder gateway, UpstreamApi rest, SemaphoreSlim places)
{
    public GitHubClients Add<TApi>()
        where TApi : class
    {
        AddClient<TApi>(gateway, rest, places).GuardTools();
        return this;
    }

    /// <summary>Adds what responds with links to other hosts, and the client that follows them.</summary>
    public void AddDownloads()
    {
        AddClient<IDownloadsApi>(gateway, rest, places)
            .GuardTools()
            .ConfigureAdditionalHttpMessageHandlers(
                // Within what follows redirects: these lead to links.
                (handlers, services) => handlers.Add(new DownloadLinkHandler(services.GetRequiredService<GitHubHost>()))
            );
        gateway.Services.AddSingleton<JobLogs>();
        gateway.Services.AddHttpClient(JobLogs.ClientName).RemoveAllLoggers().WithSockets();
    }

    /// <summary>Adds GraphQL, the guards and what all clients share.</summary>
    public static GitHubClients AddTo(GatewayBuilder gateway, GitHubOptions options)
    {
        var host = GitHubHost.Parse(options.Host);
        var credential = GitHubCredential.Parse(options);
        var api = new GitHubApi(host, credential, options.CacheBytes, GitHubRateLimits.Pace(options.ContentWrites));
        var places = new SemaphoreSlim(ConcurrencyHandler.MostAtOnce);
        gateway.Services.AddSingleton(host).AddSingleton(new GitHubErrors(credential));
        gateway.AddGuards(options);
        AddClient<IGraphQlApi>(gateway, api.At(host.GraphQl), places).GuardTools();
        AddClient<IUploadsApi>(gateway, api.At(host.Uploads), places).GuardTools();
        AddClient<IGuardGraphQlApi>(gateway, api.At(host.GraphQl), places).GuardQuestions();
        AddClient<IAuthorsApi>(gateway, api.At(host.Rest), places).GuardQuestions();
        if (credential.App is { } app)
        {
            gateway.AddUpstream<IAppApi>(api.ForApp(app)).ConfigureHttpClient(GitHubApi.AddHeaders);
            gateway.Services.AddSingleton(app).AddSingleton<InstallationTokens>();
        }

        return new GitHubClients(gateway, api.At(host.Rest), places);
    }

    private static IHttpClientBuilder AddClient<TApi>(GatewayBuilder gateway, UpstreamApi api, SemaphoreSlim places)
        where TApi : class =>
        gateway
            .AddUpstream<TApi>(api)
            .ConfigureHttpClient(GitHubApi.AddHeaders)
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Add(new ConcurrencyHandler(places)));
}

using GitHub.Actions;
using GitHub.Api;
using GitHub.Credentials;
using GitHub.Guards;
using McpGateway;
using McpGateway.Upstream;
using Microsoft.Extensions.DependencyInjection;

namespace GitHub;

/// <summary>The clients of GitHub's APIs, one for each topic; every one of a tool passes the guards.</summary>
internal sealed class GitHubClients(GatewayBuilder gateway, UpstreamApi rest)
{
    public GitHubClients Add<TApi>()
        where TApi : class
    {
        AddClient<TApi>(gateway, rest).GuardTools();
        return this;
    }

    /// <summary>Adds what responds with links to other hosts, and the client that follows them.</summary>
    public void AddDownloads()
    {
        AddClient<IDownloadsApi>(gateway, rest)
            .GuardTools()
            .ConfigureAdditionalHttpMessageHandlers(
                // Within what follows redirects: these lead to links.
                (handlers, services) => handlers.Add(new DownloadLinkHandler(services.GetRequiredService<GitHubHost>()))
            );
        gateway.Services.AddSingleton<JobLogs>();
        gateway
            .Services.AddHttpClient(JobLogs.ClientName)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    AutomaticDecompression = System.Net.DecompressionMethods.All,
                }
            );
    }

    /// <summary>Adds GraphQL, the guards and what all clients share.</summary>
    public static GitHubClients AddTo(GatewayBuilder gateway, GitHubOptions options)
    {
        var host = GitHubHost.Parse(options.Host);
        var credential = GitHubCredential.Parse(options);
        var api = new GitHubApi(host, credential, options.CacheBytes);
        gateway.Services.AddSingleton(host).AddSingleton(new GitHubErrors(credential));
        gateway.AddGuards(options);
        AddClient<IGraphQlApi>(gateway, api.At(host.GraphQl)).GuardTools();
        AddClient<IGuardGraphQlApi>(gateway, api.At(host.GraphQl)).GuardQuestions();
        AddClient<IAuthorsApi>(gateway, api.At(host.Rest)).GuardQuestions();
        if (credential.App is { } app)
        {
            AddClient<IAppApi>(gateway, api.ForApp(app));
            gateway.Services.AddSingleton(app).AddSingleton<InstallationTokens>();
        }

        return new GitHubClients(gateway, api.At(host.Rest));
    }

    private static IHttpClientBuilder AddClient<TApi>(GatewayBuilder gateway, UpstreamApi api)
        where TApi : class => gateway.AddUpstream<TApi>(api).ConfigureHttpClient(GitHubApi.AddHeaders);
}

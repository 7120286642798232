using GitHub.Access;
using GitHub.Actions;
using GitHub.Credentials;
using GitHub.Lockdown;
using McpGateway;
using McpGateway.Upstream;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GitHub.Client;

/// <summary>Registers the clients of GitHub's APIs.</summary>
internal static class ClientExtensions
{
    /// <summary>Adds GraphQL and what all clients share.</summary>
    public static GitHubClients AddGitHubClients(this GatewayBuilder gateway, GitHubOptions options)
    {
        var host = GitHubHost.Parse(options.Host);
        var access = new RepositoryAccess(options);
        gateway.Services.AddSingleton(host);
        gateway.Services.AddSingleton(access);
        gateway.Services.AddSingleton<GraphQl>();
        gateway
            .Services.AddSingleton(services => new LockdownMode(options, services.GetRequiredService<IHttpContextAccessor>()))
            .AddSingleton<AuthorTrust>()
            .AddSingleton<UnauthoredContent>();
        var credential = GitHubCredential.Parse(options);
        gateway.Services.AddSingleton(new GitHubErrors(credential));
        var api = new GitHubApi(host, credential, options.CacheBytes);
        new GitHubClients(gateway, api.At(host.GraphQl), host, access).Add<IGraphQlApi>();
        if (credential.App is { } app)
        {
            gateway.AddUpstream<IAppApi>(api.ForApp(app)).ConfigureHttpClient(GitHubApi.AddHeaders);
            gateway.Services.AddSingleton(app).AddSingleton<InstallationTokens>();
        }

        return new GitHubClients(gateway, api.At(host.Rest), host, access).AddAuthors();
    }
}

/// <summary>Adds one client per topic; every one of a tool passes lockdown and the repository lists first.</summary>
internal sealed class GitHubClients(GatewayBuilder gateway, UpstreamApi api, GitHubHost host, RepositoryAccess access)
{
    public GitHubClients Add<TApi>()
        where TApi : class
    {
        AddClient<TApi>();
        return this;
    }

    /// <summary>Adds what lockdown itself asks.</summary>
    public GitHubClients AddAuthors()
    {
        AddClient<IAuthorsApi>(isForTools: false);
        return this;
    }

    /// <summary>Adds what answers with links to other hosts, and the client that follows them.</summary>
    public void AddDownloads()
    {
        AddClient<IDownloadsApi>().AddHttpMessageHandler(() => new DownloadLinkHandler(host));
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

    private IHttpClientBuilder AddClient<TApi>(bool isForTools = true)
        where TApi : class =>
        gateway
            .AddUpstream<TApi>(api)
            .ConfigureHttpClient(GitHubApi.AddHeaders)
            .ConfigureAdditionalHttpMessageHandlers(
                (handlers, services) =>
                {
                    handlers.Insert(0, new RepositoryAccessHandler(access, host));
                    if (isForTools)
                    {
                        // Around the lists: what they drop is not to be judged, nor counted.
                        handlers.Insert(0, new LockdownHandler(services.GetRequiredService<LockdownMode>(), host, services));
                    }

                    // Within what follows redirects.
                    handlers.Add(new MovedRepositoryHandler(access, host));
                }
            );
}

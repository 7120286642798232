using GitHub.Access;
using GitHub.Actions;
using GitHub.Credentials;
using McpGateway.Hosting;
using McpGateway.Upstream;
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
        var credential = GitHubCredential.Parse(options);
        gateway.Services.AddSingleton(new GitHubErrors(credential));
        var api = new GitHubApi(host, credential, options.CacheBytes);
        new GitHubClients(gateway, api.At(host.GraphQl), host, access).Add<IGraphQlApi>();
        if (credential.App is { } app)
        {
            gateway.AddUpstream<IAppApi>(api.ForApp(app)).ConfigureHttpClient(GitHubApi.AddHeaders);
            gateway.Services.AddSingleton(app).AddSingleton<InstallationTokens>();
        }

        return new GitHubClients(gateway, api.At(host.Rest), host, access);
    }
}

/// <summary>Adds one client per topic; every one of them passes the repository lists first.</summary>
internal sealed class GitHubClients(GatewayBuilder gateway, UpstreamApi api, GitHubHost host, RepositoryAccess access)
{
    public GitHubClients Add<TApi>() where TApi : class
    {
        AddClient<TApi>();
        return this;
    }

    /// <summary>Adds what answers with links to other hosts, and the client that follows them.</summary>
    public void AddDownloads()
    {
        AddClient<IDownloadsApi>().AddHttpMessageHandler(() => new DownloadLinkHandler(host));
        gateway.Services.AddSingleton<JobLogs>();
        gateway.Services.AddHttpClient(JobLogs.ClientName).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = System.Net.DecompressionMethods.All });
    }

    private IHttpClientBuilder AddClient<TApi>() where TApi : class =>
        gateway.AddUpstream<TApi>(api)
            .ConfigureHttpClient(GitHubApi.AddHeaders)
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Insert(0, new RepositoryAccessHandler(access, host)));
}

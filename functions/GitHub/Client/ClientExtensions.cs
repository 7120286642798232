using GitHub.Access;
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
        var token = string.IsNullOrWhiteSpace(options.Token) ? null : options.Token.Trim();
        var clients = new GitHubClients(gateway, GitHubApi.Create(host, _ => ValueTask.FromResult(token)), host, access);
        clients.Add<IGraphQlApi>().ConfigureHttpClient(http => http.BaseAddress = host.GraphQl);
        return clients;
    }
}

/// <summary>Adds one client per topic; every one of them passes the repository lists first.</summary>
internal sealed class GitHubClients(GatewayBuilder gateway, UpstreamApi api, GitHubHost host, RepositoryAccess access)
{
    public IHttpClientBuilder Add<TApi>() where TApi : class =>
        gateway.AddUpstream<TApi>(api)
            .ConfigureHttpClient(GitHubApi.AddHeaders)
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Insert(0, new RepositoryAccessHandler(access, host)));
}

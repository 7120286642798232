using GitHub.Client;
using GitHub.Context;
using GitHub.Toolsets;
using McpGateway.Hosting;

namespace GitHub;

/// <summary>The table of contents of github-mcp.</summary>
public static class GitHubService
{
    public static GatewayService Definition { get; } = new("github-mcp", 8081, "GitHub", "Works on GitHub repositories.")
    {
        UpstreamTokenSetting = "GITHUB_TOKEN",
        McpPaths = ["/mcp", .. ToolRequest.Paths],
    };

    public static void AddGitHub(this GatewayBuilder gateway)
    {
        var options = gateway.AddSettings<GitHubOptions>();
        var clients = gateway.AddGitHubClients(options);
        clients.Add<IContextApi>();

        gateway.AddToolsets(options, new ToolCatalogue()
            .Add<ContextTools>(ToolsetNames.Context));
    }
}

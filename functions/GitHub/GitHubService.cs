using McpGateway.Hosting;

namespace GitHub;

/// <summary>The table of contents of github-mcp.</summary>
public static class GitHubService
{
    public static GatewayService Definition { get; } = new("github-mcp", 8081, "GitHub", "Works on GitHub repositories.") { UpstreamTokenSetting = "GITHUB_TOKEN" };

    public static void AddGitHub(this GatewayBuilder gateway) => _ = gateway;
}

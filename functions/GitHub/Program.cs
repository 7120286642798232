using GitHub;
using McpGateway.Hosting;

return await GatewayHost.RunAsync(args, GitHubService.Definition, GitHubService.AddGitHub);

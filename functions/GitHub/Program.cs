using GitHub;
using McpGateway.Console;
using McpGateway.Hosting;
using McpGateway.OAuth;
using McpGateway.Tools;

return await GatewayHost.RunAsync(args, GitHubService.Definition, gateway => gateway.AddOAuth().AddMcp().AddConsole().AddGitHub());

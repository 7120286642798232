using Firecrawl;
using McpGateway.Console;
using McpGateway.Hosting;
using McpGateway.OAuth;
using McpGateway.Tools;

return await GatewayHost.RunAsync(args, FirecrawlService.Definition, gateway => gateway.AddOAuth().AddMcp().AddConsole().AddFirecrawl());

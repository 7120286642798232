using Firecrawl;
using McpGateway.Hosting;

return await GatewayHost.RunAsync(args, FirecrawlService.Definition, FirecrawlService.AddFirecrawl);

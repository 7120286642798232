using ConformanceGateway;
using McpGateway.Hosting;
using McpGateway.OAuth;
using McpGateway.Tools;

return await GatewayHost.RunAsync(args, ConformanceService.Definition, gateway => gateway.AddOAuth().AddMcp().AddConformance());

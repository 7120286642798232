using ConformanceGateway;
using McpGateway.Console;
using McpGateway.Hosting;
using McpGateway.OAuth;
using McpGateway.Tools;

return await GatewayHost.RunAsync(
    args,
    ConformanceService.Definition,
    gateway => gateway.AddOAuth().AddMcp().AddConsole().AddConformance()
);

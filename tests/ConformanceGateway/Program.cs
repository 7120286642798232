using ConformanceGateway;
using McpGateway.Hosting;

return await GatewayHost.RunAsync(args, ConformanceService.Definition, ConformanceService.AddConformance);

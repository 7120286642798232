using Memory;
using McpGateway.Hosting;

return await GatewayHost.RunAsync(args, MemoryService.Definition, MemoryService.AddMemory);

using McpGateway.Hosting;
using Memory;

return await GatewayHost.RunAsync(args, MemoryService.Definition, MemoryService.AddMemory);

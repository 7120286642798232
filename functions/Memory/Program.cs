using McpGateway.Console;
using McpGateway.Hosting;
using McpGateway.OAuth;
using McpGateway.Tools;
using Memory;

return await GatewayHost.RunAsync(args, MemoryService.Definition, gateway => gateway.AddOAuth().AddMcp().AddConsole().AddMemory());

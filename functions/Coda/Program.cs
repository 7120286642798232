using Coda;
using McpGateway.Console;
using McpGateway.Hosting;
using McpGateway.OAuth;
using McpGateway.Tools;

return await GatewayHost.RunAsync(args, CodaService.Definition, gateway => gateway.AddOAuth().AddMcp().AddConsole().AddCoda());

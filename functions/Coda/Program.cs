using Coda;
using McpGateway.Hosting;

return await GatewayHost.RunAsync(args, CodaService.Definition, CodaService.AddCoda);

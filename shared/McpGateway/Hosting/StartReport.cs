using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpGateway.Hosting;

/// <summary>Says at start what the operator should know.</summary>
internal sealed partial class StartReport(StartWarnings warnings, GatewayService service, ILogger<StartReport> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var warning in warnings.All)
        {
            Warn(warning);
        }

        Starting(service.Name, service.Version);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "{Service} {Version} starts")]
    private partial void Starting(string service, string version);

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    private partial void Warn(string warning);
}

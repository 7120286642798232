using McpGateway.Authentication;
using McpGateway.Secrets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.Hosting;

/// <summary>Says at start what the operator should know.</summary>
internal sealed partial class StartReport(
    StartWarnings warnings,
    GatewayService service,
    Door door,
    IOptions<GatewayOptions> options,
    ILogger<StartReport> logger
) : IHostedLifecycleService
{
    /// <summary>Before any other part starts: the Functions worker would call its host first.</summary>
    /// <exception cref="SettingException">Nobody would be kept out.</exception>
    public Task StartingAsync(CancellationToken cancellationToken) =>
        door.Problem is { } problem ? throw new SettingException(problem) : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var warning in warnings.All)
        {
            Warn(warning);
        }

        Starting(service.Name, service.Version, $"{door}", options.Value.DataFolder(service));
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // ./run reads this line.
    [LoggerMessage(LogLevel.Information, "{Service} {Version} starts: {Door}, data in {DataFolder}")]
    private partial void Starting(string service, string version, string door, string dataFolder);

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    private partial void Warn(string warning);
}

using McpGateway.Secrets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Hosted;

/// <summary>
/// Offers the tools that the hosted server lists when the gateway starts; without a response there are none, and the gateway works all
/// the same.
/// </summary>
internal sealed partial class HostedTools(HostedServer server, IOptions<McpServerOptions> options, ILogger<HostedTools> logger)
    : IHostedService
{
    /// <exception cref="SettingException">The hosted server cannot be kept to certain docs.</exception>
    public static void Check(CodaOptions options)
    {
        if (options.HostedMcp && !string.IsNullOrWhiteSpace(options.AllowedDocs))
        {
            throw new SettingException(
                "CODA_HOSTED_MCP=true and CODA_ALLOWED_DOCS exclude each other: what the hosted server does cannot be kept to certain docs. Unset one of them."
            );
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var listed = await server.ListToolsAsync(cancellationToken);
            var names = new HostedNames(listed.Select(tool => tool.Name));
            foreach (var tool in listed)
            {
                // The collection is that of every request.
                options.Value.ToolCollection!.TryAdd(new HostedTool(server, tool, names));
            }
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException or McpException or InvalidOperationException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested
            )
        {
            Unreachable(logger, e.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "The tools of Coda's hosted MCP server are not offered, for it could not be asked: {Reason}")]
    private static partial void Unreachable(ILogger logger, string reason);
}

using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using McpGateway.Authentication;
using McpGateway.Telemetry;
using McpGateway.Text;
using McpGateway.Tools.Auditing;
using McpGateway.Tools.Budgets;
using McpGateway.Tools.Tokens;
using McpGateway.Tools.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools;

/// <summary>
/// Calls of tools from within, from the bytes of the message to those of the response, so that their code is compiled before a caller waits for
/// it. They leave no audit line and count against no budget. Where measurements are exported none is made: the SDK would count it.
/// </summary>
public sealed class CallWarmUp
{
    private static readonly Caller Nobody = new("warm-up", Rights.Everything);

    private readonly Rehearsal services;
    private readonly IOptionsFactory<McpServerOptions> options;
    private readonly ILoggerFactory loggers;
    private readonly bool isCounted;

    /// <param name="instead">What takes the place of the gateway's services of the same types, so that no call changes anything.</param>
    public CallWarmUp(IServiceProvider services, params IReadOnlyCollection<object> instead)
    {
        this.services = new(services, instead);
        options = services.GetRequiredService<IOptionsFactory<McpServerOptions>>();
        loggers = services.GetRequiredService<ILoggerFactory>();
        isCounted = services.GetRequiredService<GatewayMetrics>().AreExported;
        // Made for the first call otherwise, and passed over by these.
        services.GetRequiredService<Purses>();
    }

    /// <param name="arguments">As JSON.</param>
    /// <returns>What a caller would get, as an event; nothing where no call is made.</returns>
    public async Task<string> CallAsync(string tool, string arguments, CancellationToken cancellationToken)
    {
        if (isCounted)
        {
            return "";
        }

        var message = IncomingMessage.Inspect(
            Encoding.UTF8.GetBytes(
                $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}"""
            )
        );
        var body = PipeReader.Create(new ReadOnlySequence<byte>(message.Body));
        var request = (
            await JsonSerializer.DeserializeAsync(
                body,
                PlainValues.InfoOf<JsonRpcMessage>(McpJsonUtilities.DefaultOptions),
                cancellationToken
            )
        )!;
        request.Context = new() { User = Nobody.ToPrincipal(nameof(CallWarmUp)) };
        await using var transport = new StreamableHttpServerTransport(loggers) { Stateless = true };
        var server = options.Create(Options.DefaultName);
        server.ScopeRequests = false;
        await using var running = McpServer.Create(transport, server, loggers, services);
        var ended = running.RunAsync(cancellationToken);
        using var response = new MemoryStream();
        await transport.HandlePostRequestAsync(request, response, cancellationToken);
        await transport.DisposeAsync();
        await ended;
        var text = Encoding.UTF8.GetString(response.GetBuffer(), 0, (int)response.Length);
        // As the audit line of a call counts them.
        TokenCounter.Count(text);
        return text;
    }
}

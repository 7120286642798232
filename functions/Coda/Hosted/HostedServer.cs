using McpGateway.State;
using McpGateway.Upstream;
using McpGateway.Upstream.Calls;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Coda.Hosted;

/// <summary>
/// Coda's own MCP server, which does what the REST API cannot. It gets the same token, and nothing else does: redirects are not followed.
/// </summary>
internal sealed class HostedServer(CodaOptions options, TimeProvider time, IServiceProvider services) : IAsyncDisposable
{
    private static readonly TimeSpan ToConnect = TimeSpan.FromSeconds(10);

    private readonly Uri address = UpstreamUrl.Parse("CODA_HOSTED_MCP_URL", options.HostedUrl);
    private readonly SemaphoreSlim connecting = new(1, 1);

    // Not published for this server; those of the REST API count for the user, and it works on the same docs.
    private readonly UpstreamLimits<CallToolRequestParams> pace = new(
        services,
        (new PermitLimit("hosted", 10, TimeSpan.FromSeconds(6)), _ => true)
    );
    private McpClient? connected;

    public async Task<IReadOnlyList<Tool>> ListToolsAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ToConnect);
        var client = await ConnectAsync(patience.Token);
        return [.. (await client.ListToolsAsync(cancellationToken: patience.Token)).Select(tool => tool.ProtocolTool)];
    }

    /// <exception cref="UpstreamException">There was no result: it is not known whether the tool did anything.</exception>
    public async Task<CallToolResult> CallAsync(CallToolRequestParams call, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(UpstreamCall.Current?.Left ?? ToConnect, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        McpClient? client = null;
        try
        {
            using var turn = await pace.AcquireAsync(call, 1, either.Token);
            client = await ConnectAsync(either.Token);
            return await client.CallToolAsync(call, either.Token);
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException or InvalidOperationException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            await ForgetAsync(client);
            throw new UpstreamException(
                UpstreamCall.Current?.IsRead == true
                    ? "Coda's hosted MCP server did not respond. Try again later."
                    : "Coda's hosted MCP server did not respond. The change may have been made: check before you try again.",
                inner: e
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ForgetAsync(connected);
        await pace.DisposeAsync();
        connecting.Dispose();
    }

    private async Task<McpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        await connecting.WaitAsync(cancellationToken);
        try
        {
            return connected ??= await McpClient.CreateAsync(CreateTransport(), cancellationToken: cancellationToken);
        }
        finally
        {
            connecting.Release();
        }
    }

    private HttpClientTransport CreateTransport() =>
        new(
            new()
            {
                Endpoint = address,
                Name = "coda-hosted",
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {options.Token?.Trim()}" },
            },
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }),
            ownsHttpClient: true
        );

    private async Task ForgetAsync(McpClient? client)
    {
        if (client is not null && Interlocked.CompareExchange(ref connected, null, client) == client)
        {
            await client.DisposeAsync();
        }
    }
}

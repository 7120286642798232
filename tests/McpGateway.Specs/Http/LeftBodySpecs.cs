using System.Net;
using System.Net.Sockets;

namespace McpGateway.Specs.Http;

public sealed class LeftBodySpecs
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_that_leaves_in_the_middle_of_its_body_is_no_failure_of_the_gateway(bool resets)
    {
        await using var gateway = await SpecService.StartAsync();
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, gateway.McpUrl.Port, Cancellation);
            var stream = socket.GetStream();
            await stream.WriteAsync(
                "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n"u8.ToArray(),
                Cancellation
            );
            using var reader = new StreamReader(stream);
            // The body is being waited for.
            Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync(Cancellation));
            await stream.WriteAsync("{\"jsonrpc\":"u8.ToArray(), Cancellation);
            socket.LingerState = new(resets, 0);
        }

        // Which waits for the request.
        await gateway.StopAsync(Cancellation);
        Assert.DoesNotContain(gateway.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }
}

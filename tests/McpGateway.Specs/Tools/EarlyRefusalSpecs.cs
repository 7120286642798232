using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McpGateway.Specs.Tools;

/// <summary>A body that is too large is refused while it is still on its way, and its sender hears why.</summary>
public sealed class EarlyRefusalSpecs
{
    private const int Length = 20_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("-H 'Transfer-Encoding: chunked'")]
    [InlineData("")]
    [InlineData("-H 'Expect:'")]
    public async Task Curl_hears_413_in_the_middle_of_an_upload(string options)
    {
        await using var gateway = await SpecService.StartAsync(("MAX_REQUEST_BYTES", "100000"));
        var (_, status) = await Curl.RunAsync(
            $"head -c {Length} /dev/zero | curl -X POST {gateway.McpUrl} -H 'Content-Type: application/json' {options} --data-binary @-"
        );
        Assert.Equal("413", status);
    }

    /// <summary>As clients do that look for a response once all is sent.</summary>
    [Theory]
    [InlineData("Content-Length: 20000000", "")]
    [InlineData("Transfer-Encoding: chunked", "1312D00\r\n")]
    public async Task Who_sends_all_before_reading_hears_413(string header, string framing)
    {
        await using var gateway = await SpecService.StartAsync(("MAX_REQUEST_BYTES", "100000"));
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gateway.McpUrl.Port, Cancellation);
        var stream = socket.GetStream();
        var head = $"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{header}\r\n\r\n{framing}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), Cancellation);
        await stream.WriteAsync(new byte[Length], Cancellation);
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await reader.ReadLineAsync(Cancellation));
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using McpGateway.Testing;
using Microsoft.AspNetCore.Hosting;

namespace McpGateway.Specs.Hosting;

/// <summary>Who sends all of a large body before reading hears what was answered before the body was asked for.</summary>
public sealed class UnreadBodySpecs
{
    private const int Length = 20_000_000;

    private const string Sized = "Content-Length: 20000000\r\n\r\n";

    private const string Chunked = "Transfer-Encoding: chunked\r\n\r\n1312D00\r\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("401 Unauthorized", "POST /mcp", "")]
    [InlineData("403 Forbidden", "POST /mcp", "Origin: https://foreign.example\r\n")]
    [InlineData("404 Not Found", "POST /nowhere", "")]
    [InlineData("405 Method Not Allowed", "POST /health", "")]
    [InlineData("415 Unsupported Media Type", "POST /mcp", "Authorization: Bearer a-token-for-specs-only-1\r\n")]
    public async Task A_refusal_reaches_whoever_still_sends(string status, string request, string header)
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        Assert.Equal($"HTTP/1.1 {status}", await SendAsync(gateway, request, header + Sized));
        Assert.Equal($"HTTP/1.1 {status}", await SendAsync(gateway, request, header + Chunked));
    }

    [Fact]
    public async Task So_does_429()
    {
        await using var gateway = await SpecService.StartWithTokenAsync(("RATE_LIMIT_PER_SECOND", "1"));
        var answers = new List<string?>();
        for (var call = 0; call < 20 && !answers.Contains("HTTP/1.1 429 Too Many Requests"); call++)
        {
            answers.Add(await SendAsync(gateway, "POST /mcp", Sized));
        }

        Assert.Contains("HTTP/1.1 429 Too Many Requests", answers);
        Assert.DoesNotContain(null, answers);
    }

    [Fact]
    public async Task So_does_503_of_a_gateway_that_stops()
    {
        var gate = new Gate();
        await using var gateway = await SpecService.StartAsync(gate);
        var running = gateway.PostAsync(SpecService.Call("work"));
        await gate.Entered.Task.WaitAsync(Hang.After, Cancellation);
        var stopping = gateway.StopAsync(Cancellation);
        Assert.Equal("HTTP/1.1 503 Service Unavailable", await SendAsync(gateway, "POST /mcp", Sized));
        gate.Opened.SetResult();
        using var response = await running;
        await stopping.WaitAsync(Hang.After, Cancellation);
    }

    [Fact]
    public async Task Who_waits_for_leave_to_send_gets_none_before_a_refusal()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var socket = await ConnectAsync(gateway);
        await socket.GetStream().WriteAsync(Head("POST /mcp", "Expect: 100-continue\r\n" + Sized), Cancellation);
        Assert.Equal("HTTP/1.1 401 Unauthorized", await ReadLineAsync(socket));
    }

    [Fact]
    public async Task Who_stops_sending_is_told_so_without_names_of_the_servers_parts()
    {
        await using var gateway = await SpecService.StartAsync(
            configure: builder =>
                builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinRequestBodyDataRate = new(240, TimeSpan.FromSeconds(1.1))),
            settings: ("MCP_BEARER_TOKEN", SpecService.Token)
        );
        using var socket = await ConnectAsync(gateway);
        var head = Head(
            "POST /mcp",
            $"Connection: close\r\nContent-Type: application/json\r\nAuthorization: Bearer {SpecService.Token}\r\nContent-Length: 100\r\n\r\n"
        );
        await socket.GetStream().WriteAsync(head, Cancellation);
        using var reader = new StreamReader(socket.GetStream());
        Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync(Cancellation).AsTask().WaitAsync(Hang.After, Cancellation));
        string? line;
        do
        {
            line = await reader.ReadLineAsync(Cancellation);
        } while (line?.StartsWith('{') == false);

        Assert.Contains("The request body did not arrive in time, and nothing was done: send it again", line, StringComparison.Ordinal);
    }

    private static async Task<string?> SendAsync(Gateway gateway, string request, string headers)
    {
        using var socket = await ConnectAsync(gateway);
        await socket.GetStream().WriteAsync(Head(request, headers), Cancellation);
        await socket.GetStream().WriteAsync(new byte[Length], Cancellation);
        return await ReadLineAsync(socket);
    }

    private static async Task<TcpClient> ConnectAsync(Gateway gateway)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gateway.McpUrl.Port, Cancellation);
        return socket;
    }

    private static byte[] Head(string request, string headers) =>
        Encoding.ASCII.GetBytes($"{request} HTTP/1.1\r\nHost: localhost\r\n{headers}");

    private static async Task<string?> ReadLineAsync(TcpClient socket)
    {
        using var reader = new StreamReader(socket.GetStream(), leaveOpen: true);
        return await reader.ReadLineAsync(Cancellation);
    }
}

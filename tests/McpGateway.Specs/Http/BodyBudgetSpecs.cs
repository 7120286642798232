using System.Net;
using System.Net.Sockets;
using System.Text;
using McpGateway.Http;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Http;

/// <summary>Large bodies share one budget: here two of the largest size fit, and the others wait.</summary>
public sealed class BodyBudgetSpecs
{
    private const int Limit = 200_000;

    // 78,125 values at most, and 62,500 together.
    private const long Memory = 10_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_third_large_body_waits_for_a_place_and_hears_503_where_none_comes_free()
    {
        var gate = new Gate();
        var time = new RunningClock();
        await using var gateway = await StartAsync(gate, time, 2 * (Limit + 1));
        var held = new[] { gateway.PostAsync(Large), gateway.PostAsync(Large) };
        await InsideAsync(gate, 2);
        var third = gateway.PostAsync(Large);
        using var small = await gateway.PostAsync(SpecService.Call("echo", """{"text":"hi"}"""));
        Assert.Equal("hi Plain", await small.ToolTextAsync());
        using var refused = await time.WhileAsync(third, BodyBudget.Patience);
        Assert.Contains("large requests", await refused.ErrorAsync(HttpStatusCode.ServiceUnavailable, -32600), StringComparison.Ordinal);
        Assert.Equal("5", refused.Headers.GetValues("Retry-After").Single());
        Assert.Equal(2, gate.Inside);

        var fourth = gateway.PostAsync(Large);
        gate.Opened.SetResult();
        foreach (var call in held.Append(fourth))
        {
            using var response = await call;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_length_that_is_only_claimed_takes_no_place()
    {
        var gate = new Gate();
        await using var gateway = await StartAsync(gate, new FakeTimeProvider(), Limit + 1);
        gate.Opened.SetResult();
        var claims = new List<TcpClient>();
        for (var claim = 0; claim < 10; claim++)
        {
            var socket = new TcpClient();
            claims.Add(socket);
            await socket.ConnectAsync(IPAddress.Loopback, gateway.McpUrl.Port, Cancellation);
            await socket
                .GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Limit}\r\n\r\n{new string(' ', 1000)}"
                    ),
                    Cancellation
                );
        }

        using var response = await gateway.PostAsync(Large);
        Assert.Equal("done", await response.ToolTextAsync());
        claims.ForEach(claim => claim.Dispose());
    }

    [Fact]
    public async Task What_is_dense_with_values_waits_for_its_like_and_not_for_text()
    {
        var gate = new Gate();
        var time = new RunningClock();
        await using var gateway = await StartAsync(gate, time, 5 * Limit);
        var dense = gateway.PostAsync(Dense(40_000));
        await InsideAsync(gate, 1);
        var text = gateway.PostAsync(Large);
        await InsideAsync(gate, 2);
        using var refused = await time.WhileAsync(gateway.PostAsync(Dense(40_000)), BodyBudget.Patience);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        gate.Opened.SetResult();
        foreach (var call in new[] { dense, text, gateway.PostAsync(Dense(40_000)) })
        {
            using var response = await call;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task What_has_more_values_than_memory_is_there_for_is_413()
    {
        await using var gateway = await StartAsync(new Gate(), new FakeTimeProvider(), Limit);
        using var refused = await gateway.PostAsync(Dense(78_125));
        Assert.Contains("JSON values", await refused.ErrorAsync(HttpStatusCode.RequestEntityTooLarge, -32600), StringComparison.Ordinal);
    }

    private static string Dense(int values) =>
        SpecService.Call("work", $$"""{"ignored":[0{{string.Concat(Enumerable.Repeat(",0", values))}}]}""");

    private static Task<Gateway> StartAsync(Gate gate, TimeProvider time, long bytes) =>
        SpecService.StartAsync(
            gate,
            time,
            builder => builder.Services.AddSingleton(new BodyBudget(bytes, Memory, time)),
            settings: ("MAX_REQUEST_BYTES", $"{Limit}")
        );

    private static string Large => SpecService.Call("work").PadRight(Limit);

    private static Task InsideAsync(Gate gate, int count) =>
        Eventually.IsAsync(() => Volatile.Read(ref gate.Inside) >= count, "The calls did not get to the tool.");
}

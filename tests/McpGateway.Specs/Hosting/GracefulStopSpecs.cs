using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Hosting;

public sealed class GracefulStopSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_call_finishes_while_new_ones_hear_503()
    {
        var gate = new Gate();
        await using var gateway = await SpecService.StartAsync(gate);
        var running = gateway.PostAsync(SpecService.Call("work"));
        await gate.Entered.Task.WaitAsync(Patience, Cancellation);
        var stopping = gateway.StopAsync(Cancellation);
        using var late = await gateway.PostAsync(SpecService.Call("echo", """{"text":"hi"}"""));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
        Assert.Equal("5", late.Headers.GetValues("Retry-After").Single());
        Assert.False(stopping.IsCompleted);
        gate.Opened.SetResult();
        using var response = await running;
        Assert.Equal("done", await response.ToolTextAsync());
        await stopping.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task An_idle_service_stops_without_waiting()
    {
        // The clock stands still: a stop that waited for anything would never end.
        await using var gateway = await SpecService.StartAsync(time: new FakeTimeProvider());
        using var response = await gateway.PostAsync(SpecService.Initialize());
        await gateway.StopAsync(Cancellation).WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task An_open_event_stream_of_a_session_does_not_hold_up_the_stop()
    {
        await using var gateway = await SpecService.StartAsync(time: new FakeTimeProvider(), settings: ("MCP_SESSIONS", "hybrid"));
        using var events = await Mcp.SessionSpecs.OpenStreamAsync(gateway, await Mcp.SessionSpecs.StartSessionAsync(gateway));
        await gateway.StopAsync(Cancellation).WaitAsync(Patience, Cancellation);
    }
}

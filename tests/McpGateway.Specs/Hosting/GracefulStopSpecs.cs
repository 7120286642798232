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

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json, text/event-stream")]
    public async Task A_call_that_runs_longer_than_half_a_minute_is_cancelled_then_and_told_so(string accept)
    {
        var time = new FakeTimeProvider();
        var gate = new Gate();
        await using var gateway = await SpecService.StartAsync(gate, time);
        var running = gateway.PostAsync(SpecService.Call("work"), configure: request => request.Headers.Add("Accept", accept));
        await gate.Entered.Task.WaitAsync(Patience, Cancellation);
        var stopping = gateway.StopAsync(Cancellation);
        time.Advance(TimeSpan.FromSeconds(29.9));
        using (var late = await gateway.PostAsync(SpecService.Call("echo", """{"text":"hi"}""")))
        {
            // It still listens, and nobody has cancelled anything.
            Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
        }

        Assert.False(gate.Cancelled.Task.IsCompleted || stopping.IsCompleted || running.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        await gate.Cancelled.Task.WaitAsync(Patience, Cancellation);
        await stopping.WaitAsync(Patience, Cancellation);
        using var response = await running;
        var text = await response.TextAsync();
        Assert.Contains("\"id\":7,\"error\":{\"code\":-32000,\"message\":\"The gateway stopped before", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_of_a_session_that_a_stop_cuts_short_is_told_so_as_well()
    {
        var time = new FakeTimeProvider();
        var gate = new Gate();
        await using var gateway = await SpecService.StartAsync(gate, time, settings: ("MCP_SESSIONS", "hybrid"));
        var session = await Tools.SessionSpecs.StartSessionAsync(gateway);
        var running = gateway.PostAsync(SpecService.Call("work"), configure: request => request.Headers.Add("Mcp-Session-Id", session));
        await gate.Entered.Task.WaitAsync(Patience, Cancellation);
        var stopping = gateway.StopAsync(Cancellation);
        time.Advance(TimeSpan.FromSeconds(30));
        using var response = await running;
        Assert.Contains("The gateway stopped before", await response.TextAsync(), StringComparison.Ordinal);
        await stopping.WaitAsync(Patience, Cancellation);
        await gate.Cancelled.Task.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task A_call_that_ends_within_half_a_minute_is_answered()
    {
        var time = new FakeTimeProvider();
        var gate = new Gate();
        await using var gateway = await SpecService.StartAsync(gate, time);
        var running = gateway.PostAsync(SpecService.Call("work"));
        await gate.Entered.Task.WaitAsync(Patience, Cancellation);
        var stopping = gateway.StopAsync(Cancellation);
        time.Advance(TimeSpan.FromSeconds(29.9));
        gate.Opened.SetResult();
        using var response = await running;
        Assert.Equal("done", await response.ToolTextAsync());
        await stopping.WaitAsync(Patience, Cancellation);
        Assert.False(gate.Cancelled.Task.IsCompleted);
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
    public async Task A_service_with_a_second_instance_refuses_calls_for_the_time_set_before_it_closes_its_port()
    {
        var time = new FakeTimeProvider();
        await using var gateway = await SpecService.StartAsync(time: time, settings: ("DRAIN_SECONDS", "5"));
        var stopping = gateway.StopAsync(Cancellation);
        foreach (var wait in new[] { 0, 4.9 })
        {
            time.Advance(TimeSpan.FromSeconds(wait));
            using var late = await gateway.PostAsync(SpecService.Call("echo", """{"text":"hi"}"""));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
            Assert.Equal("application/json", late.Content.Headers.ContentType?.MediaType);
            // A proxy that keeps connections open does not come back by this one.
            Assert.True(late.Headers.ConnectionClose);
            Assert.False(stopping.IsCompleted);
        }

        time.Advance(TimeSpan.FromSeconds(0.1));
        await stopping.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task An_open_event_stream_of_a_session_does_not_hold_up_the_stop()
    {
        await using var gateway = await SpecService.StartAsync(time: new FakeTimeProvider(), settings: ("MCP_SESSIONS", "hybrid"));
        using var events = await Tools.SessionSpecs.OpenStreamAsync(gateway, await Tools.SessionSpecs.StartSessionAsync(gateway));
        await gateway.StopAsync(Cancellation).WaitAsync(Patience, Cancellation);
    }
}

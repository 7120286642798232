using McpGateway.Testing;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Specs.Upstream;

/// <summary>One time for the whole call: its waits, its attempts and everything between them.</summary>
public sealed class DeadlineSpecs
{
    [Fact]
    public async Task The_time_of_a_call_is_a_setting()
    {
        await using var things = await ThingGateway.StartAsync(settings: ("CALL_DEADLINE_SECONDS", "20"));
        things.Upstream.On("GET /things/a", NeverAsync);
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.Equal("Things did not respond in time. Try again later.", answer.Text);
        // The first attempt alone has 30 s.
        Assert.Single(things.Upstream.Received);
    }

    [Fact]
    public async Task What_would_be_cut_off_at_once_is_not_sent_any_more()
    {
        await using var things = await ThingGateway.StartAsync(settings: ("CALL_DEADLINE_SECONDS", "15"));
        things.Upstream.On("GET /things/a", "{}", 429, ("Retry-After", "9"));
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        // The 9 s would pass within the call, but leave no time for a request.
        Assert.Contains("Things's rate limit is used up; nothing was done. Try again in 9 s", answer.Text, StringComparison.Ordinal);
        Assert.Single(things.Upstream.Received);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("soon")]
    public async Task A_time_that_is_none_stops_the_start(string seconds) =>
        Assert.Contains(
            "CALL_DEADLINE_SECONDS",
            (await Assert.ThrowsAnyAsync<Exception>(() => ThingGateway.StartAsync(settings: ("CALL_DEADLINE_SECONDS", seconds)))).Message,
            StringComparison.Ordinal
        );

    private static async Task NeverAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task.WaitAsync(Hang.After);
    }
}

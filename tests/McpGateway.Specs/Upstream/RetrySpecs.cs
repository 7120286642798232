using McpGateway.Testing;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Specs.Upstream;

public sealed class RetrySpecs
{
    private const string Thing = """{"name":"first"}""";

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task A_read_is_sent_again_twice(int status)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", "{}", status).On("GET /things/a", "{}", status).On("GET /things/a", Thing);
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.Contains("first", answer.Text, StringComparison.Ordinal);
        Assert.Equal(3, things.Upstream.Received.Count);
    }

    [Fact]
    public async Task A_read_that_fails_for_good_is_given_up_after_three_attempts_with_the_status()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", """{"message":"Sorry"}""", 502);
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.True(answer.IsError);
        Assert.Equal("Things returned 502: Sorry. Try again later.", answer.Text);
        Assert.Equal(3, things.Upstream.Received.Count);
    }

    [Theory]
    [InlineData("3600")]
    [InlineData("Thu, 01 Jan 2099 00:00:00 GMT")]
    public async Task A_read_that_an_api_puts_off_for_long_is_the_callers_to_make_again(string after)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", """{"message":"Maintenance"}""", 503, ("Retry-After", after));
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.StartsWith("Things returned 503: Maintenance.", answer.Text, StringComparison.Ordinal);
        Assert.Single(things.Upstream.Received);
    }

    [Fact]
    public async Task A_broken_connection_of_a_read_is_tried_again()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", Abort).On("GET /things/a", Thing);
        Assert.False((await things.CallAsync("get_thing", ("id", "a"))).IsError);
    }

    [Fact]
    public async Task A_write_by_id_is_sent_again_with_its_body()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("PUT /things/a", "{}", 503).On("PUT /things/a", Thing);
        Assert.False((await things.CallAsync("put_thing", ("id", "a"), ("name", "new"))).IsError);
        Assert.Equal(2, things.Upstream.Received.Count);
        Assert.All(things.Upstream.Received, r => Assert.Equal("""{"name":"new"}""", r.Text));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_write_that_is_not_known_to_be_safe_goes_once(int status)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("POST /things", "{}", status);
        Assert.True((await things.CallAsync("create_thing", ("name", "new"))).IsError);
        Assert.Single(things.Upstream.Received);
    }

    [Fact]
    public async Task A_write_whose_connection_broke_goes_once_and_the_caller_is_told_to_look()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("POST /things", Abort);
        var answer = await things.CallAsync("create_thing", ("name", "new"));
        Assert.True(answer.IsError);
        Assert.Contains("The change may have been made: check before you try again.", answer.Text, StringComparison.Ordinal);
        Assert.Single(things.Upstream.Received);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    public async Task A_refusal_is_final(int status)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", "{}", status);
        Assert.True((await things.CallAsync("get_thing", ("id", "a"))).IsError);
        Assert.Single(things.Upstream.Received);
    }

    [Fact]
    public async Task An_api_that_never_answers_is_given_up_when_the_time_of_the_call_is_over()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", NeverAsync);
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.True(answer.IsError);
        Assert.Equal("Things did not respond in time. Try again later.", answer.Text);
        Assert.True(answer.Took >= TimeSpan.FromSeconds(50), $"{answer.Took}");
    }

    [Fact]
    public async Task A_body_that_stalls_counts_as_no_answer()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On(
            "GET /things/a",
            async context =>
            {
                await context.Response.WriteAsync("""{"name":"fi""");
                await context.Response.Body.FlushAsync();
                await NeverAsync(context);
            }
        );
        Assert.Contains("did not respond in time", (await things.CallAsync("get_thing", ("id", "a"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_takes_longer_than_an_attempt_is_read_as_long_as_it_goes_on()
    {
        await using var things = await ThingGateway.StartAsync(settings: ("CALL_DEADLINE_SECONDS", "200"));
        things.Upstream.On(
            "GET /things/a",
            async context =>
            {
                // Five pauses that are shorter than an attempt, and together twice as long.
                foreach (var part in (string[])["{\"name\"", ":\"", "fi", "rst", "\"}"])
                {
                    await context.Response.WriteAsync(part);
                    await context.Response.Body.FlushAsync();
                    await Task.Delay(TimeSpan.FromSeconds(12), things.Time, context.RequestAborted);
                }
            }
        );
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.Contains("first", answer.Text, StringComparison.Ordinal);
        Assert.True(answer.Took >= TimeSpan.FromSeconds(60), $"{answer.Took}");
        Assert.Single(things.Upstream.Received);
    }

    [Fact]
    public async Task A_caller_who_goes_away_ends_the_request_upstream()
    {
        await using var things = await ThingGateway.StartAsync();
        var started = new TaskCompletionSource();
        var gone = new TaskCompletionSource();
        things.Upstream.On(
            "GET /things/a",
            async context =>
            {
                using var registration = context.RequestAborted.Register(gone.SetResult);
                started.SetResult();
                await gone.Task.WaitAsync(Hang.After);
            }
        );
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var client = await things.ConnectAsync();
        var call = client
            .CallToolAsync("get_thing", new Dictionary<string, object?> { ["id"] = "a" }, cancellationToken: caller.Token)
            .AsTask();
        await started.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await gone.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
        Assert.Single(things.Upstream.Received);
    }

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task NeverAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task.WaitAsync(Hang.After);
    }
}

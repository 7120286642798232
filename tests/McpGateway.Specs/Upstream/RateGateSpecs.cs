using System.Threading.RateLimiting;
using McpGateway.Testing;
using McpGateway.Upstream;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Upstream;

public sealed class RateGateSpecs
{
    private const string Thing = """{"name":"first"}""";

    [Fact]
    public async Task A_short_wait_that_the_api_asks_for_is_waited()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", "{}", 429, ("Retry-After", "7")).On("GET /things/a", Thing);
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.False(answer.IsError);
        Assert.True(answer.Took >= TimeSpan.FromSeconds(7), $"{answer.Took}");
    }

    [Fact]
    public async Task A_refusal_without_a_hint_is_waited_for_some_seconds()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", "{}", 429).On("GET /things/a", Thing);
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.False(answer.IsError);
        Assert.True(answer.Took >= TimeSpan.FromSeconds(4), $"{answer.Took}");
    }

    [Fact]
    public async Task After_three_refusals_in_a_row_the_caller_is_told_when_to_come_back()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", "{}", 429);
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.True(answer.IsError);
        Assert.StartsWith("Things's rate limit is used up; nothing was done. Try again in ", answer.Text, StringComparison.Ordinal);
        Assert.Equal(3, things.Upstream.Received.Count);
    }

    [Fact]
    public async Task A_long_wait_fails_at_once_with_the_time_of_the_reset_and_nobody_asks_the_api_until_then()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", "{}", 429, ("Retry-After", "60")).On("GET /things/a", Thing);
        var reset = things.Time.GetUtcNow().AddSeconds(60);

        var first = await things.CallAsync("get_thing", ("id", "a"));
        Assert.True(first.IsError);
        Assert.Contains("resetAt 2026-", first.Text, StringComparison.Ordinal);
        var second = await things.CallAsync("create_thing", ("name", "b"));
        Assert.True(second.IsError);
        Assert.Single(things.Upstream.Received);

        things.Time.Advance(reset - things.Time.GetUtcNow());
        Assert.False((await things.CallAsync("get_thing", ("id", "a"))).IsError);
    }

    [Fact]
    public async Task The_rest_of_a_millisecond_is_waited_and_not_spun()
    {
        var time = new FakeTimeProvider();
        var gate = new RateGate(ThingGateway.ApiAt(new("http://127.0.0.1")), time);
        gate.Close("", TimeSpan.FromMilliseconds(0.5));
        var entering = Task.Run(
            () => gate.EnterAsync("", TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken
        );
        for (var step = 0; !entering.IsCompleted && step < 5_000; step++)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.True(entering.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task After_a_long_closure_one_request_goes_to_see_and_the_others_wait_for_what_it_finds()
    {
        var time = new FakeTimeProvider();
        var gate = new RateGate(ThingGateway.ApiAt(new("http://127.0.0.1")), time);
        gate.Close("", TimeSpan.FromMinutes(1));
        time.Advance(TimeSpan.FromMinutes(1));
        await EnterAsync();
        var waiting = new[] { EnterAsync(), EnterAsync() };
        Assert.DoesNotContain(waiting, entering => entering.IsCompleted);
        gate.Open("");
        await Task.WhenAll(waiting).WaitAsync(Hang.After, TestContext.Current.CancellationToken);

        Task EnterAsync() => gate.EnterAsync("", RateGate.LongestWait, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_limit_holds_back_only_its_own_bucket()
    {
        await using var things = await ThingGateway.StartAsync(url =>
            new()
            {
                Name = "Things",
                BaseUrl = url,
                TokenSetting = "THINGS_TOKEN",
                TokenPage = "https://things.example/tokens",
                GetTokenAsync = (_, _) => ValueTask.FromResult<string?>("t"),
                BucketOf = request => request.Method.Method,
            }
        );
        things.Upstream.On("POST /things", "{}", 429, ("Retry-After", "60")).On("GET /things/a", Thing);
        Assert.True((await things.CallAsync("create_thing", ("name", "b"))).IsError);
        Assert.False((await things.CallAsync("get_thing", ("id", "a"))).IsError);
    }

    [Fact]
    public async Task The_gateways_own_limit_lets_a_call_wait_its_turn()
    {
        await using var things = await ThingGateway.StartAsync(url => Limited(url, new FakeWindow(permits: 1).Limiter));
        things.Upstream.On("GET /things/a", Thing);
        Assert.False((await things.CallAsync("get_thing", ("id", "a"))).IsError);
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.True(answer.IsError);
        Assert.Contains("This gateway paces its requests to stay within Things's limits", answer.Text, StringComparison.Ordinal);
        Assert.Contains("without being sent; nothing was done", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("rate limit is used up", answer.Text, StringComparison.Ordinal);
        Assert.True(answer.Took >= TimeSpan.FromSeconds(29), $"{answer.Took}");
        Assert.Single(things.Upstream.Received);
    }

    [Fact]
    public async Task Who_waits_for_a_turn_is_told_so()
    {
        await using var things = await ThingGateway.StartAsync(url => Limited(url, new FakeWindow(permits: 1).Limiter));
        things.Upstream.On("GET /things/a", Thing);
        await things.CallAsync("get_thing", ("id", "a"));
        var (progress, _) = await things.FollowAsync("get_thing", """{"id":"a"}""");
        Assert.True(progress.Count > 1, $"{progress.Count}");
        Assert.Equal("Waiting for a turn: the gateway keeps below Things's rate limit", progress[0].GetProperty("message").GetString());
        var values = progress.Select(told => told.GetProperty("progress").GetDouble()).ToList();
        Assert.Equal(values.Distinct().Order(), values);
    }

    [Fact]
    public async Task A_shorter_wait_never_replaces_a_longer_one()
    {
        await using var things = await ThingGateway.StartAsync();
        var gate = new RateGate(ThingGateway.ApiAt(new Uri("https://things.example")), things.Time);
        gate.Close("all", TimeSpan.FromSeconds(60));
        gate.Close("all", TimeSpan.FromSeconds(2));
        things.Time.Advance(TimeSpan.FromSeconds(40));
        var refusal = await Assert.ThrowsAsync<UpstreamRateLimitException>(() => EnterAsync(gate));
        Assert.Equal(TimeSpan.FromSeconds(20), refusal.RetryAfter);
    }

    [Theory]
    [InlineData("2147483647")]
    [InlineData("Sat, 20 Nov 2286 17:46:39 GMT")]
    public async Task No_answer_closes_the_gate_for_more_than_an_hour_and_then_one_request_goes_to_see(string retryAfter)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", "{}", 429, ("Retry-After", retryAfter)).On("GET /things/a", Thing);
        Assert.Contains("Try again in 3600 s", (await things.CallAsync("get_thing", ("id", "a"))).Text, StringComparison.Ordinal);
        Assert.True((await things.CallAsync("get_thing", ("id", "a"))).IsError);
        Assert.Single(things.Upstream.Received);
        things.Time.Advance(TimeSpan.FromHours(1));
        Assert.False((await things.CallAsync("get_thing", ("id", "a"))).IsError);
        Assert.False((await things.CallAsync("get_thing", ("id", "a"))).IsError);
        Assert.Equal(3, things.Upstream.Received.Count);
    }

    [Fact]
    public async Task A_wait_of_hours_is_told_as_it_is_and_looked_into_after_one()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", "{}", 429, ("Retry-After", "7200")).On("GET /things/a", Thing);
        Assert.Contains("Try again in 7200 s", (await things.CallAsync("get_thing", ("id", "a"))).Text, StringComparison.Ordinal);
        things.Time.Advance(TimeSpan.FromHours(1));
        Assert.False((await things.CallAsync("get_thing", ("id", "a"))).IsError);
    }

    [Fact]
    public async Task When_a_long_wait_is_over_the_others_wait_for_what_the_first_one_finds()
    {
        await using var things = await ThingGateway.StartAsync();
        var gate = new RateGate(ThingGateway.ApiAt(new Uri("https://things.example")), things.Time);
        gate.Close("all", TimeSpan.FromMinutes(5));
        things.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(EnterAsync(gate).IsCompletedSuccessfully);
        var second = EnterAsync(gate);
        Assert.False(second.IsCompleted);
        gate.Close("all", TimeSpan.FromMinutes(5));
        things.Time.Advance(RateGate.LongestWait);
        await Assert.ThrowsAsync<UpstreamRateLimitException>(() => second);
    }

    [Theory]
    [InlineData("Wed, 31 Dec 2025 00:00:00 GMT")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    public async Task A_moment_that_is_over_is_no_wait(string retryAfter)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", "{}", 429, ("Retry-After", retryAfter)).On("GET /things/a", Thing);
        Assert.False((await things.CallAsync("get_thing", ("id", "a"))).IsError);
        using var response = new HttpResponseMessage(System.Net.HttpStatusCode.TooManyRequests);
        response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        Assert.Equal(TimeSpan.Zero, RateLimitAnswer.RetryAfter(response, things.Time.GetUtcNow()));
    }

    [Theory]
    [InlineData(long.MaxValue, 3600)]
    [InlineData(long.MinValue, 0)]
    [InlineData(9_999_999_999, 3600)]
    [InlineData(0, 0)]
    public void A_reset_that_no_calendar_holds_is_bounded(long reset, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RateLimitAnswer.Until(reset, DateTimeOffset.UnixEpoch.AddYears(56)));

    private static Task EnterAsync(RateGate gate) => gate.EnterAsync("all", RateGate.LongestWait, TestContext.Current.CancellationToken);

    private static UpstreamApi Limited(Uri url, PartitionedRateLimiter<HttpRequestMessage> limiter) =>
        new()
        {
            Name = "Things",
            BaseUrl = url,
            TokenSetting = "THINGS_TOKEN",
            TokenPage = "https://things.example/tokens",
            GetTokenAsync = (_, _) => ValueTask.FromResult<string?>("t"),
            CreateLimiter = _ => limiter,
        };

    /// <summary>A limit that is never replenished: who is queued waits for as long as calls wait.</summary>
    private sealed class FakeWindow(int permits)
    {
        public PartitionedRateLimiter<HttpRequestMessage> Limiter { get; } =
            PartitionedRateLimiter.Create<HttpRequestMessage, string>(_ =>
                RateLimitPartition.GetTokenBucketLimiter(
                    "all",
                    _ =>
                        new()
                        {
                            TokenLimit = permits,
                            TokensPerPeriod = permits,
                            ReplenishmentPeriod = TimeSpan.FromDays(1),
                            AutoReplenishment = false,
                            QueueLimit = 10,
                        }
                )
            );
    }
}

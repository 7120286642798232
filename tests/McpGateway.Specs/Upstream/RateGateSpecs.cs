using System.Threading.RateLimiting;
using McpGateway.Upstream;

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
        Assert.InRange(answer.Took.TotalSeconds, 7, 25);
    }

    [Fact]
    public async Task A_refusal_without_a_hint_is_waited_for_some_seconds()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", "{}", 429).On("GET /things/a", Thing);
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.False(answer.IsError);
        Assert.InRange(answer.Took.TotalSeconds, 4, 25);
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
        Assert.InRange(first.Took.TotalSeconds, 0, 15);
        Assert.Contains("resetAt 2026-", first.Text, StringComparison.Ordinal);
        var second = await things.CallAsync("create_thing", ("name", "b"));
        Assert.True(second.IsError);
        Assert.Single(things.Upstream.Received);

        things.Time.Advance(reset - things.Time.GetUtcNow());
        Assert.False((await things.CallAsync("get_thing", ("id", "a"))).IsError);
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
        Assert.Contains("rate limit is used up; nothing was done", answer.Text, StringComparison.Ordinal);
        Assert.InRange(answer.Took.TotalSeconds, 29, 60);
        Assert.Single(things.Upstream.Received);
    }

    private static UpstreamApi Limited(Uri url, PartitionedRateLimiter<HttpRequestMessage> limiter) =>
        new()
        {
            Name = "Things",
            BaseUrl = url,
            TokenSetting = "THINGS_TOKEN",
            TokenPage = "https://things.example/tokens",
            GetTokenAsync = (_, _) => ValueTask.FromResult<string?>("t"),
            Limiter = limiter,
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

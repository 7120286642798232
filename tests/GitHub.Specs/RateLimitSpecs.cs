using System.Globalization;
using McpGateway.Testing;
using Microsoft.Extensions.Time.Testing;

namespace GitHub.Specs;

/// <summary>GitHub's limits, and calls that stay within them.</summary>
public sealed class RateLimitSpecs
{
    [Fact]
    public async Task An_answer_that_uses_up_the_limit_is_read_like_any_other()
    {
        await using var github = await StubbedGitHub.StartAsync();
        // It is looked at for an error of the limit first, and is read a second time then.
        github.Upstream.On(
            "POST /api/graphql",
            """{"data":{"repository":{"discussion_categories":{"nodes":[{"id":"C_1","name":"Q&A","description":"d","is_answerable":true}]}}}}""",
            200,
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "4102444800")
        );
        var read = await github.ReadAsync("list_discussion_categories", new { owner = "o", repo = "r" });
        Assert.Equal("C_1", read.GetProperty("categories")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_used_up_primary_limit_closes_the_gate_until_its_reset_and_later_calls_do_not_reach_GitHub()
    {
        await using var github = await StubbedGitHub.StartAsync();
        var reset = TimeProvider.System.GetUtcNow().AddMinutes(30).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        github.On(
            "GET /user",
            """{"message":"API rate limit exceeded"}""",
            403,
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", reset)
        );
        Assert.Contains("resetAt", await github.FailAsync("get_me"), StringComparison.Ordinal);
        Assert.Contains("resetAt", await github.FailAsync("get_me"), StringComparison.Ordinal);
        Assert.Single(github.Requests);
    }

    [Theory]
    [InlineData("""{"message":"You have exceeded a secondary rate limit."}""", 403)]
    [InlineData("""{"message":"You have triggered an abuse detection mechanism. Please wait a few minutes before you try again."}""", 403)]
    [InlineData("""{}""", 429)]
    public async Task A_secondary_limit_without_a_hint_waits_a_minute_and_holds_back_only_its_own_budget(string body, int status)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /search/users", body, status).On("GET /user", """{"login":"octocat","id":1}""");
        Assert.Contains("Try again in", await github.FailAsync("search_users", new { query = "x" }), StringComparison.Ordinal);
        await github.ReadAsync("get_me");
        Assert.Equal(2, github.Requests.Count);
    }

    [Fact]
    public async Task A_GraphQL_limit_under_200_is_a_rate_limit()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.Upstream.On(
            "POST /api/graphql",
            """{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}""",
            200,
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "4102444800")
        );
        Assert.Contains(
            "rate limit is used up",
            await github.FailAsync("list_issues", new { owner = "o", repo = "r" }),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"errors":[{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}]}""")]
    [InlineData("""{"data":null,"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}""")]
    public async Task A_GraphQL_limit_under_200_without_a_hint_waits_a_minute(string body)
    {
        await using var github = await StubbedGitHub.StartAsync(new FakeTimeProvider());
        github.OnGraphQl(body);
        for (var call = 0; call < 2; call++)
        {
            Assert.Contains(
                "rate limit is used up; nothing was done. Try again in 60 s",
                await github.FailAsync("list_issues", new { owner = "o", repo = "r" }),
                StringComparison.Ordinal
            );
        }

        Assert.Single(github.Requests);
    }

    [Fact]
    public async Task Twenty_calls_at_once_all_come_through_the_shared_limiter()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /user", """{"login":"octocat","id":1}""");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => github.ReadAsync("get_me")));
        Assert.Equal(20, github.Requests.Count);
    }

    [Fact]
    public async Task One_secondary_limit_closes_the_gate_for_twenty_calls_at_once_until_it_is_over()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var github = await StubbedGitHub.StartAsync(time);
        github
            .On("GET /user", """{"message":"You have exceeded a secondary rate limit."}""", 403, ("Retry-After", "60"))
            .On("GET /user", """{"login":"octocat","id":1}""");
        await github.FailAsync("get_me");
        var refused = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => github.FailAsync("get_me")));
        Assert.All(refused, said => Assert.Contains("Try again in 60 s", said, StringComparison.Ordinal));
        Assert.Single(github.Requests);
        time.Advance(TimeSpan.FromSeconds(61));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => github.ReadAsync("get_me")));
        Assert.Equal(21, github.Requests.Count);
    }

    [Theory]
    [InlineData("x-ratelimit-reset", "9999999999")]
    [InlineData("x-ratelimit-reset", "1767225700000")]
    [InlineData("x-ratelimit-reset", "9223372036854775807")]
    [InlineData("Retry-After", "Sat, 20 Nov 2286 17:46:39 GMT")]
    [InlineData("Retry-After", "2147483647")]
    public async Task A_far_wait_is_an_hour_at_most_and_then_one_call_goes_to_see(string header, string value)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var github = await StubbedGitHub.StartAsync(time);
        github
            .On("GET /user", """{"message":"API rate limit exceeded"}""", 403, ("x-ratelimit-remaining", "0"), (header, value))
            .On("GET /user", """{"login":"octocat","id":1}""");
        Assert.Contains("Try again in 3600 s", await github.FailAsync("get_me"), StringComparison.Ordinal);
        await github.FailAsync("get_me");
        Assert.Single(github.Requests);
        time.Advance(TimeSpan.FromHours(1));
        await github.ReadAsync("get_me");
    }

    [Theory]
    [InlineData("x-ratelimit-reset", "-5")]
    [InlineData("x-ratelimit-reset", "0")]
    [InlineData("x-ratelimit-reset", "1767200000")]
    [InlineData("x-ratelimit-reset", "never")]
    [InlineData("Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("Retry-After", "-1")]
    public async Task A_reset_that_is_over_or_means_nothing_ends_the_wait_within_a_minute(string header, string value)
    {
        var time = new RunningClock(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var github = await StubbedGitHub.StartAsync(time);
        github
            .On("GET /user", """{"message":"API rate limit exceeded"}""", 429, ("x-ratelimit-remaining", "0"), (header, value))
            .On("GET /user", """{"login":"octocat","id":1}""");
        if ((await time.WhileAsync(github.CallAsync("get_me"))).IsError == true)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            Assert.NotEqual(true, (await time.WhileAsync(github.CallAsync("get_me"))).IsError);
        }
    }

    [Fact]
    public async Task Many_calls_at_once_are_not_held_back_while_GitHub_has_room()
    {
        await using var github = await StubbedGitHub.StartAsync(new FakeTimeProvider());
        github.On("GET /repos/o/r/branches", "[]", 200, ("x-ratelimit-remaining", "4000"));
        var results = await Task.WhenAll(
            Enumerable.Range(0, 300).Select(_ => github.CallAsync("list_branches", new { owner = "o", repo = "r" }))
        );
        Assert.All(results, result => Assert.NotEqual(true, result.IsError));
    }
}

using System.Globalization;
using System.Text.Json;
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

    [Theory]
    [InlineData("add_issue_comment", """{"issue_number":1,"body":"b"}""", "POST /repos/o/r/issues/1/comments")]
    [InlineData("update_issue_comment", """{"comment_id":1,"body":"b"}""", "PATCH /repos/o/r/issues/comments/1")]
    public async Task A_write_that_was_refused_for_its_rate_is_made_once_it_may(string tool, string arguments, string request)
    {
        var time = new RunningClock();
        await using var github = await StubbedGitHub.StartAsync(time);
        github
            .On(request, """{"message":"You have exceeded a secondary rate limit."}""", 403, ("Retry-After", "3"))
            .On(request, """{"id":1}""", 201);
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        (given["owner"], given["repo"]) = ("o", "r");
        var started = time.GetUtcNow();
        var result = await time.WhileAsync(github.CallAsync(tool, given));
        Assert.True(result.IsError != true, result.TextOf());
        Assert.Equal([request, request], github.Requests);
        Assert.True(time.GetUtcNow() - started >= TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData("""{"message":"Server Error"}""", 502)]
    [InlineData("""{"message":"You have exceeded a secondary rate limit."}""", 403)]
    public async Task A_write_that_may_have_been_made_or_would_wait_for_long_is_not_made_again(string body, int status)
    {
        var time = new RunningClock();
        await using var github = await StubbedGitHub.StartAsync(time);
        github.On("POST /repos/o/r/issues/1/comments", body, status);
        var result = await time.WhileAsync(
            github.CallAsync(
                "add_issue_comment",
                new
                {
                    owner = "o",
                    repo = "r",
                    issue_number = 1,
                    body = "b",
                }
            )
        );
        Assert.True(result.IsError);
        Assert.Single(github.Requests);
    }

    [Fact]
    public async Task What_creates_content_is_paced_and_nothing_else()
    {
        var time = new RunningClock();
        // Two at once and no other as long as the spec lasts.
        await using var github = await StubbedGitHub.StartAsync(time, ("GITHUB_LIMIT_CONTENT_WRITES", "2/86400"));
        github
            .On("POST /repos/o/r/issues/1/comments", """{"id":1}""", 201)
            .On("GET /repos/o/r/issues/comments/1", """{"id":1,"body":"b"}""")
            .On("PATCH /repos/o/r/issues/comments/1", """{"id":1}""")
            .On("POST /repos/o/r/git/refs", """{"ref":"refs/heads/b","object":{"sha":"abc"}}""", 201)
            .OnGraphQl("""{"data":{"repository":{"issues":{"nodes":[]}}}}""");
        var comment = new
        {
            owner = "o",
            repo = "r",
            issue_number = 1,
            body = "b",
        };
        for (var i = 0; i < 2; i++)
        {
            await github.ReadAsync("add_issue_comment", comment);
        }

        var refused = await time.WhileAsync(github.CallAsync("add_issue_comment", comment));
        Assert.Contains("This gateway paces its requests to stay within GitHub's limits", refused.TextOf(), StringComparison.Ordinal);
        Assert.Contains("nothing was done", refused.TextOf(), StringComparison.Ordinal);
        Assert.Equal(2, github.Requests.Count);
        for (var i = 0; i < 3; i++)
        {
            await github.ReadAsync(
                "update_issue_comment",
                new
                {
                    owner = "o",
                    repo = "r",
                    comment_id = 1,
                    body = "c",
                }
            );
            await github.ReadAsync(
                "create_branch",
                new
                {
                    owner = "o",
                    repo = "r",
                    branch = "b",
                    from_branch = "0123456789012345678901234567890123456789",
                }
            );
            await github.ReadAsync("list_issues", new { owner = "o", repo = "r" });
        }
    }
}

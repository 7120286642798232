using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GitHub.Specs;

/// <summary>Checks of a commit are waited for.</summary>
public sealed class CheckSpecs
{
    [Fact]
    public async Task Checks_are_waited_for_until_the_last_is_done()
    {
        var time = new RunningClock();
        await using var github = await StubbedGitHub.StartAsync(time);
        github
            .On(
                "GET /repos/o/r/commits/main/check-runs",
                """{"total_count":1,"check_runs":[{"id":1,"name":"build","status":"in_progress"}]}"""
            )
            .On(
                "GET /repos/o/r/commits/main/check-runs",
                """{"total_count":2,"check_runs":[{"id":1,"name":"build","status":"completed","conclusion":"timed_out"},{"id":2,"name":"lint","status":"completed","conclusion":"success"}]}"""
            )
            .On(
                "GET /repos/o/r/commits/main/status",
                """{"state":"success","sha":"1","total_count":1,"statuses":[{"state":"success","context":"ci"}]}"""
            )
            .On("GET /repos/o/r/commits/main/check-suites", Suites("completed", 2));
        var waiting = github.ReadAsync(
            "wait_for_checks",
            new
            {
                owner = "o",
                repo = "r",
                @ref = "main",
            }
        );
        var outcome = await time.WhileAsync(waiting);
        Assert.Equal("failure", outcome.GetProperty("state").GetString());
        Assert.Equal(3, outcome.GetProperty("total").GetInt32());
        Assert.Equal("build", Assert.Single(outcome.GetProperty("failed").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Large_responses_of_other_calls_do_not_wait_for_the_checks()
    {
        // The clock stands still: the checks are waited for until the end.
        await using var github = await StubbedGitHub.StartAsync(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        var isWaited = new TaskCompletionSource();
        github
            .On(
                "GET /repos/o/r/commits/main/check-runs",
                $$"""{"total_count":1,"check_runs":[{"output":{"text":"{{new string('x', 600_000)}}"},"id":1,"name":"build","status":"in_progress"}]}"""
            )
            .On("GET /repos/o/r/commits/main/status", """{"state":"pending","sha":"1","total_count":0,"statuses":[]}""")
            .On("GET /repos/o/r/contents/a.txt", FileEntry.Of("a.txt", string.Join('\n', Enumerable.Repeat("line", 100_000))));
        github.Upstream.OnReceived = request =>
        {
            if (request.Target.Contains("/status", StringComparison.Ordinal))
            {
                isWaited.TrySetResult();
            }
        };
        _ = github.CallAsync(
            "wait_for_checks",
            new
            {
                owner = "o",
                repo = "r",
                @ref = "main",
            }
        );
        await isWaited.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
        var file = await github
            .CallAsync(
                "get_file_contents",
                new
                {
                    owner = "o",
                    repo = "r",
                    path = "a.txt",
                }
            )
            .WaitAsync(Hang.After, TestContext.Current.CancellationToken);
        Assert.Contains("of 100000", file.TextOf(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"total_count":1,"check_runs":[{"id":1,"name":"build","status":"in_progress"}]}""")]
    [InlineData("""{"total_count":0,"check_runs":[]}""")]
    public async Task A_gateway_that_stops_does_not_wait_for_checks(string runs)
    {
        // The clock stands still: nothing but the stop ends the wait.
        await using var github = await StubbedGitHub.StartAsync(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        github
            .On("GET /repos/o/r/commits/main/check-runs", runs)
            .On("GET /repos/o/r/commits/main/check-suites", Suites("completed", 0))
            .On("GET /repos/o/r/commits/main/status", """{"state":"pending","sha":"1","total_count":0,"statuses":[]}""");
        github.Upstream.OnReceived = request =>
        {
            if (request.Target.Split('?')[0].EndsWith("/status", StringComparison.Ordinal))
            {
                github.Gateway.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            }
        };
        var outcome = await github
            .ReadAsync(
                "wait_for_checks",
                new
                {
                    owner = "o",
                    repo = "r",
                    @ref = "main",
                }
            )
            .WaitAsync(Hang.After, TestContext.Current.CancellationToken);
        Assert.Equal("pending", outcome.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("in_progress", 1, "github-actions", true)]
    [InlineData("queued", 0, "github-actions", true)]
    [InlineData("in_progress", 1, "some-ci", true)]
    [InlineData("queued", 0, "some-ci", false)]
    public async Task A_job_that_waits_for_another_is_waited_for_before_it_has_a_check(
        string status,
        int runs,
        string app,
        bool isWaitedFor
    )
    {
        var time = new RunningClock();
        await using var github = await StubbedGitHub.StartAsync(time);
        github
            .On(
                "GET /repos/o/r/commits/main/check-runs",
                """{"total_count":1,"check_runs":[{"id":1,"name":"build","status":"completed","conclusion":"success"}]}"""
            )
            .On(
                "GET /repos/o/r/commits/main/check-runs",
                """{"total_count":2,"check_runs":[{"id":1,"name":"build","status":"completed","conclusion":"success"},{"id":2,"name":"test","status":"completed","conclusion":"failure"}]}"""
            )
            .On("GET /repos/o/r/commits/main/status", """{"state":"pending","sha":"1","total_count":0,"statuses":[]}""")
            .On("GET /repos/o/r/commits/main/check-suites", Suites(status, runs, app))
            .On("GET /repos/o/r/commits/main/check-suites", Suites("completed", 2, app));
        var outcome = await time.WhileAsync(
            github.ReadAsync(
                "wait_for_checks",
                new
                {
                    owner = "o",
                    repo = "r",
                    @ref = "main",
                }
            )
        );
        Assert.Equal(isWaitedFor ? "failure" : "success", outcome.GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_has_not_begun_when_the_time_is_up_is_said()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On(
                "GET /repos/o/r/commits/main/check-runs",
                """{"total_count":1,"check_runs":[{"id":1,"name":"build","status":"completed","conclusion":"success"}]}"""
            )
            .On("GET /repos/o/r/commits/main/status", """{"state":"pending","sha":"1","total_count":0,"statuses":[]}""")
            .On("GET /repos/o/r/commits/main/check-suites", Suites("in_progress", 1));
        var outcome = await github.ReadAsync(
            "wait_for_checks",
            new
            {
                owner = "o",
                repo = "r",
                @ref = "main",
                timeout_seconds = 0,
            }
        );
        Assert.Equal("pending", outcome.GetProperty("state").GetString());
        Assert.Equal(
            "GitHub Actions (in_progress): checks that have not begun",
            Assert.Single(outcome.GetProperty("undone").EnumerateArray()).GetString()
        );
    }

    private static string Suites(string status, int runs, string app = "github-actions") =>
        """{"total_count":1,"check_suites":[{"id":1,"status":"STATUS","latest_check_runs_count":RUNS,"app":{"slug":"APP","name":"GitHub Actions"}}]}"""
            .Replace("STATUS", status, StringComparison.Ordinal)
            .Replace("RUNS", $"{runs}", StringComparison.Ordinal)
            .Replace("APP", app, StringComparison.Ordinal);
}

using Microsoft.AspNetCore.Http;

namespace GitHub.Specs;

/// <summary>Runs of workflows that failed, and the logs of their jobs.</summary>
public sealed class JobLogSpecs
{
    [Fact]
    public async Task Failed_jobs_are_those_of_every_page_and_kind_and_a_missing_log_does_not_take_the_others()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On(
                "GET /repos/o/r/actions/runs/5/jobs?filter=latest&per_page=100",
                """{"total_count":101,"jobs":[{"id":1,"run_id":5,"name":"ok","conclusion":"success"},{"id":2,"run_id":5,"name":"gone","conclusion":"failure"}]}""",
                200,
                ("Link", "<https://api.github.com/x?page=2>; rel=\"next\"")
            )
            .On(
                "GET /repos/o/r/actions/runs/5/jobs?filter=latest&page=2&per_page=100",
                """{"total_count":101,"jobs":[{"id":3,"run_id":5,"name":"late","conclusion":"timed_out"}]}"""
            )
            .On("GET /repos/o/r/actions/jobs/2/logs", """{"message":"Gone"}""", 410)
            .On("GET /repos/o/r/actions/jobs/3/logs", "", 302, ("Location", $"{github.Upstream.Url}/_services/pipelines/log3"));
        github.Upstream.On(
            "GET /_services/pipelines/log3",
            context => context.Response.WriteAsync("line\n\u001b[31m##[error]too slow\u001b[0m\n")
        );
        var read = await github.ReadAsync(
            "get_job_logs",
            new
            {
                owner = "o",
                repo = "r",
                run_id = 5,
                failed_only = true,
            }
        );
        var jobs = read.GetProperty("jobs").EnumerateArray().ToList();
        Assert.Equal([2, 3], jobs.Select(job => job.GetProperty("job_id").GetInt32()));
        Assert.Contains("kept for 90 days", jobs[0].GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal("line\n##[error]too slow", jobs[1].GetProperty("logs").GetString());
        Assert.DoesNotContain(
            github.Upstream.Received,
            request => request.Target.Contains("_services", StringComparison.Ordinal) && request.Headers.ContainsKey("Authorization")
        );
    }

    [Fact]
    public async Task A_job_is_found_by_its_name()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On(
                "GET /repos/o/r/actions/runs/5/jobs",
                """{"total_count":2,"jobs":[{"id":1,"run_id":5,"name":"build","conclusion":"success"},{"id":2,"run_id":5,"name":"Test (x64)","conclusion":"success"}]}"""
            )
            .On("GET /repos/o/r/actions/jobs/2/logs", "", 302, ("Location", "https://logs.example.org/2"));
        var read = await github.ReadAsync(
            "get_job_logs",
            new
            {
                owner = "o",
                repo = "r",
                run_id = 5,
                job_name = "test",
                return_content = false,
            }
        );
        Assert.Equal(2, Assert.Single(read.GetProperty("jobs").EnumerateArray()).GetProperty("job_id").GetInt32());
    }

    [Theory]
    [InlineData(5, "test", false)]
    [InlineData(6, null, true)]
    [InlineData(null, "build", true)]
    public async Task A_job_is_of_the_run_and_the_name_that_are_given_with_it(int? run, string? name, bool isRefused)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/actions/jobs/2", """{"id":2,"run_id":5,"name":"Test (x64)","conclusion":"success"}""")
            .On("GET /repos/o/r/actions/jobs/2/logs", "", 302, ("Location", "https://logs.example.org/2"));
        var result = await github.CallAsync(
            "get_job_logs",
            new
            {
                owner = "o",
                repo = "r",
                job_id = 2,
                run_id = run,
                job_name = name,
                return_content = false,
            }
        );
        Assert.Equal(isRefused, result.IsError == true);
        Assert.Contains(
            isRefused ? "job_id=2 is the job Test (x64) of run 5" : "https://logs.example.org/2",
            result.TextOf(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Failed_runs_can_be_asked_for()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/actions/runs?status=failure", """{"total_count":0,"workflow_runs":[]}""");
        await github.ReadAsync(
            "actions_list",
            new
            {
                method = "list_workflow_runs",
                owner = "o",
                repo = "r",
                workflow_runs_filter = new { status = "failure" },
            }
        );
    }
}

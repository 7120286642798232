using System.Text.Json;
using static GitHub.Specs.Lockdown;

namespace GitHub.Specs;

/// <summary>In lockdown, output of runs, gists and advisories come without what an outsider wrote.</summary>
public sealed class LockdownOutputSpecs
{
    [Theory]
    [InlineData("get_job_logs", """{"job_id":4}""")]
    [InlineData("get_job_logs", """{"job_id":4,"return_content":false}""")]
    [InlineData("actions_get", """{"method":"get_workflow_run_logs_url","resource_id":"5"}""")]
    [InlineData("actions_get", """{"method":"download_workflow_run_artifact","resource_id":"6"}""")]
    public async Task What_a_run_printed_or_made_is_as_trusted_as_who_started_it(string tool, string arguments)
    {
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        (given["owner"], given["repo"]) = ("o", "r");
        await using var github = await StartAsync();
        OnRun(github.OnGraphQl(Public).Permission("reader", "read"), "reader", "o/r");
        Assert.Contains(
            "Lockdown mode withholds what run 5 printed or made in o/r: who started it has no push access",
            await github.FailAsync(tool, given),
            StringComparison.Ordinal
        );

        await using var fork = await StartAsync();
        OnRun(fork.OnGraphQl(Public).Permission("writer", "write").Permission("reader", "read"), "writer", "reader/r");
        Assert.Contains("the owner of the fork it ran has no push access", await fork.FailAsync(tool, given), StringComparison.Ordinal);

        await using var gone = await StartAsync();
        OnRun(gone.OnGraphQl(Public).Permission("writer", "write"), "writer", null);
        Assert.Contains("the owner of the fork it ran has no push access", await gone.FailAsync(tool, given), StringComparison.Ordinal);
        Assert.DoesNotContain(
            github.Requests.Concat(fork.Requests).Concat(gone.Requests),
            request => request.EndsWith("/logs", StringComparison.Ordinal) || request.EndsWith("/zip", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(Public, "writer", "o/r")]
    [InlineData(Private, "anyone", null)]
    public async Task Logs_of_a_trusted_run_come(string visibility, string actor, string? fork)
    {
        await using var github = await StartAsync();
        OnRun(github.OnGraphQl(visibility).Permission("writer", "write"), actor, fork);
        github.On("GET /repos/o/r/actions/jobs/4/logs", "", 302, ("Location", "https://storage.example/log"));
        Assert.Equal("https://storage.example/log", (
                await github.ReadAsync(
                    "get_job_logs",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        job_id = 4,
                        return_content = false,
                    }
                )
            ).GetProperty("jobs")[0].GetProperty("logs_url").GetString());
    }

    [Fact]
    public async Task Gists_of_others_keep_their_place_without_their_text()
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl("""{"data":{"viewer":{"login":"me"}}}""")
            .On("GET /gists/1", Gist("1", "reader"))
            .On("GET /gists", $"[{Gist("1", "ME")},{Gist("2", "reader")},{Gist("3", null)}]");
        var one = await github.CallAsync("get_gist", new { gist_id = "1" });
        Assert.DoesNotContain(Evil, one.TextOf(), StringComparison.Ordinal);
        Assert.Contains("withheld the text of 1 item(s)", one.TextOf(), StringComparison.Ordinal);
        var items = (await github.ReadAsync("list_gists")).GetProperty("items");
        Assert.Equal(
            [Evil, "(withheld: lockdown mode)", "(withheld: lockdown mode)"],
            items.EnumerateArray().Select(gist => gist.GetProperty("description").GetString())
        );
        Assert.Equal([true, false, false], items.EnumerateArray().Select(gist => gist.TryGetProperty("files", out _)));
        Assert.Equal("reader", items[1].GetProperty("owner").GetString());
    }

    [Fact]
    public async Task Advisories_that_outsiders_reported_keep_their_numbers_without_their_text()
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(Public)
            .Permission("reader", "read")
            .Permission("writer", "write")
            .On("GET /repos/o/r/security-advisories", $"[{Advisory("GHSA-1", "reader")},{Advisory("GHSA-2", "writer")}]");
        var items = (await github.ReadAsync("list_repository_security_advisories", new { owner = "o", repo = "r" })).GetProperty("items");
        Assert.Equal(
            ["(withheld: lockdown mode)", Evil],
            items.EnumerateArray().Select(advisory => advisory.GetProperty("summary").GetString())
        );
        Assert.Equal(["GHSA-1", "GHSA-2"], items.EnumerateArray().Select(advisory => advisory.GetProperty("ghsa_id").GetString()));
    }

    private static void OnRun(StubbedGitHub github, string actor, string? headRepository) =>
        github
            .On("GET /repos/o/r/actions/jobs/4", """{"id":4,"run_id":5,"name":"build"}""")
            .On("GET /repos/o/r/actions/artifacts/6", """{"id":6,"name":"dist","workflow_run":{"id":5}}""")
            .On(
                "GET /repos/o/r/actions/runs/5",
                JsonSerializer.Serialize(
                    new
                    {
                        id = 5,
                        display_title = Evil,
                        actor = new { login = actor },
                        repository = new { full_name = "o/r" },
                        head_repository = headRepository is null ? null : new { full_name = headRepository },
                    }
                )
            );

    private static string Gist(string id, string? owner) =>
        JsonSerializer.Serialize(
            new
            {
                id,
                git_pull_url = "https://gist.github.com/x.git",
                html_url = "https://gist.github.com/x",
                description = Evil,
                @public = true,
                user = (object?)null,
                owner = owner is null ? null : new { login = owner },
                files = new Dictionary<string, object> { [Evil] = new { filename = Evil, content = Evil } },
            }
        );

    private static string Advisory(string id, string author) =>
        JsonSerializer.Serialize(
            new
            {
                ghsa_id = id,
                summary = Evil,
                description = Evil,
                state = "triage",
                severity = "high",
                author = new { login = author },
            }
        );
}

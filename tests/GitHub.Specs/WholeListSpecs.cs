using System.Text.Json;

namespace GitHub.Specs;

/// <summary>What a tool puts together of several pages ends, and is not said to be all where it is not.</summary>
public sealed class WholeListSpecs
{
    private static readonly (string, string) BackToTheFirst = (
        "Link",
        "<https://api.github.com/x?page=1>; rel=\"next\", <https://api.github.com/x?page=9>; rel=\"last\""
    );

    [Theory]
    [InlineData("get_branch_rules", """{"branch":"main"}""", "GET /repos/o/r/rules/branches/main", """[{"type":"deletion"}]""", "note")]
    [InlineData(
        "get_job_logs",
        """{"run_id":1,"failed_only":true}""",
        "GET /repos/o/r/actions/runs/1/jobs",
        """{"total_count":1,"jobs":[{"id":1,"run_id":1,"name":"build","status":"completed","conclusion":"success"}]}""",
        "message"
    )]
    [InlineData(
        "wait_for_checks",
        """{"ref":"main"}""",
        "GET /repos/o/r/commits/main/check-runs",
        """{"total_count":1,"check_runs":[{"id":1,"name":"build","status":"completed","conclusion":"success"}]}""",
        "note"
    )]
    [InlineData("pull_request_read", """{"method":"get_files","pullNumber":1,"path":"a"}""", "GET /repos/o/r/pulls/1/files", "[]", null)]
    public async Task A_list_whose_next_page_leads_back_ends(string tool, string arguments, string request, string page, string? note)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On(request, page, 200, BackToTheFirst)
            .On("GET /repos/o/r/branches/main/protection", """{"message":"Branch not protected"}""", 404)
            .On("GET /repos/o/r/commits/main/status", """{"state":"pending","sha":"1","total_count":0,"statuses":[]}""")
            .On("GET /repos/o/r/commits/main/check-suites", """{"total_count":0,"check_suites":[]}""");
        var answer = await github.ReadAsync(tool, In("o", "r", arguments));
        Assert.Single(github.Requests, sent => sent.StartsWith(request, StringComparison.Ordinal));
        if (note is not null)
        {
            Assert.False(string.IsNullOrEmpty(answer.GetProperty(note).GetString()));
        }
    }

    [Fact]
    public async Task The_members_of_a_large_team_are_all_there()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(Members("ann", "C1")).OnGraphQl(Members("bob", null));
        var answer = await github.ReadAsync("get_team_members", new { org = "o", team_slug = "t" });
        Assert.Equal("""{"members":["ann","bob"]}""", answer.GetRawText());
        Assert.Equal("C1", github.LastBody.GetProperty("variables").GetProperty("after").GetString());

        static string Members(string login, string? next) =>
            """{"data":{"organization":{"team":{"members":{"total_count":2,"page_info":PAGE,"nodes":[{"login":"LOGIN"}]}}}}}"""
                .Replace(
                    "PAGE",
                    next is null ? """{"has_next_page":false}""" : $$"""{"has_next_page":true,"end_cursor":"{{next}}"}""",
                    StringComparison.Ordinal
                )
                .Replace("LOGIN", login, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_says_how_many_replies_it_has_where_they_are_not_all_there()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(
            """
            {"data":{"repository":{"discussion":{"comments":{"total_count":2,"page_info":{"has_next_page":false},"nodes":[
              {"id":"a","body":"x","replies":{"total_count":130,"nodes":[{"id":"b","body":"y"}]}},
              {"id":"c","body":"x","replies":{"total_count":1,"nodes":[{"id":"d","body":"y"}]}}]}}}}}
            """
        );
        var items = (
            await github.ReadAsync(
                "get_discussion_comments",
                new
                {
                    owner = "o",
                    repo = "r",
                    discussionNumber = 1,
                    includeReplies = true,
                }
            )
        ).GetProperty("items");
        Assert.Equal(130, items[0].GetProperty("replies_total").GetInt32());
        Assert.False(items[1].TryGetProperty("replies_total", out _));
    }

    [Theory]
    [InlineData("""{"number":2026,"title":"other"}""", 200, "2026")]
    [InlineData("""{"message":"Not Found"}""", 404, "7")]
    public async Task A_milestone_may_have_a_number_for_its_title(string numbered, int status, string asked)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/milestones/2026", numbered, status)
            .On("GET /repos/o/r/milestones", """[{"number":7,"title":"2026"}]""")
            .OnGraphQl("""{"data":{"repository":{"issues":{"total_count":0,"page_info":{"has_next_page":false},"nodes":[]}}}}""");
        await github.ReadAsync("list_issues", In("o", "r", """{"milestone":"2026"}"""));
        Assert.Equal(asked, github.LastBody.GetProperty("variables").GetProperty("filter").GetProperty("milestoneNumber").GetString());
    }

    [Fact]
    public async Task A_milestone_is_not_said_to_be_missing_where_not_all_were_looked_at()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/milestones", """[{"number":7,"title":"summer"}]""", 200, BackToTheFirst);
        var error = await github.FailAsync("list_issues", In("o", "r", """{"milestone":"winter"}"""));
        Assert.Contains("The first 1 milestones of o/r, of which there are more", error, StringComparison.Ordinal);
        Assert.Contains("give its number", error, StringComparison.Ordinal);
    }

    private static Dictionary<string, object?> In(string owner, string repo, string arguments)
    {
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        (given["owner"], given["repo"]) = (owner, repo);
        return given;
    }
}

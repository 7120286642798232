using System.Text.Json;

namespace GitHub.Specs;

/// <summary>What the tools reach beyond the official server's.</summary>
public sealed class ReachSpecs
{
    [Theory]
    [InlineData(
        """{"method":"create","title":"v2","due_on":"2026-10-01"}""",
        "POST /repos/o/r/milestones",
        """{"title":"v2","due_on":"2026-10-01T12:00:00Z"}"""
    )]
    [InlineData("""{"method":"update","milestone_number":3,"state":"closed"}""", "PATCH /repos/o/r/milestones/3", """{"state":"closed"}""")]
    [InlineData(
        """{"method":"update","milestone_number":3,"clear":["description","due_on"]}""",
        "PATCH /repos/o/r/milestones/3",
        """{"description":"","due_on":null}"""
    )]
    [InlineData("""{"method":"delete","milestone_number":3}""", "DELETE /repos/o/r/milestones/3", "")]
    public async Task A_milestone_is_written_as_said(string arguments, string request, string body)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(request, """{"number":3,"title":"v2"}""");
        await github.ReadAsync("milestone_write", In(arguments));
        Assert.Equal(request, Assert.Single(github.Requests));
        Assert.Equal(body, github.Upstream.Received[0].Text);
    }

    [Theory]
    [InlineData("""{"method":"create"}""", "needs title")]
    [InlineData("""{"method":"update","milestone_number":3}""", "Nothing to change")]
    [InlineData("""{"method":"create","title":"v2","due_on":"soon"}""", "due_on='soon' is not a day")]
    public async Task A_milestone_that_is_none_is_refused(string arguments, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        Assert.Contains(said, await github.FailAsync("milestone_write", In(arguments)), StringComparison.Ordinal);
        Assert.Empty(github.Requests);
    }

    [Theory]
    [InlineData(
        "add",
        "blocked_by",
        "GET /repos/o/r/issues/8",
        "POST /repos/o/r/issues/7/dependencies/blocked_by",
        "o/r#7 is blocked by o/r#8."
    )]
    [InlineData(
        "add",
        "blocking",
        "GET /repos/o/r/issues/7",
        "POST /repos/o/r/issues/8/dependencies/blocked_by",
        "o/r#8 is blocked by o/r#7."
    )]
    [InlineData(
        "remove",
        "blocked_by",
        "GET /repos/o/r/issues/8",
        "DELETE /repos/o/r/issues/7/dependencies/blocked_by/1234",
        "o/r#7 is no longer blocked by o/r#8."
    )]
    public async Task A_dependency_goes_by_the_number_of_the_other_issue(
        string method,
        string type,
        string asked,
        string written,
        string said
    )
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(asked, """{"id":1234,"number":8,"title":"t"}""").On(written, "{}");
        var arguments = JsonSerializer.Serialize(
            new
            {
                method,
                type,
                issue_number = 7,
                related_issue_number = 8,
            }
        );
        Assert.Equal(said, (await github.ReadAsync("issue_dependency_write", In(arguments))).GetProperty("message").GetString());
        Assert.Equal([asked, written], github.Requests);
    }

    [Fact]
    public async Task A_branch_says_what_a_push_needs_by_its_rules_and_its_protection()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On(
                "GET /repos/o/r/rules/branches/release%2F1",
                """[{"type":"pull_request","parameters":{"required_approving_review_count":2},"ruleset_id":5,"ruleset_source":"o/r"}]"""
            )
            .On(
                "GET /repos/o/r/branches/release%2F1/protection",
                """{"url":"u","required_status_checks":{"strict":true,"contexts":["ci"]},"enforce_admins":{"url":"u","enabled":true},"restrictions":{"users":[{"login":"ann"}],"teams":[],"apps":[]}}"""
            );
        var rules = await github.ReadAsync("get_branch_rules", In("""{"branch":"release/1"}"""));
        Assert.Equal(2, rules.GetProperty("rules")[0].GetProperty("parameters").GetProperty("required_approving_review_count").GetInt32());
        Assert.Equal("ci", rules.GetProperty("protection").GetProperty("required_status_checks").GetProperty("contexts")[0].GetString());
        Assert.Equal("ann", rules.GetProperty("protection").GetProperty("restrictions").GetProperty("users")[0].GetString());
    }

    [Theory]
    [InlineData(404, "Branch not protected", "The branch has no branch protection.")]
    [InlineData(403, "Resource not accessible by personal access token", "which takes admin rights")]
    public async Task Rules_come_even_where_the_protection_does_not(int status, string message, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/rules/branches/main", "[]")
            .On("GET /repos/o/r/branches/main/protection", $$"""{"message":"{{message}}"}""", status);
        var rules = await github.ReadAsync("get_branch_rules", In("""{"branch":"main"}"""));
        Assert.Contains(said, rules.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_the_repository_becomes_an_asset_of_a_release()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "GET /repos/o/r/contents/dist/app.zip",
            """{"type":"file","name":"app.zip","path":"dist/app.zip","sha":"1","size":3,"encoding":"base64","content":"UEsD"}"""
        );
        github.Upstream.On("POST /api/uploads/repos/o/r/releases/5/assets", """{"id":9,"name":"app.zip","state":"uploaded"}""", 201);
        var asset = await github.ReadAsync(
            "release_asset_write",
            In("""{"method":"upload","release_id":5,"path":"dist/app.zip","ref":"v1"}""")
        );
        Assert.Equal(9, asset.GetProperty("id").GetInt32());
        var sent = github.Upstream.Received[^1];
        Assert.Equal("/api/uploads/repos/o/r/releases/5/assets?name=app.zip", sent.Target);
        Assert.Equal("PK\u0003"u8.ToArray(), sent.Body);
        Assert.Equal("application/zip", sent.Headers["Content-Type"]);
        Assert.Equal($"Bearer {StubbedGitHub.Token}", sent.Headers["Authorization"]);
    }

    [Fact]
    public async Task An_upload_keeps_to_the_lists()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_WRITABLE_REPOS", "octo/*"));
        Assert.Contains(
            "may not change o/r",
            await github.FailAsync("release_asset_write", In("""{"method":"upload","release_id":5,"name":"a","content":"x"}""")),
            StringComparison.Ordinal
        );
        Assert.Empty(github.Requests);
    }

    [Fact]
    public async Task An_asset_is_a_link_that_the_token_does_not_follow()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/releases/assets/9", "", 302, ("Location", "https://storage.example/app.zip?sig=1"));
        Assert.Equal(
            "https://storage.example/app.zip?sig=1",
            (await github.ReadAsync("get_release_asset", In("""{"asset_id":9}"""))).GetProperty("url").GetString()
        );
        Assert.Equal("application/octet-stream", github.Upstream.Received[0].Headers["Accept"]);
    }

    [Theory]
    [InlineData("SUBMITTED", "Replied: https://h/1")]
    [InlineData("PENDING", "Added to your pending review")]
    public async Task A_thread_is_answered_by_its_node_id(string state, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .OnGraphQl("""{"data":{"node":{"is_resolved":false,"pull_request":{"number":1},"repository":{"full_name":"o/r"}}}}""")
            .OnGraphQl($$"""{"data":{"done":{"comment":{"html_url":"https://h/1","state":"{{state}}"} } } }""");
        var done = await github.ReadAsync(
            "pull_request_review_write",
            In("""{"method":"reply_to_thread","pullNumber":1,"threadId":"PRRT_1","body":"Done."}""")
        );
        Assert.StartsWith(said, done.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("PRRT_1", github.LastBody.GetProperty("variables").GetProperty("id").GetString());
    }

    private static Dictionary<string, object?> In(string arguments)
    {
        var all = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        (all["owner"], all["repo"]) = ("o", "r");
        return all;
    }
}

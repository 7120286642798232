using McpGateway.Testing;

namespace GitHub.Specs;

public sealed class OtherToolsetSpecs
{
    [Fact]
    public async Task A_failed_jobs_log_begins_with_the_first_error_and_the_token_does_not_follow_the_link()
    {
        await using var storage = await StubUpstream.StartAsync();
        storage.On(
            "GET /log",
            context =>
                Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                    context.Response,
                    string.Join(
                        '\n',
                        Enumerable
                            .Range(1, 50)
                            .Select(i => $"line {i}")
                            .Append("##[error]boom")
                            .Concat(Enumerable.Range(51, 100).Select(i => $"line {i}"))
                    )
                )
        );
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On(
                "GET /repos/o/r/actions/runs/5/jobs",
                """{"total_count":2,"jobs":[{"id":1,"run_id":5,"name":"ok","conclusion":"success"},{"id":2,"run_id":5,"name":"build","conclusion":"failure","steps":[{"name":"Compile","conclusion":"failure"}]}]}"""
            )
            .On("GET /repos/o/r/actions/jobs/2/logs", "", 302, ("Location", storage.Url + "/log?sig=secret"));
        var job = Assert.Single((
                await github.ReadAsync(
                    "get_job_logs",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        run_id = 5,
                        failed_only = true,
                        tail_lines = 3,
                    }
                )
            ).GetProperty("jobs").EnumerateArray());
        Assert.Equal("Compile", job.GetProperty("failed_steps")[0].GetString());
        Assert.EndsWith("line 50\n##[error]boom", job.GetProperty("first_error").GetString(), StringComparison.Ordinal);
        Assert.Equal("line 148\nline 149\nline 150", job.GetProperty("logs").GetString());
        var found = await github.CallAsync("read_more", new { cursor = job.GetProperty("moreCursor").GetString(), find = "LINE 33" });
        Assert.Contains("'LINE 33' is in 1 place", new SpecReply(found).Text, StringComparison.Ordinal);
        Assert.False(storage.Received[0].Headers.ContainsKey("Authorization"));
        Assert.DoesNotContain(github.Gateway.Logs.Lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_workflow_is_started_with_its_inputs()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("POST /repos/o/r/actions/workflows/ci.yml/dispatches", "", 204);
        await github.ReadAsync(
            "actions_run_trigger",
            new
            {
                method = "run_workflow",
                owner = "o",
                repo = "r",
                workflow_id = "ci.yml",
                @ref = "main",
                inputs = new { level = "high" },
            }
        );
        Assert.Equal("""{"ref":"main","inputs":{"level":"high"}}""", github.LastBody.GetRawText());
    }

    [Fact]
    public async Task A_secret_scanning_alert_comes_without_the_secret()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/secret-scanning/alerts/1", """{"number":1,"state":"open","secret_type":"aws","secret":"AKIA-LEAKED"}""");
        var result = await github.CallAsync(
            "get_secret_scanning_alert",
            new
            {
                owner = "o",
                repo = "r",
                alertNumber = 1,
            }
        );
        Assert.Contains("\"secret_type\":\"aws\"", result.TextOf(), StringComparison.Ordinal);
        Assert.DoesNotContain("AKIA-LEAKED", result.TextOf(), StringComparison.Ordinal);
        Assert.Contains("hide_secret=true", github.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dependabot_alerts_go_on_with_the_cursor_of_the_Link_header()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "GET /repos/o/r/dependabot/alerts",
            """[{"number":1,"state":"open","dependency":{"package":{"ecosystem":"npm","name":"x"}}}]""",
            200,
            ("Link", "<https://api.github.com/x?after=CUR%3D&per_page=1>; rel=\"next\"")
        );
        Assert.Equal(
            "CUR=",
            (await github.ReadAsync("list_dependabot_alerts", new { owner = "o", repo = "r" })).GetProperty("nextCursor").GetString()
        );
    }

    [Fact]
    public async Task A_comment_is_answered_in_the_discussion_it_belongs_to()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .OnGraphQl("""{"data":{"node":{"discussion":{"id":"D_1","number":4,"repository":{"full_name":"o/r"}}}}}""")
            .OnGraphQl("""{"data":{"addDiscussionComment":{"comment":{"id":"DC_2"}}}}""");
        await github.ReadAsync(
            "discussion_comment_write",
            new
            {
                method = "reply",
                commentNodeID = "DC_1",
                body = "yes",
            }
        );
        Assert.Equal("""{"discussion":"D_1","body":"yes","reply_to":"DC_1"}""", github.LastBody.GetProperty("variables").GetRawText());
    }

    [Fact]
    public async Task A_project_item_gets_an_option_by_its_name()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /users/o", """{"login":"o","type":"Organization","node_id":"O_1"}""")
            .On(
                "GET /orgs/o/projectsV2/2/fields",
                """[{"id":11,"name":"Status","data_type":"single_select","node_id":"F","options":[{"id":"opt1","name":{"raw":"Done","html":"Done"}}]}]"""
            )
            .On("PATCH /orgs/o/projectsV2/2/items/77", """{"id":77,"content_type":"Issue"}""");
        object Update(object? value) =>
            new
            {
                method = "update_project_item",
                owner = "o",
                project_number = 2,
                item_id = 77,
                updated_field = new { name = "status", value },
            };
        await github.ReadAsync("projects_write", Update("done"));
        Assert.Equal("""{"fields":[{"id":11,"value":"opt1"}]}""", github.LastBody.GetRawText());
        await github.ReadAsync("projects_write", Update(null));
        Assert.Equal("""{"fields":[{"id":11,"value":null}]}""", github.LastBody.GetRawText());
        Assert.Contains("It has: Done", await github.FailAsync("projects_write", Update("Doing")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "Effort", "2.5", "2.5")]
    [InlineData("name", "Effort", 2.5, "2.5")]
    [InlineData("id", 12, "3", "3")]
    [InlineData("id", 13, "3", "\"3\"")]
    [InlineData("id", 99, "3", "\"3\"")]
    public async Task A_number_that_comes_as_text_is_one_where_the_field_is(string by, object field, object value, string sent)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On(
                "GET /orgs/o/projectsV2/2/fields",
                """[{"id":12,"name":"Effort","data_type":"number","node_id":"F"},{"id":13,"name":"Note","data_type":"text","node_id":"N"}]"""
            )
            .On("PATCH /orgs/o/projectsV2/2/items/77", """{"id":77,"content_type":"Issue"}""");
        object Update(object what) =>
            new
            {
                method = "update_project_item",
                owner = "o",
                owner_type = "org",
                project_number = 2,
                item_id = 77,
                updated_field = new Dictionary<string, object> { [by] = field, ["value"] = what },
            };
        await github.ReadAsync("projects_write", Update(value));
        Assert.EndsWith($"\"value\":{sent}}}]}}", github.LastBody.GetRawText(), StringComparison.Ordinal);
        if (by == "name")
        {
            Assert.Contains(
                "'many' is not a number, which the field Effort requires",
                await github.FailAsync("projects_write", Update("many")),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Instructions_speak_of_the_tools_that_are_there()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", "actions"));
        Assert.Contains("get_job_logs", github.Client.ServerInstructions, StringComparison.Ordinal);
        Assert.DoesNotContain("get_me", github.Client.ServerInstructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_prompts_come_with_the_issues_toolset()
    {
        await using var github = await StubbedGitHub.StartAsync();
        var prompts = await github.Client.ListPromptsAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["AssignCodingAgent", "issue_to_fix_workflow"], prompts.Select(prompt => prompt.Name).Order(StringComparer.Ordinal));
        var prompt = await github.Client.GetPromptAsync(
            "AssignCodingAgent",
            new Dictionary<string, object?> { ["repo"] = "octo/hello" },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Contains(
            "octo/hello",
            ((ModelContextProtocol.Protocol.TextContentBlock)prompt.Messages[0].Content).Text,
            StringComparison.Ordinal
        );

        await using var gists = await StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", "gists"));
        Assert.Null(gists.Client.ServerCapabilities.Prompts);
    }

    [Theory]
    [InlineData("github.com", "https://api.github.com/", "https://api.github.com/")]
    [InlineData("https://api.github.com", "https://api.github.com/", "https://api.github.com/")]
    [InlineData("octo.ghe.com", "https://api.octo.ghe.com/", "https://api.octo.ghe.com/")]
    [InlineData("https://git.example.org", "https://git.example.org/api/v3", "https://git.example.org/api")]
    public void Each_kind_of_host_has_its_own_addresses(string host, string rest, string graphQl)
    {
        var parsed = Api.GitHubHost.Parse(host);
        Assert.Equal((rest, graphQl), (parsed.Rest.ToString(), parsed.GraphQl.ToString()));
    }

    [Theory]
    [InlineData("http://git.example.org")]
    [InlineData("https://user@git.example.org")]
    public void A_host_the_token_would_not_be_safe_on_is_refused(string host) =>
        Assert.Throws<McpGateway.Secrets.SettingException>(() => Api.GitHubHost.Parse(host));

    [Fact]
    public async Task Of_many_project_items_those_that_fail_are_named_and_the_others_are_changed()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /orgs/o/projectsV2/1", """{"id":1,"node_id":"P_1","number":1,"title":"t"}""")
            .On("GET /orgs/o/projectsV2/1/fields", """[{"id":9,"name":"Note","data_type":"text"}]""")
            .On("PATCH /orgs/o/projectsV2/1/items/2", """{"id":2,"content_type":"Issue"}""")
            .On("PATCH /orgs/o/projectsV2/1/items/3", """{"message":"Not allowed"}""", 403)
            .On("PATCH /orgs/o/projectsV2/1/items/4", """{"id":4,"content_type":"Issue"}""");
        var done = await github.ReadAsync(
            "projects_write",
            new
            {
                method = "update_project_items",
                owner = "o",
                owner_type = "org",
                project_number = 1,
                items = new[] { new { item_id = 2 }, new { item_id = 3 }, new { item_id = 4 } },
                updated_field = new { id = 9, value = "x" },
            }
        );
        Assert.Equal(2, done.GetProperty("updated").GetInt32());
        Assert.StartsWith(
            "3: GitHub returned 403: Not allowed",
            Assert.Single(done.GetProperty("failed").EnumerateArray()).GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_view_whose_filter_is_refused_is_there_and_not_to_be_created_again()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /orgs/o/projectsV2/1", """{"id":1,"node_id":"P_1","number":1,"title":"t"}""")
            .OnGraphQl("""{"data":{"done":{"view":{"id":"PVTV_1","number":2,"name":"Board","layout":"BOARD_LAYOUT"}}}}""")
            .OnGraphQl("""{"data":null,"errors":[{"message":"Invalid filter"}]}""");
        Assert.EndsWith(
            "Of project 1 this was done before: view PVTV_1 created. This failed: its filter (update_project_view can set it).",
            await github.FailAsync(
                "projects_write",
                new
                {
                    method = "create_project_view",
                    owner = "o",
                    owner_type = "org",
                    project_number = 1,
                    name = "Board",
                    layout = "board",
                    filter = "is:",
                }
            ),
            StringComparison.Ordinal
        );
    }
}

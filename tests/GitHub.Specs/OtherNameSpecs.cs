using System.Text.Json;

namespace GitHub.Specs;

/// <summary>Calls by the names of the official server's granular tools, and of its former ones, do what they did there.</summary>
public sealed class OtherNameSpecs
{
    [Theory]
    [InlineData("create_issue", """{"title":"t"}""", "POST /repos/o/r/issues", """{"title":"t"}""")]
    [InlineData("update_issue_title", """{"issue_number":1,"title":"t"}""", "PATCH /repos/o/r/issues/1", """{"title":"t"}""")]
    [InlineData("update_issue_type", """{"issue_number":1,"issue_type":"Bug"}""", "PATCH /repos/o/r/issues/1", """{"type":"Bug"}""")]
    [InlineData(
        "add_issue_reaction",
        """{"issue_number":1,"content":"heart"}""",
        "POST /repos/o/r/issues/1/reactions",
        """{"content":"heart"}"""
    )]
    [InlineData(
        "add_sub_issue",
        """{"issue_number":1,"sub_issue_id":5}""",
        "POST /repos/o/r/issues/1/sub_issues",
        """{"sub_issue_id":5}"""
    )]
    [InlineData("update_pull_request_title", """{"pullNumber":1,"title":"t"}""", "PATCH /repos/o/r/pulls/1", """{"title":"t"}""")]
    [InlineData(
        "add_pull_request_review_comment_reaction",
        """{"comment_id":9,"content":"heart"}""",
        "POST /repos/o/r/pulls/comments/9/reactions",
        """{"content":"heart"}"""
    )]
    [InlineData("update_issue_type", """{"issue_number":1,"issue_type":null}""", "PATCH /repos/o/r/issues/1", """{"type":null}""")]
    [InlineData(
        "update_issue_labels",
        """{"issue_number":1,"labels":["a",{"name":"bug","rationale":"It crashes.","confidence":"HIGH","is_suggestion":false}]}""",
        "PATCH /repos/o/r/issues/1",
        """{"labels":["a","bug"]}"""
    )]
    [InlineData(
        "update_issue_assignees",
        """{"issue_number":1,"assignees":[{"login":"ann","confidence":"LOW"}]}""",
        "PATCH /repos/o/r/issues/1",
        """{"assignees":["ann"]}"""
    )]
    [InlineData(
        "update_issue_state",
        """{"issue_number":1,"state":"closed","state_reason":"completed","rationale":"It is done.","confidence":"HIGH"}""",
        "PATCH /repos/o/r/issues/1",
        """{"state":"closed","state_reason":"completed"}"""
    )]
    [InlineData(
        "add_issue_comment_reaction",
        """{"comment_id":9,"content":"heart"}""",
        "POST /repos/o/r/issues/comments/9/reactions",
        """{"content":"heart"}"""
    )]
    [InlineData("get_pull_request", """{"pullNumber":1}""", "GET /repos/o/r/pulls/1", "")]
    [InlineData("get_workflow_run", """{"run_id":1}""", "GET /repos/o/r/actions/runs/1", "")]
    [InlineData("cancel_workflow_run", """{"run_id":1}""", "POST /repos/o/r/actions/runs/1/cancel", "")]
    public async Task A_granular_tool_is_the_one_that_does_it(string tool, string arguments, string request, string body)
    {
        await using var github = await StubbedGitHub.StartAsync();
        const string Answer = """{"id":1,"number":1,"title":"t","head":{"ref":"f","sha":"1"},"base":{"ref":"m","sha":"2"}}""";
        github.On(request, Answer).On("GET /repos/o/r/pulls/1", Answer);
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        (given["owner"], given["repo"]) = ("o", "r");
        await github.ReadAsync(tool, given);
        Assert.Equal(request, github.Requests[0]);
        Assert.Equal(body, github.Upstream.Received[0].Text);
    }

    [Theory]
    [InlineData("update_issue_labels", """{"labels":[{"name":"bug","is_suggestion":true}]}""")]
    [InlineData("update_issue_state", """{"state":"closed","is_suggestion":true}""")]
    [InlineData("update_issue_type", """{"issue_type":"Bug","is_suggestion":true}""")]
    public async Task What_is_only_suggested_is_not_done(string tool, string arguments)
    {
        await using var github = await StubbedGitHub.StartAsync();
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        (given["owner"], given["repo"], given["issue_number"]) = ("o", "r", 1);
        Assert.Contains("nothing was done", await github.FailAsync(tool, given), StringComparison.Ordinal);
        Assert.Empty(github.Requests);
    }

    [Fact]
    public async Task Custom_fields_are_set_by_their_node_ids()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .OnGraphQl(
                """{"data":{"holder":{"issue_fields":{"nodes":[{"id":"IFT_1","full_database_id":11,"name":"Team","data_type":"TEXT"},{"id":"IFS_2","full_database_id":12,"name":"Priority","data_type":"SINGLE_SELECT","options":[{"id":"OPT_1","name":"High"}]},{"id":"IFN_3","full_database_id":13,"name":"Cost","data_type":"NUMBER"},{"id":"IFD_4","full_database_id":14,"name":"Due","data_type":"DATE"}]}}}}"""
            )
            .On("POST /repos/o/r/issues/1/issue-field-values", "{}")
            .On("DELETE /repos/o/r/issues/1/issue-field-values/14", "", 204)
            .On("GET /repos/o/r/issues/1", """{"id":1,"number":1,"title":"t"}""");
        await github.ReadAsync(
            "set_issue_fields",
            new
            {
                owner = "o",
                repo = "r",
                issue_number = 1,
                fields = new object[]
                {
                    new
                    {
                        field_id = "IFT_1",
                        text_value = "Core",
                        confidence = "HIGH",
                    },
                    new { field_id = "IFS_2", single_select_option_id = "OPT_1" },
                    new { field_id = "IFN_3", number_value = 2.5 },
                    new { field_id = "IFD_4", delete = true },
                },
            }
        );
        Assert.Equal(
            """{"issue_field_values":[{"field_id":11,"value":"Core"},{"field_id":12,"value":"High"},{"field_id":13,"value":2.5}]}""",
            github.Upstream.Received.Single(request => request.Target.EndsWith("/issue-field-values", StringComparison.Ordinal)).Text
        );
        Assert.Contains("DELETE /repos/o/r/issues/1/issue-field-values/14", github.Requests);
    }

    [Theory]
    [InlineData("resolve_review_thread", "resolveReviewThread")]
    [InlineData("unresolve_review_thread", "unresolveReviewThread")]
    public async Task A_thread_is_resolved_by_its_id_alone(string tool, string mutation)
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "o/r"));
        var isResolved = tool == "unresolve_review_thread" ? "true" : "false";
        github
            .OnGraphQl(
                """{"data":{"node":{"is_resolved":IT_IS,"repository":{"full_name":"o/r"}}}}""".Replace(
                    "IT_IS",
                    isResolved,
                    StringComparison.Ordinal
                )
            )
            .OnGraphQl("""{"data":{"done":{"thread":{"id":"PRRT_1"}}}}""");
        await github.ReadAsync(tool, new { threadID = "PRRT_1" });
        Assert.Contains(mutation, github.LastBody.GetProperty("query").GetString(), StringComparison.Ordinal);
        Assert.Equal("PRRT_1", github.LastBody.GetProperty("variables").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_thread_of_a_repository_that_is_not_allowed_is_not_found_by_its_id()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "o/r"));
        github.OnGraphQl("""{"data":{"node":{"is_resolved":false,"repository":{"full_name":"victim/secret"}}}}""");
        await github.FailAsync("resolve_review_thread", new { threadID = "PRRT_1" });
        Assert.Single(github.Requests);
    }

    [Fact]
    public async Task Duplicates_of_an_issue_come_ranked()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "GET /repos/o/r/issues/1/semantically_similar?threshold=0.5&per_page=5",
            """[{"issue":{"number":2,"title":"Crash","state":"open","html_url":"u","user":{"login":"ann"}},"score":0.9,"confidence":"high","likely_duplicate":true}]"""
        );
        var found = await github.ReadAsync(
            "find_duplicate",
            new
            {
                owner = "o",
                repo = "r",
                issue_number = 1,
                confidence_threshold = 0.5,
                perPage = 5,
            }
        );
        Assert.Equal(
            """{"issue":{"number":2,"title":"Crash","state":"open","html_url":"u","user":"ann"},"score":0.9,"confidence":"high","likely_duplicate":true}""",
            found.GetProperty("items")[0].GetRawText()
        );
    }

    [Theory]
    [InlineData("""[{"issue":{"number":2,"title":"Crash"},"score":null}]""", 200)]
    [InlineData("""{"message":"Not Found"}""", 404)]
    public async Task Where_GitHub_ranks_no_duplicates_the_remedy_is_a_search(string answer, int status)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/issues/1/semantically_similar", answer, status);
        Assert.Contains(
            "search_issues",
            await github.FailAsync(
                "find_duplicates",
                new
                {
                    owner = "o",
                    repo = "r",
                    issue_number = 1,
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Runs_are_filtered_as_they_were_by_the_former_tool()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/actions/workflows/ci.yml/runs?branch=main&status=failure", """{"total_count":0,"workflow_runs":[]}""");
        await github.ReadAsync(
            "list_workflow_runs",
            new
            {
                owner = "o",
                repo = "r",
                workflow_id = "ci.yml",
                branch = "main",
                status = "failure",
            }
        );
        Assert.Single(github.Requests);
    }

    [Fact]
    public async Task A_granular_tool_is_not_listed_and_not_offered_where_the_one_that_does_it_is_not()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_READ_ONLY", "true"));
        var tools = await github.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(tools, tool => tool.Name == "update_issue_title");
        using var response = await github.Gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"update_issue_title","arguments":{"owner":"o","repo":"r","issue_number":1,"title":"t"}}}""",
            StubbedGitHub.Bearer
        );
        Assert.Contains(
            "rror\"",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Empty(github.Requests);
    }
}

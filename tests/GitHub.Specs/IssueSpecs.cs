namespace GitHub.Specs;

public sealed class IssueSpecs
{
    private const string Bug = """
        {"id":9001,"number":7,"title":"Bug","body":"b","state":"open","user":{"login":"ann","id":1},"labels":[{"name":"bug"}],"assignees":[{"login":"bob"}],"milestone":{"title":"v1"},
         "comments":2,"reactions":{"total_count":0},"type":{"id":1,"name":"Task"},"sub_issues_summary":{"total":1,"completed":0,"percent_completed":0},
         "issue_field_values":[{"issue_field_name":"Priority","value":"x","single_select_option":{"id":1,"name":"High","color":"red"}}]}
        """;

    [Fact]
    public async Task An_issue_comes_with_its_parent_its_fields_and_its_closing_pull_requests()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/issues/7", Bug)
            .OnGraphQl(
                """
                {"data":{"repository":{"issue":{"parent":{"number":3,"title":"Epic","state":"OPEN","repository":{"full_name":"o/r"}},
                  "closed_by_pull_requests":{"total_count":1,"nodes":[{"number":8,"title":"Fix","state":"OPEN","repository":{"full_name":"o/r"}}]}}}}}
                """
            );
        var issue = await github.ReadAsync(
            "issue_read",
            new
            {
                method = "get",
                owner = "o",
                repo = "r",
                issue_number = 7,
            }
        );
        Assert.Equal("ann", issue.GetProperty("user").GetString());
        Assert.Equal("bug", issue.GetProperty("labels")[0].GetString());
        Assert.Equal("High", issue.GetProperty("field_values").GetProperty("Priority").GetString());
        Assert.Equal(3, issue.GetProperty("parent").GetProperty("number").GetInt32());
        Assert.Equal(8, issue.GetProperty("closed_by_pull_requests").GetProperty("references")[0].GetProperty("number").GetInt32());
        Assert.True(issue.GetProperty("has_children").GetBoolean());
    }

    [Fact]
    public async Task An_issue_is_read_even_where_GraphQL_refuses_its_relations()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/issues/7", Bug)
            .OnGraphQl("""{"data":null,"errors":[{"message":"Field 'parent' doesn't exist on type 'Issue'"}]}""");
        Assert.Equal(7, (
                await github.ReadAsync(
                    "issue_read",
                    new
                    {
                        method = "get",
                        owner = "o",
                        repo = "r",
                        issue_number = 7,
                    }
                )
            ).GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task An_update_sends_what_was_given_and_nothing_else()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("PATCH /repos/o/r/issues/7", Bug);
        await github.ReadAsync(
            "issue_write",
            new
            {
                method = "update",
                owner = "o",
                repo = "r",
                issue_number = 7,
                state = "closed",
                state_reason = "not_planned",
                body = (string?)null,
                type = "",
            }
        );
        Assert.Equal("""{"type":null,"state":"closed","state_reason":"not_planned"}""", github.LastBody.GetRawText());
    }

    [Fact]
    public async Task A_new_issue_has_no_type_when_none_is_wanted()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("POST /repos/o/r/issues", Bug, 201);
        await github.ReadAsync(
            "issue_write",
            new
            {
                method = "create",
                owner = "o",
                repo = "r",
                title = "t",
                type = "",
                labels = new[] { "bug" },
            }
        );
        Assert.Equal("""{"title":"t","labels":["bug"]}""", github.LastBody.GetRawText());
        Assert.Contains(
            "needs title",
            await github.FailAsync(
                "issue_write",
                new
                {
                    method = "create",
                    owner = "o",
                    repo = "r",
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_duplicate_is_closed_with_what_it_repeats()
    {
        await using var github = await StubbedGitHub.StartAsync();
        Assert.Contains(
            "needs duplicate_of",
            await github.FailAsync(
                "issue_write",
                new
                {
                    method = "update",
                    owner = "o",
                    repo = "r",
                    issue_number = 7,
                    state = "closed",
                    state_reason = "duplicate",
                }
            ),
            StringComparison.Ordinal
        );
        github
            .OnGraphQl("""{"data":{"repository":{"issue":{"id":"I_7"},"other":{"id":"I_3"}}}}""")
            .OnGraphQl("""{"data":{"closeIssue":{"issue":{"number":7}}}}""")
            .On("GET /repos/o/r/issues/7", Bug);
        await github.ReadAsync(
            "issue_write",
            new
            {
                method = "update",
                owner = "o",
                repo = "r",
                issue_number = 7,
                state = "closed",
                state_reason = "duplicate",
                duplicate_of = 3,
            }
        );
        Assert.Contains("\"duplicate_of\":\"I_3\"", github.Upstream.Received[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_are_named_and_a_wrong_option_is_answered_with_the_right_ones()
    {
        const string Fields = """
            {"data":{"holder":{"issue_fields":{"nodes":[{"__typename":"IssueFieldSingleSelect","id":"F","full_database_id":"55","name":"Priority","data_type":"SINGLE_SELECT","options":[{"id":"O","name":"High","color":"RED"}]}]}}}}
            """;
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(Fields).On("POST /repos/o/r/issues", Bug, 201);
        object Create(string option) =>
            new
            {
                method = "create",
                owner = "o",
                repo = "r",
                title = "t",
                issue_fields = new[] { new { field_name = "priority", field_option_name = option } },
            };
        Assert.Contains("It has: High", await github.FailAsync("issue_write", Create("Urgent")), StringComparison.Ordinal);
        await github.ReadAsync("issue_write", Create("high"));
        Assert.Equal("""[{"field_id":55,"value":"High"}]""", github.LastBody.GetProperty("issue_field_values").GetRawText());
        Assert.Equal("issue_fields, repo_issue_fields", github.Upstream.Received[0].Headers["GraphQL-Features"]);
    }

    [Theory]
    [InlineData("NUMBER", "3", "3", null)]
    [InlineData("NUMBER", 2.5, "2.5", null)]
    [InlineData("NUMBER", "1,5", null, "'1,5' is not a number, which the field Effort requires")]
    [InlineData("TEXT", "3", "\"3\"", null)]
    [InlineData("DATE", "2026/1/5", "\"2026-01-05\"", null)]
    [InlineData("DATE", "soon", null, "'soon' is not a day, which the field Effort requires")]
    [InlineData("SINGLE_SELECT", "high", "\"High\"", null)]
    [InlineData("SINGLE_SELECT", "low", null, "has no option 'low'. It has: High.")]
    public async Task A_custom_field_takes_a_number_a_day_or_an_option_as_people_write_them(
        string type,
        object value,
        string? sent,
        string? said
    )
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .OnGraphQl(
                """{"data":{"holder":{"issue_fields":{"nodes":[{"id":"F","full_database_id":7,"name":"Effort","data_type":"TYPE","options":[{"id":"O","name":"High"}]}]}}}}""".Replace(
                    "TYPE",
                    type,
                    StringComparison.Ordinal
                )
            )
            .On("POST /repos/o/r/issues/1/issue-field-values", "[]")
            .On("GET /repos/o/r/issues/1", """{"number":1,"title":"t"}""");
        var result = await github.CallAsync(
            "issue_write",
            new
            {
                method = "update",
                owner = "o",
                repo = "r",
                issue_number = 1,
                issue_fields = new[] { new { field_name = "Effort", value } },
            }
        );
        Assert.Contains(said ?? "\"number\":1", result.TextOf(), StringComparison.Ordinal);
        Assert.Equal(
            sent is null ? [] : [$$"""{"issue_field_values":[{"field_id":7,"value":{{sent}}}]}"""],
            github
                .Upstream.Received.Where(request => request.Target.EndsWith("values", StringComparison.Ordinal))
                .Select(sentTo => sentTo.Text)
        );
    }

    [Fact]
    public async Task An_update_that_is_refused_leaves_custom_fields_alone_and_a_refused_field_tells_what_was_done()
    {
        await using var github = await StubbedGitHub.StartAsync();
        object Update(string title) =>
            new
            {
                method = "update",
                owner = "o",
                repo = "r",
                issue_number = 1,
                title,
                issue_fields = new[] { new { field_name = "Effort", value = 3 } },
            };
        github
            .OnGraphQl(
                """{"data":{"holder":{"issue_fields":{"nodes":[{"id":"F","full_database_id":7,"name":"Effort","data_type":"NUMBER"}]}}}}"""
            )
            .On(
                "PATCH /repos/o/r/issues/1",
                """{"message":"Validation Failed","errors":[{"resource":"Issue","field":"title","code":"invalid"}]}""",
                422
            )
            .On("PATCH /repos/o/r/issues/1", """{"number":1,"title":"t"}""")
            .On("POST /repos/o/r/issues/1/issue-field-values", """{"message":"Not allowed"}""", 403);
        Assert.Contains(
            "Issue.title (invalid). That request changed nothing. This failed: title. This was not tried: 1 custom field(s) set.",
            await github.FailAsync("issue_write", Update("bad")),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(github.Requests, request => request.EndsWith("issue-field-values", StringComparison.Ordinal));
        Assert.Contains(
            "Of #1 this was done before: title. This failed: 1 custom field(s) set.",
            await github.FailAsync("issue_write", Update("good")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Labels_come_most_used_first_and_all_of_them()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .OnGraphQl(
                """{"data":{"repository":{"labels":{"total_count":2,"page_info":{"has_next_page":true,"end_cursor":"c"},"nodes":[{"name":"bug","color":"f00"}]}}}}"""
            )
            .OnGraphQl(
                """{"data":{"repository":{"labels":{"total_count":2,"page_info":{"has_next_page":false},"nodes":[{"name":"rare","color":"0f0"}]}}}}"""
            );
        var labels = await github.ReadAsync("list_label", new { owner = "o", repo = "r" });
        Assert.Equal(["bug", "rare"], labels.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("name").GetString()));
        Assert.Equal("ISSUE_COUNT", github.LastBody.GetProperty("variables").GetProperty("order").GetProperty("field").GetString());
        Assert.Equal("c", github.LastBody.GetProperty("variables").GetProperty("after").GetString());
    }

    [Fact]
    public async Task A_body_and_a_milestone_are_emptied_when_that_is_said()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("PATCH /repos/o/r/issues/5", """{"number":5,"title":"t"}""");
        await github.ReadAsync(
            "issue_write",
            new
            {
                method = "update",
                owner = "o",
                repo = "r",
                issue_number = 5,
                clear = new[] { "body", "milestone", "type" },
            }
        );
        Assert.Equal("""{"body":"","milestone":null,"type":null}""", github.LastBody.GetRawText());
    }
}

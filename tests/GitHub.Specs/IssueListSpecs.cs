namespace GitHub.Specs;

/// <summary>Issues are found.</summary>
public sealed class IssueListSpecs
{
    [Theory]
    [InlineData("\"monorepo: build\" broken", "is:issue repo:octo/hello \"monorepo: build\" broken")]
    [InlineData("is:pr-like monorepo:x", "is:issue repo:octo/hello is:pr-like monorepo:x")]
    [InlineData("broken repo:octo/two", "is:issue broken repo:octo/two")]
    public async Task A_word_in_a_search_is_not_a_qualifier(string query, string asked)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /search/issues", """{"total_count":0,"incomplete_results":false,"items":[]}""");
        await github.ReadAsync(
            "search_issues",
            new
            {
                query,
                owner = "octo",
                repo = "hello",
            }
        );
        Assert.Equal(
            asked,
            Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Assert.Single(github.Requests).Split('?')[1])["q"].ToString()
        );
    }

    [Theory]
    [InlineData("search_users", "\"type: designer\" lee", "type:user \"type: designer\" lee")]
    [InlineData("search_users", "prototype:lab", "type:user prototype:lab")]
    [InlineData("search_users", "Type:Org acme", "Type:Org acme")]
    [InlineData("search_orgs", "in:name archetype:x", "type:org in:name archetype:x")]
    public async Task Nor_is_one_in_a_search_for_accounts(string tool, string query, string asked)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /search/users", """{"total_count":0,"incomplete_results":false,"items":[]}""");
        await github.ReadAsync(tool, new { query });
        Assert.Equal(
            asked,
            Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Assert.Single(github.Requests).Split('?')[1])["q"].ToString()
        );
    }

    [Theory]
    [InlineData("search_issues", "user:github bug", "query holds 'user:github' beside repo:octo/hello")]
    [InlineData("search_pull_requests", "bug org:github", "query holds 'org:github' beside repo:octo/hello")]
    [InlineData(
        "search_issues",
        "is:pr author:bob",
        "query holds 'is:pr', and this tool adds is:issue, so that nothing is both: use search_pull_requests"
    )]
    [InlineData(
        "search_pull_requests",
        "type:issue bug",
        "query holds 'type:issue', and this tool adds is:pr, so that nothing is both: use search_issues"
    )]
    public async Task A_search_that_would_look_elsewhere_or_find_nothing_is_refused(string tool, string query, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        Assert.StartsWith(
            said,
            await github.FailAsync(
                tool,
                new
                {
                    query,
                    owner = "octo",
                    repo = "hello",
                }
            ),
            StringComparison.Ordinal
        );
        Assert.Empty(github.Requests);
    }

    [Fact]
    public async Task Issues_are_listed_by_assignee_author_and_milestone_and_what_the_token_does_not_see_is_left_out()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/milestones/3", """{"number":3,"title":"m"}""");
        github.OnGraphQl(
            """{"data":{"repository":{"issues":{"total_count":2,"page_info":{"has_next_page":false},"nodes":[null,{"number":1,"title":"t","state":"OPEN"}]}}}}"""
        );
        var found = await github.ReadAsync(
            "list_issues",
            new
            {
                owner = "o",
                repo = "r",
                assignee = "bob",
                author = "eve",
                milestone = "3",
            }
        );
        Assert.Single(found.GetProperty("items").EnumerateArray());
        Assert.Equal(
            """{"assignee":"bob","createdBy":"eve","milestoneNumber":"3"}""",
            github.LastBody.GetProperty("variables").GetProperty("filter").GetRawText()
        );
    }

    [Fact]
    public async Task A_list_goes_on_with_its_cursor()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(
            """
            {"data":{"repository":{"issues":{"total_count":40,"page_info":{"has_next_page":true,"end_cursor":"C1"},"nodes":[
              {"number":1,"title":"a","state":"OPEN","user":{"login":"ann"},"labels":{"nodes":[{"name":"bug"}]},"assignees":{"nodes":[]},"comments":{"total_count":3}}]}}}}
            """
        );
        var page = await github.ReadAsync(
            "list_issues",
            new
            {
                owner = "o",
                repo = "r",
                state = "OPEN",
                orderBy = "CREATED_AT",
                direction = "DESC",
                since = "2026-01-01T00:00:00Z",
                perPage = 1,
            }
        );
        Assert.Equal("C1", page.GetProperty("nextCursor").GetString());
        Assert.Equal(3, page.GetProperty("items")[0].GetProperty("comments").GetInt32());
        var variables = github.LastBody.GetProperty("variables");
        Assert.Equal("""{"since":"2026-01-01T00:00:00Z"}""", variables.GetProperty("filter").GetRawText());
        Assert.Equal("""{"field":"CREATED_AT","direction":"DESC"}""", variables.GetProperty("order").GetRawText());
        Assert.False(variables.TryGetProperty("after", out _));
    }
}

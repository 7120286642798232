using System.Text;
using Microsoft.AspNetCore.Http;

namespace GitHub.Specs;

/// <summary>What only github.com has, seen at github.com's own addresses.</summary>
public sealed class GitHubComSpecs
{
    // As GitHub holds it; a kind of field that is newer than the gateway has neither value nor name for it.
    private const string Issues = """
        {"repository":{"issues":{"totalCount":2,"pageInfo":{"hasNextPage":false,"endCursor":null},"nodes":[
          {"number":7,"title":"Bug","state":"OPEN","author":{"login":"ann"},"labels":{"nodes":[]},"assignees":{"nodes":[]},"comments":{"totalCount":0},"issueFieldValues":{"nodes":[
            {"__typename":"IssueFieldSingleSelectValue","name":"High","field":{"__typename":"IssueFieldSingleSelect","name":"Priority"}},
            {"__typename":"IssueFieldTextValue","value":"Core","field":{"__typename":"IssueFieldText","name":"Team"}},
            {"__typename":"IssueFieldNumberValue","value":2.5,"field":{"__typename":"IssueFieldNumber","name":"Effort"}},
            {"__typename":"IssueFieldDateValue","value":"2026-12-01","field":{"__typename":"IssueFieldDate","name":"Due"}},
            {"__typename":"IssueFieldSomethingNewValue","value":"?"}]}},
          {"number":8,"title":"Plain","state":"OPEN","author":{"login":"bob"},"labels":{"nodes":[]},"assignees":{"nodes":[]},"comments":{"totalCount":0},"issueFieldValues":{"nodes":[]}}]}}}
        """;

    [Fact]
    public async Task A_list_of_issues_has_the_custom_fields_of_each_by_their_names()
    {
        await using var github = await StartAsync(Issues);
        var page = await github.ReadAsync("list_issues", new { owner = "o", repo = "r" });
        Assert.Equal(
            """{"Priority":"High","Team":"Core","Effort":2.5,"Due":"2026-12-01"}""",
            page.GetProperty("items")[0].GetProperty("field_values").GetRawText()
        );
        Assert.False(page.GetProperty("items")[1].TryGetProperty("field_values", out _));
        Assert.Equal("issue_fields, repo_issue_fields", github.Upstream.Received[0].Headers["GraphQL-Features"]);
    }

    [Fact]
    public async Task A_list_is_filtered_by_custom_fields()
    {
        await using var github = await StartAsync(
            """{"repository":{"issueFields":{"nodes":[{"__typename":"IssueFieldSingleSelect","id":"F_1","fullDatabaseId":"55","name":"Priority","dataType":"SINGLE_SELECT","options":[{"id":"O_1","name":"High","color":"RED"}]}]}}}""",
            Issues
        );
        await github.ReadAsync(
            "list_issues",
            new
            {
                owner = "o",
                repo = "r",
                fields = new[] { "number" },
                field_filters = new[] { new { field_name = "priority", value = "high" } },
            }
        );
        Assert.Equal(
            """{"issueFieldValues":[{"fieldName":"Priority","singleSelectOptionValue":"High"}]}""",
            github.LastBody.GetProperty("variables").GetProperty("filter").GetRawText()
        );
        Assert.DoesNotContain("issueFieldValues(first", github.LastBody.GetProperty("query").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_for_issues_understands_meanings()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_HOST", StubbedGitHub.GitHubCom));
        github.On("GET /search/issues", """{"total_count":0,"incomplete_results":false,"items":[]}""");
        await github.ReadAsync("search_issues", new { query = "crash on start" });
        Assert.Contains("search_type=semantic", Assert.Single(github.Requests), StringComparison.Ordinal);
        Assert.Equal("Bearer " + StubbedGitHub.Token, github.Upstream.Received[0].Headers["Authorization"]);
    }

    private static async Task<StubbedGitHub> StartAsync(params string[] data)
    {
        var github = await StubbedGitHub.StartAsync(("GITHUB_HOST", StubbedGitHub.GitHubCom));
        foreach (var held in data)
        {
            github.Upstream.On(
                "POST /api/graphql",
                async context =>
                {
                    using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
                    context.Response.ContentType = "application/json";
                    await context.Response.WriteAsync(SchemaAnswers.Of(await reader.ReadToEndAsync(), held));
                }
            );
        }

        return github;
    }
}

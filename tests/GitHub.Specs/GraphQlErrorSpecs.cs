using System.Text.Json;

namespace GitHub.Specs;

/// <summary>GraphQL fails under 200 as well: its errors are errors, and say what is missing.</summary>
public sealed class GraphQlErrorSpecs
{
    [Fact]
    public async Task GraphQL_errors_under_200_are_errors()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(
            """{"data":{"repository":null},"errors":[{"type":"NOT_FOUND","message":"Could not resolve to a Repository with the name 'o/r'."}]}"""
        );
        Assert.Contains(
            "Could not resolve to a Repository",
            await github.FailAsync("list_issues", new { owner = "o", repo = "r" }),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "INSUFFICIENT_SCOPES",
        "Your token has not been granted the required scopes to execute this query. The 'login' field requires one of the "
            + "following scopes: ['read:project'], but your token has only been granted the: ['repo', 'gist'] scopes.",
        "",
        "",
        "The token in GITHUB_TOKEN lacks the scope read:project: add it and restart the gateway."
    )]
    [InlineData(
        "INSUFFICIENT_SCOPES",
        "The 'id' field requires one of the following scopes: ['read:org', 'read:discussion'], but your token has only been granted the: [''] scopes.",
        "",
        "",
        "lacks one of the scopes read:org, read:discussion: add it"
    )]
    [InlineData(
        "INSUFFICIENT_SCOPES",
        "Your token has not been granted the required scopes.",
        "X-OAuth-Scopes|X-Accepted-OAuth-Scopes",
        "gist|repo",
        "lacks the scope repo: add it"
    )]
    [InlineData(
        "INSUFFICIENT_SCOPES",
        "Your token has not been granted the required scopes.",
        "",
        "",
        "Add the scope to the token in GITHUB_TOKEN"
    )]
    [InlineData(
        "FORBIDDEN",
        "Resource not accessible by personal access token",
        "X-Accepted-GitHub-Permissions",
        "issues=read",
        "needs the permission issues=read here: add it to the token."
    )]
    [InlineData("FORBIDDEN", "Must have push access", "X-OAuth-Scopes", "repo", "has the scopes for this, but its user may not do it here")]
    public async Task A_GraphQL_refusal_names_the_scope_or_permission_that_is_missing(
        string type,
        string message,
        string header,
        string value,
        string expected
    )
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.Upstream.On(
            "POST /api/graphql",
            JsonSerializer.Serialize(new { data = (object?)null, errors = new object[] { new { message = "x" }, new { type, message } } }),
            200,
            header.Length == 0 ? [] : [.. header.Split('|').Zip(value.Split('|'))]
        );
        Assert.Contains(expected, await github.FailAsync("list_issues", new { owner = "o", repo = "r" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_not_told_where_GraphQL_quotes_it()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl($$"""{"errors":[{"type":"FORBIDDEN","message":"{{StubbedGitHub.Token}} may not read this"}]}""");
        var told = await github.FailAsync("list_issues", new { owner = "o", repo = "r" });
        Assert.StartsWith("GitHub reported: [token] may not read this.", told, StringComparison.Ordinal);
        Assert.DoesNotContain(StubbedGitHub.Token, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_got_no_answer_is_not_taken_for_a_change()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.Upstream.On(
            "POST /api/graphql",
            context =>
            {
                context.Abort();
                return Task.CompletedTask;
            }
        );
        Assert.Contains(
            "Try again later",
            await github.FailAsync("list_label", new { owner = "octo", repo = "hello" }),
            StringComparison.Ordinal
        );
    }
}

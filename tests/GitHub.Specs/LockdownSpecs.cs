using GitHub.Guards;
using Microsoft.Extensions.DependencyInjection;
using static GitHub.Specs.Lockdown;

namespace GitHub.Specs;

public sealed class LockdownSpecs
{
    [Fact]
    public async Task A_comment_of_an_outsider_is_withheld_and_said_to_be()
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(Public)
            .Permission("writer", "write")
            .Permission("reader", "read")
            .On(
                "GET /repos/o/r/issues/1/comments",
                List(Comment(1, "writer", "Fixed."), Comment(2, "reader", Evil), Comment(3, "copilot", "Done."), Comment(4, "ME", "Mine."))
            );
        var answer = await github.ReadAsync(
            "issue_read",
            new
            {
                method = "get_comments",
                owner = "o",
                repo = "r",
                issue_number = 1,
            }
        );
        Assert.Equal(
            ["Fixed.", "(withheld: lockdown mode)", "Done.", "Mine."],
            answer.GetProperty("items").EnumerateArray().Select(comment => comment.GetProperty("body").GetString())
        );
        Assert.Equal("reader", answer.GetProperty("items")[1].GetProperty("user").GetString());
        Assert.Contains(
            "withheld the text of 1 item(s): their authors have no push access",
            answer.GetProperty("lockdown").GetString(),
            StringComparison.Ordinal
        );
    }

    /// <summary>What runs outside of a request has nobody to ask whether it is meant to be.</summary>
    [Fact]
    public async Task Where_there_is_no_request_lockdown_is_on()
    {
        await using var github = await StubbedGitHub.StartAsync();
        Assert.True(github.Gateway.Services.GetRequiredService<LockdownMode>().IsOn);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(203)]
    public async Task Whatever_way_GitHub_says_yes_its_answer_is_cleaned(int status)
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(Public)
            .Permission("reader", "read")
            .On("GET /repos/o/r/issues/1/comments", List(Comment(2, "reader", Evil)), status);
        var answer = await github.ReadAsync(
            "issue_read",
            new
            {
                method = "get_comments",
                owner = "o",
                repo = "r",
                issue_number = 1,
            }
        );
        Assert.DoesNotContain(Evil, answer.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("issue_read", "get", "GET /repos/o/r/issues/1", false)]
    [InlineData("issue_read", "get_sub_issues", "GET /repos/o/r/issues/1/sub_issues", true)]
    [InlineData("pull_request_read", "get", "GET /repos/o/r/pulls/1", false)]
    [InlineData("pull_request_read", "get_reviews", "GET /repos/o/r/pulls/1/reviews", true)]
    [InlineData("pull_request_read", "get_comments", "GET /repos/o/r/issues/1/comments", true)]
    [InlineData("list_pull_requests", "", "GET /repos/o/r/pulls", true)]
    public async Task Single_reads_and_lists_withhold(string tool, string method, string request, bool isList)
    {
        await using var github = await StartAsync();
        var item =
            $$"""{"id":1,"number":1,"state":"open","title":"{{Evil}}","body":"{{Evil}}","user":{"login":"reader"},"head":{"ref":"{{Evil}}","sha":"abc"},"base":{"ref":"main","sha":"def"} }""";
        github.OnGraphQl(Public).Permission("reader", "read").On(request, isList ? List(item) : item);
        var answer = await github.CallAsync(
            tool,
            new
            {
                method,
                owner = "o",
                repo = "r",
                issue_number = 1,
                pullNumber = 1,
            }
        );
        Assert.True(answer.IsError != true, answer.TextOf());
        Assert.DoesNotContain(Evil, answer.TextOf() + answer.StructuredContent, StringComparison.Ordinal);
        Assert.StartsWith("{\"lockdown\":\"Lockdown mode withheld", answer.TextOf(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search_issues")]
    [InlineData("search_pull_requests")]
    public async Task A_search_judges_each_hit_by_its_own_repository(string tool)
    {
        await using var github = await StartAsync();
        string Hit(string repo, string title) =>
            $$"""{"number":1,"title":"{{title}}","user":{"login":"a"},"repository_url":"https://api.github.com/repos/{{repo}}"}""";
        github
            .OnGraphQl(Public)
            .On("GET /repos/o/mine/collaborators/a/permission", """{"permission":"admin"}""")
            .On("GET /repos/o/other/collaborators/a/permission", """{"permission":"none"}""")
            .On(
                "GET /search/issues",
                $$"""{"total_count":2,"incomplete_results":false,"items":[{{Hit("o/mine", "Kept")}},{{Hit("o/other", Evil)}}]}"""
            );
        var answer = await github.CallAsync(tool, new { query = "x" });
        Assert.Contains("Kept", answer.TextOf(), StringComparison.Ordinal);
        Assert.DoesNotContain(Evil, answer.TextOf(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "list_issues",
        """{"data":{"repository":{"issues":{"nodes":[{"number":1,"title":"EVIL","body":"EVIL","user":{"login":"reader"},"comments":{"total_count":0}}]}}}}"""
    )]
    [InlineData(
        "list_discussions",
        """{"data":{"repository":{"discussions":{"nodes":[{"number":1,"title":"EVIL","user":{"login":"reader"}}]}}}}"""
    )]
    [InlineData(
        "get_discussion",
        """{"data":{"repository":{"discussion":{"id":"D","number":1,"title":"EVIL","body":"EVIL","user":{"login":"reader"}}}}}"""
    )]
    [InlineData(
        "get_discussion_comments",
        """{"data":{"repository":{"discussion":{"comments":{"nodes":[{"id":"C","body":"EVIL","user":null,"replies":{"nodes":[{"id":"R","body":"EVIL","user":{"login":"reader"}}]}}]}}}}}"""
    )]
    [InlineData(
        "get_review_comments",
        """{"data":{"repository":{"pull_request":{"threads":{"nodes":[{"id":"T","is_resolved":false,"is_outdated":false,"is_collapsed":false,"comments":{"total_count":1,"nodes":[{"id":1,"body":"EVIL","path":"a","author":{"login":"reader"}}]}}]}}}}}"""
    )]
    [InlineData(
        "get_parent",
        """{"data":{"repository":{"issue":{"parent":{"number":9,"title":"EVIL","author":{"login":"reader"},"repository":{"full_name":"o/r"}}}}}}"""
    )]
    public async Task What_comes_by_GraphQL_is_withheld_as_well(string what, string json)
    {
        await using var github = await StartAsync();
        github.OnGraphQl(json.Replace("EVIL", Evil, StringComparison.Ordinal)).OnGraphQl(Public).Permission("reader", "read");
        var (tool, method) = what switch
        {
            "get_review_comments" => ("pull_request_read", what),
            "get_parent" => ("issue_read", what),
            _ => (what, ""),
        };
        var answer = await github.CallAsync(
            tool,
            new
            {
                method,
                owner = "o",
                repo = "r",
                issue_number = 1,
                pullNumber = 1,
                discussionNumber = 1,
                includeReplies = true,
            }
        );
        Assert.True(answer.IsError != true, answer.TextOf());
        Assert.DoesNotContain(Evil, answer.TextOf(), StringComparison.Ordinal);
        Assert.Contains("Lockdown mode withheld", answer.TextOf(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get_diff")]
    [InlineData("get_files")]
    [InlineData("get_commits")]
    public async Task What_an_outsiders_pull_request_changes_is_not_even_fetched(string method)
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(Public)
            .Permission("reader", "read")
            .On("GET /repos/o/r/pulls/1", """{"number":1,"title":"t","user":{"login":"reader"}}""");
        Assert.Contains(
            "Lockdown mode withholds what #1 changes in o/r: its author has no push access",
            await github.FailAsync(
                "pull_request_read",
                new
                {
                    method,
                    owner = "o",
                    repo = "r",
                    pullNumber = 1,
                }
            ),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            github.Requests,
            request => request.EndsWith("/files", StringComparison.Ordinal) || request.EndsWith("/commits", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(github.Upstream.Received, request => request.Headers["Accept"].Contains("diff", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("get_file_contents", "refs/pull/1/head")]
    [InlineData("get_file_contents", "pull/1/merge")]
    [InlineData("get_commit", "refs/pull/1/head")]
    [InlineData("get_repository_tree", "refs/pull/1/head")]
    public async Task Nor_is_it_at_the_pull_requests_own_ref(string tool, string reference)
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(Public)
            .Permission("reader", "read")
            .On("GET /repos/o/r/pulls/1", """{"number":1,"title":"t","user":{"login":"reader"}}""");
        Assert.Contains(
            "Lockdown mode withholds what #1 changes in o/r",
            await github.FailAsync(
                tool,
                new
                {
                    owner = "o",
                    repo = "r",
                    path = "a.txt",
                    @ref = reference,
                    sha = tool == "get_commit" ? reference : null,
                    tree_sha = reference,
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_write_does_not_answer_with_what_a_read_withholds()
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(Public)
            .Permission("reader", "read")
            .On(
                "PATCH /repos/o/r/issues/1",
                $$"""{"number":1,"title":"{{Evil}}","body":"{{Evil}}","state":"closed","user":{"login":"reader"} }"""
            );
        var answer = await github.ReadAsync(
            "issue_write",
            new
            {
                method = "update",
                owner = "o",
                repo = "r",
                issue_number = 1,
                state = "closed",
            }
        );
        Assert.Equal("closed", answer.GetProperty("state").GetString());
        Assert.DoesNotContain(Evil, answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notifications_come_without_titles_for_their_authors_are_not_told()
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(Public)
            .On(
                "GET /notifications",
                $$"""[{"id":"1","reason":"mention","unread":true,"subject":{"title":"{{Evil}}","type":"Issue","url":"u"},"repository":{"full_name":"o/r"} }]"""
            );
        var answer = await github.ReadAsync("list_notifications");
        Assert.Equal("(withheld: lockdown mode)", answer.GetProperty("items")[0].GetProperty("subject").GetProperty("title").GetString());
    }
}

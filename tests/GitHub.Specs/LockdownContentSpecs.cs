using System.Text.Json;
using static GitHub.Specs.Lockdown;

namespace GitHub.Specs;

/// <summary>In lockdown, commits and references come only where they are the repository's own or someone's who may push.</summary>
public sealed class LockdownContentSpecs
{
    private const string Sha = "6dcb09b5b57875f334f61aebed695e2e4193db5e";
    private const string File = """{"type":"file","name":"a","path":"a","sha":"f","size":4,"encoding":"base64","content":"c2FmZQ=="}""";

    [Theory]
    [InlineData("get_file_contents")]
    [InlineData("get_commit")]
    [InlineData("list_commits")]
    [InlineData("get_repository_tree")]
    [InlineData("compare_commits")]
    public async Task A_commit_by_its_sha_that_may_be_of_a_fork_is_refused_before_it_is_fetched(string tool)
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(Public)
            .On($"GET /repos/o/r/compare/main...{Sha}", """{"status":"diverged"}""")
            .On($"GET /repos/o/r/commits/{Sha}/branches-where-head", "[]");
        var said = await github.FailAsync(
            tool,
            new
            {
                owner = "o",
                repo = "r",
                path = "a",
                sha = Sha,
                tree_sha = Sha,
                @base = "main",
                head = Sha,
            }
        );
        Assert.Contains(
            $"Lockdown mode withholds {Sha} of o/r: it is neither in the history of the default branch nor the head of a branch",
            said,
            StringComparison.Ordinal
        );
        Assert.Equal(2, github.Requests.Count(request => request.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("behind", "[]")]
    [InlineData("identical", "[]")]
    [InlineData("ahead", """[{"name":"dev","commit":{"sha":"6dcb09b5b57875f334f61aebed695e2e4193db5e"},"protected":false}]""")]
    public async Task A_commit_of_the_repositorys_own_is_read_and_asked_about_once(string status, string branches)
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(Public)
            .On($"GET /repos/o/r/compare/main...{Sha}", JsonSerializer.Serialize(new { status }))
            .On($"GET /repos/o/r/commits/{Sha}/branches-where-head", branches)
            .On($"GET /repos/o/r/contents/a?ref={Sha}", File);
        Assert.Contains(
            "safe",
            (
                await github.CallAsync(
                    "get_file_contents",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        path = "a",
                        sha = Sha,
                    }
                )
            ).TextOf(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "safe",
            (
                await github.CallAsync(
                    "get_file_contents",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        path = "a",
                        @ref = Sha,
                    }
                )
            ).TextOf(),
            StringComparison.Ordinal
        );
        Assert.Single(github.Requests, request => request.Contains("/compare/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_GitHub_does_not_tell_of_a_commit_withholds_it()
    {
        await using var github = await StartAsync();
        github.OnGraphQl(Public).On($"GET /repos/o/r/compare/main...{Sha}", """{"message":"Not Found"}""", 404);
        Assert.Contains(
            "Lockdown mode withholds",
            await github.FailAsync(
                "get_file_contents",
                new
                {
                    owner = "o",
                    repo = "r",
                    path = "a",
                    sha = Sha,
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("main")]
    [InlineData("refs/heads/feature/x")]
    [InlineData("refs/tags/v1.0")]
    [InlineData("v1.0")]
    public async Task Branches_and_tags_are_moved_by_who_may_push_and_read_without_a_question(string reference)
    {
        await using var github = await StartAsync();
        github.On("GET /repos/o/r/contents/a", File);
        Assert.Contains(
            "safe",
            (
                await github.CallAsync(
                    "get_file_contents",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        path = "a",
                        @ref = reference,
                    }
                )
            ).TextOf(),
            StringComparison.Ordinal
        );
        Assert.Single(github.Requests);
    }

    [Theory]
    [InlineData("refs/pull/1/head~1")]
    [InlineData("pull/1/head^")]
    public async Task A_pull_requests_ref_is_not_hidden_behind_a_step_back(string reference)
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(Public)
            .Permission("reader", "read")
            .On("GET /repos/o/r/pulls/1", """{"number":1,"title":"t","user":{"login":"reader"}}""");
        Assert.Contains(
            "withholds what #1 changes",
            await github.FailAsync(
                "get_file_contents",
                new
                {
                    owner = "o",
                    repo = "r",
                    path = "a",
                    @ref = reference,
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("main", "reader:evil")]
    [InlineData("reader:evil", "main")]
    [InlineData("main", "reader:r:evil")]
    public async Task A_comparison_with_a_fork_is_as_trusted_as_its_owner(string from, string head)
    {
        await using var github = await StartAsync();
        github.OnGraphQl(Public).Permission("reader", "read");
        Assert.Contains(
            "in o/r: reader has no push access",
            await github.FailAsync(
                "compare_commits",
                new
                {
                    owner = "o",
                    repo = "r",
                    @base = from,
                    head,
                }
            ),
            StringComparison.Ordinal
        );

        await using var trusted = await StartAsync();
        trusted
            .OnGraphQl(Public)
            .Permission("reader", "write")
            .On(
                $"GET /repos/o/r/compare/{Uri.EscapeDataString($"{from}...{head}")}",
                """{"status":"ahead","ahead_by":1,"behind_by":0,"total_commits":1}"""
            );
        Assert.Equal("ahead", (
                await trusted.ReadAsync(
                    "compare_commits",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        @base = from,
                        head,
                    }
                )
            ).GetProperty("status").GetString());
    }
}

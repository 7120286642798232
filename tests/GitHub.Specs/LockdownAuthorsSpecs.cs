using System.Text.Json;
using static GitHub.Specs.Lockdown;

namespace GitHub.Specs;

/// <summary>In lockdown, what several people may have written of comes only if all of them may push.</summary>
public sealed class LockdownAuthorsSpecs
{
    [Theory]
    [InlineData("push", "o/r", true)]
    [InlineData("workflow_dispatch", "o/r", true)]
    [InlineData("pull_request", "o/r", true)]
    [InlineData("pull_request", "writer/r", true)]
    [InlineData("pull_request", "reader/r", false)]
    [InlineData("pull_request", null, false)]
    [InlineData("issue_comment", "o/r", false)]
    [InlineData("issues", "o/r", false)]
    [InlineData("discussion_comment", "o/r", false)]
    [InlineData("pull_request_target", "o/r", false)]
    [InlineData("workflow_run", "o/r", false)]
    [InlineData("gollum", "o/r", false)]
    public async Task The_title_of_a_run_is_of_whoever_it_is_named_after(string trigger, string? fork, bool isShown)
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(Public)
            .Permission("writer", "write")
            .Permission("reader", "read")
            .On(
                "GET /repos/o/r/actions/runs/5",
                JsonSerializer.Serialize(
                    new
                    {
                        id = 5,
                        name = Evil,
                        display_title = Evil,
                        head_branch = Evil,
                        @event = trigger,
                        actor = new { login = "writer" },
                        repository = new { full_name = "o/r" },
                        head_repository = fork is null ? null : new { full_name = fork },
                    }
                )
            );
        var run = await github.CallAsync(
            "actions_get",
            new
            {
                method = "get_workflow_run",
                owner = "o",
                repo = "r",
                resource_id = "5",
            }
        );
        Assert.True(run.IsError != true, run.TextOf());
        Assert.Equal(isShown, run.TextOf().Contains(Evil, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("reader", "reader/r", false)]
    [InlineData("writer", "writer/r", true)]
    [InlineData("o", "o/r", true)]
    public async Task A_maintainers_pull_request_from_a_fork_has_the_forks_branch_and_content(string owner, string fork, bool isTrusted)
    {
        await using var github = await StartAsync();
        var pullRequest = JsonSerializer.Serialize(
            new
            {
                number = 1,
                title = "Ours",
                user = new { login = "writer" },
                head = new
                {
                    @ref = Evil,
                    sha = "abc",
                    user = new { login = owner },
                    repo = new { full_name = fork },
                },
                @base = new
                {
                    @ref = "main",
                    sha = "def",
                    user = new { login = "o" },
                    repo = new { full_name = "o/r" },
                },
            }
        );
        github
            .OnGraphQl(Public)
            .Permission("writer", "write")
            .Permission("reader", "read")
            .On("GET /repos/o/r/pulls/1", pullRequest)
            .On("GET /repos/o/r/pulls/1/commits", "[]");
        var shown = await ReadAsync("get");
        Assert.Contains("Ours", shown, StringComparison.Ordinal);
        Assert.Equal(isTrusted, shown.Contains(Evil, StringComparison.Ordinal));
        var commits = await ReadAsync("get_commits");
        Assert.Equal(
            !isTrusted,
            commits.Contains("the owner of the fork it is from has no push access to this public repository", StringComparison.Ordinal)
        );

        async Task<string> ReadAsync(string method) =>
            (
                await github.CallAsync(
                    "pull_request_read",
                    new
                    {
                        method,
                        owner = "o",
                        repo = "r",
                        pullNumber = 1,
                    }
                )
            ).TextOf();
    }

    [Theory]
    [InlineData("reader", false, false)]
    [InlineData("writer", false, true)]
    public async Task The_files_that_comments_are_on_are_named_by_whoever_changed_them(string author, bool isOfFork, bool isShown)
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(
                JsonSerializer.Serialize(
                    new
                    {
                        data = new
                        {
                            repository = new
                            {
                                pull_request = new
                                {
                                    author = new { login = author },
                                    is_cross_repository = isOfFork,
                                    head_owner = new { login = author },
                                    threads = new
                                    {
                                        nodes = new[]
                                        {
                                            new
                                            {
                                                id = "T",
                                                is_resolved = false,
                                                is_outdated = false,
                                                is_collapsed = false,
                                                comments = new
                                                {
                                                    total_count = 1,
                                                    nodes = new[]
                                                    {
                                                        new
                                                        {
                                                            id = 1,
                                                            body = "Please rename.",
                                                            path = Evil,
                                                            author = new { login = "writer" },
                                                        },
                                                    },
                                                },
                                            },
                                        },
                                    },
                                },
                            },
                        },
                    }
                )
            )
            .OnGraphQl(Public)
            .Permission("writer", "write")
            .Permission("reader", "read");
        var threads = await github.CallAsync(
            "pull_request_read",
            new
            {
                method = "get_review_comments",
                owner = "o",
                repo = "r",
                pullNumber = 1,
            }
        );
        Assert.Contains("Please rename.", threads.TextOf(), StringComparison.Ordinal);
        Assert.Equal(isShown, threads.TextOf().Contains(Evil, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(403)]
    public async Task Workflows_are_named_if_their_files_are_on_the_default_branch(int status)
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(Public)
            .On("GET /repos/o/r/contents/.github/workflows", status == 200 ? """[{"path":".github/workflows/own.yml"}]""" : "{}", status)
            .On(
                "GET /repos/o/r/actions/workflows",
                $$"""
                {"total_count":3,"workflows":[
                  {"id":1,"name":"Own","path":".github/workflows/own.yml","state":"active"},
                  {"id":2,"name":"{{Evil}}","path":".github/workflows/{{Evil}}.yml","state":"active","html_url":"https://x/{{Evil}}"},
                  {"id":3,"name":"CodeQL","path":"dynamic/github-code-scanning/codeql","state":"active"}]}
                """
            );
        var listed = await github.CallAsync(
            "actions_list",
            new
            {
                method = "list_workflows",
                owner = "o",
                repo = "r",
            }
        );
        Assert.True(listed.IsError != true, listed.TextOf());
        Assert.DoesNotContain(Evil, listed.TextOf(), StringComparison.Ordinal);
        Assert.Contains("CodeQL", listed.TextOf(), StringComparison.Ordinal);
        Assert.Equal(status == 200, listed.TextOf().Contains("Own", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("issue_write", "issues/1")]
    [InlineData("update_pull_request", "pulls/1")]
    [InlineData("update_issue_comment", "issues/comments/1")]
    public async Task A_withheld_body_is_not_written_over_by_an_edit_of_it(string tool, string path)
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(Public)
            .Permission("reader", "read")
            .On($"GET /repos/o/r/{path}", $$"""{"id":1,"number":1,"title":"t","body":"{{Evil}}","user":{"login":"reader"} }""");
        Assert.Contains(
            "lockdown mode withholds",
            await github.FailAsync(
                tool,
                new Dictionary<string, object?>
                {
                    ["owner"] = "o",
                    ["repo"] = "r",
                    ["method"] = tool == "issue_write" ? "update" : null,
                    [
                        tool switch
                        {
                            "issue_write" => "issue_number",
                            "update_pull_request" => "pullNumber",
                            _ => "comment_id",
                        }
                    ] = 1,
                    ["body_edits"] = new[] { new { new_text = "More." } },
                }
            ),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(github.Upstream.Received, request => request.Method == "PATCH");
    }
}

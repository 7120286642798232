using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GitHub.Specs;

public sealed class RepositorySpecs
{
    private const string Hello =
        """{"id":7,"name":"hello","full_name":"octo/hello","html_url":"https://github.com/octo/hello","default_branch":"main","private":false}""";

    [Fact]
    public async Task A_repository_is_not_deleted_for_a_client_that_cannot_ask()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/octo/hello", Hello);
        Assert.Contains(
            "Nothing was deleted",
            await github.FailAsync("delete_repository", new { owner = "octo", repo = "hello" }),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(github.Requests, request => request.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("accept", true)]
    [InlineData("decline", false)]
    public async Task A_repository_is_deleted_only_when_the_person_agrees(string action, bool deleted)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/octo/hello", Hello).On("DELETE /repos/octo/hello", "", 204);
        await using var client = await github.ConnectAsync(
            new McpClientOptions
            {
                Handlers = new() { ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult { Action = action }) },
            }
        );
        var result = await client.CallToolAsync(
            "delete_repository",
            new Dictionary<string, object?> { ["owner"] = "octo", ["repo"] = "hello" },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(deleted, result.IsError != true);
        Assert.Equal(deleted, github.Requests.Contains("DELETE /repos/octo/hello"));
    }

    [Fact]
    public async Task A_repository_that_goes_by_another_name_now_is_not_deleted_by_its_old_one()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/octo/old", "", 301, ("Location", $"{github.Upstream.Url}/api/v3/repositories/7"))
            .On("DELETE /repos/octo/old", "", 307, ("Location", $"{github.Upstream.Url}/api/v3/repositories/7"))
            .On("GET /repositories/7", Hello)
            .On("DELETE /repositories/7", "", 204);
        await using var client = await github.ConnectAsync(
            new() { Handlers = new() { ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult { Action = "accept" }) } }
        );
        var result = await client.CallToolAsync(
            "delete_repository",
            new Dictionary<string, object?> { ["owner"] = "octo", ["repo"] = "old" },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Contains("octo/old was renamed or moved and is octo/hello now", result.TextOf(), StringComparison.Ordinal);
        Assert.DoesNotContain(github.Requests, request => request.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gist_says_that_it_has_more_files_than_GitHub_lists()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /gists/1", """{"id":"1","truncated":true,"files":{"a.txt":{"filename":"a.txt","content":"a","truncated":false}}}""");
        Assert.True((await github.ReadAsync("get_gist", new { gist_id = "1" })).GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public async Task A_new_repository_is_private_unless_asked_otherwise()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("POST /user/repos", Hello);
        Assert.Equal("7", (await github.ReadAsync("create_repository", new { name = "hello" })).GetProperty("id").GetString());
        Assert.True(github.LastBody.GetProperty("private").GetBoolean());
    }

    [Fact]
    public async Task A_list_says_whether_there_is_more_and_how_to_get_it()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "GET /repos/o/r/branches?page=2&per_page=1",
            """[{"name":"b","commit":{"sha":"2"},"protected":false}]""",
            200,
            (
                "Link",
                "<https://api.github.com/x?page=1&per_page=1>; rel=\"prev\", <https://api.github.com/x?page=3&per_page=1>; rel=\"next\""
            )
        );
        var page = await github.ReadAsync(
            "list_branches",
            new
            {
                owner = "o",
                repo = "r",
                page = 2,
                perPage = 1,
            }
        );
        Assert.True(page.GetProperty("hasMore").GetBoolean());
        Assert.Equal(3, page.GetProperty("nextPage").GetInt32());
    }

    [Fact]
    public async Task Of_each_item_only_the_fields_asked_for_come()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/releases", """[{"id":1,"tag_name":"v1","name":"One","body":"long","draft":false}]""");
        var page = await github.ReadAsync(
            "list_releases",
            new
            {
                owner = "o",
                repo = "r",
                fields = new[] { "tag_name" },
            }
        );
        Assert.Equal("""{"tag_name":"v1"}""", page.GetProperty("items")[0].GetRawText());
    }

    [Fact]
    public async Task The_default_branch_is_not_deleted()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/octo/hello", Hello)
            .On("GET /repos/octo/hello/git/ref/heads/old/one", """{"ref":"refs/heads/old/one","object":{"sha":"abc","type":"commit"}}""")
            .On("DELETE /repos/octo/hello/git/refs/heads/old/one", "", 204);
        Assert.Contains(
            "is the default branch",
            await github.FailAsync(
                "delete_branch",
                new
                {
                    owner = "octo",
                    repo = "hello",
                    branch = "main",
                }
            ),
            StringComparison.Ordinal
        );
        await github.ReadAsync(
            "delete_branch",
            new
            {
                owner = "octo",
                repo = "hello",
                branch = "old/one",
            }
        );
        Assert.Equal("DELETE /repos/octo/hello/git/refs/heads/old/one", github.Requests[^1]);
    }

    [Fact]
    public async Task A_lightweight_tag_has_no_tag_object_and_an_annotated_one_does()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/git/ref/tags/v1", """{"ref":"refs/tags/v1","object":{"sha":"abc","type":"commit"}}""")
            .On("GET /repos/o/r/git/ref/tags/v2", """{"ref":"refs/tags/v2","object":{"sha":"def","type":"tag"}}""")
            .On("GET /repos/o/r/git/tags/def", """{"tag":"v2","sha":"def","message":"Two","object":{"sha":"123","type":"commit"}}""");
        Assert.Equal("abc", (
                await github.ReadAsync(
                    "get_tag",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        tag = "v1",
                    }
                )
            ).GetProperty("commit_sha").GetString());
        Assert.Equal("Two", (
                await github.ReadAsync(
                    "get_tag",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        tag = "v2",
                    }
                )
            ).GetProperty("message").GetString());
    }
}

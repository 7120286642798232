using System.Text.Json;

namespace GitHub.Specs;

/// <summary>Several files are one commit, and a push that fails says what is there and what was done.</summary>
public sealed class FilePushSpecs
{
    private const string Branch = """{"ref":"refs/heads/main","object":{"sha":"h","type":"commit"}}""";
    private const string NotAllowed = """{"message":"Resource not accessible"}""";

    [Fact]
    public async Task Many_files_are_one_commit_binary_ones_as_blobs()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/git/ref/heads/main", """{"ref":"refs/heads/main","object":{"sha":"h","type":"commit"}}""")
            .On("GET /repos/o/r/git/commits/h", """{"sha":"h","tree":{"sha":"t"}}""")
            .On("GET /repos/o/r/git/trees/h", """{"sha":"t","tree":[]}""")
            .On("POST /repos/o/r/git/blobs", """{"sha":"blob"}""", 201)
            .On("POST /repos/o/r/git/trees", """{"sha":"t2"}""", 201)
            .On("POST /repos/o/r/git/commits", """{"sha":"c2","tree":{"sha":"t2"},"html_url":"https://github.com/o/r/commit/c2"}""", 201)
            .On("PATCH /repos/o/r/git/refs/heads/main", """{"ref":"refs/heads/main","object":{"sha":"c2","type":"commit"}}""");
        var pushed = await github.ReadAsync(
            "push_files",
            new
            {
                owner = "o",
                repo = "r",
                branch = "main",
                message = "m",
                files = new object[]
                {
                    new { path = "a.txt", content = "text" },
                    new
                    {
                        path = "b.bin",
                        content = "AAEC",
                        encoding = "base64",
                    },
                },
            }
        );
        Assert.Equal("c2", pushed.GetProperty("sha").GetString());
        var tree = JsonDocument
            .Parse(github.Upstream.Received.Single(request => request.Target.EndsWith("/git/trees", StringComparison.Ordinal)).Body)
            .RootElement;
        Assert.Equal("text", tree.GetProperty("tree")[0].GetProperty("content").GetString());
        Assert.Equal("blob", tree.GetProperty("tree")[1].GetProperty("sha").GetString());
        Assert.False(github.LastBody.GetProperty("force").GetBoolean());
    }

    [Fact]
    public async Task An_empty_repository_is_started_with_the_first_file()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/git/ref/heads/main", """{"message":"Git Repository is empty."}""", 409)
            .On("PUT /repos/o/r/contents/a", """{"content":{"name":"a","path":"a","sha":"new","size":1},"commit":{"sha":"first"}}""", 201);
        Assert.Equal("first", (
                await github.ReadAsync(
                    "push_files",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        branch = "main",
                        message = "m",
                        files = new[] { new { path = "a", content = "x" } },
                    }
                )
            ).GetProperty("sha").GetString());
    }

    [Theory]
    [InlineData("push_files")]
    [InlineData("delete_file")]
    public async Task A_branch_that_moves_while_a_commit_is_written_stays_where_it_is_and_is_named(string tool)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/contents/a?ref=main", FileEntry.Of("a", "old"))
            .On("GET /repos/o/r/git/ref/heads/main", Branch)
            .On("GET /repos/o/r/git/ref/heads/main", Branch.Replace("\"h\"", "\"moved\"", StringComparison.Ordinal))
            .On("GET /repos/o/r/git/commits/h", """{"sha":"h","tree":{"sha":"t"}}""")
            .On("GET /repos/o/r/git/trees/h", """{"sha":"t","tree":[]}""")
            .On("POST /repos/o/r/git/trees", """{"sha":"t2"}""", 201)
            .On("POST /repos/o/r/git/commits", """{"sha":"c2","tree":{"sha":"t2"}}""", 201)
            .On("PATCH /repos/o/r/git/refs/heads/main", """{"message":"Update is not a fast forward"}""", 422);
        var said = await github.FailAsync(
            tool,
            tool == "delete_file"
                ? new
                {
                    owner = "o",
                    repo = "r",
                    branch = "main",
                    message = "m",
                    path = "a",
                }
                : new
                {
                    owner = "o",
                    repo = "r",
                    branch = "main",
                    message = "m",
                    files = new[] { new { path = "a", content = "x" } },
                }
        );
        Assert.Contains(
            "main was at h and is at moved now: look whether what changed there concerns these files, then make the same call again.",
            said,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "Of o/r this was done before: the commit written. This failed: branch main moved to it.",
            said,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_push_that_fails_half_way_says_what_was_done_what_failed_and_what_was_not_tried()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/git/ref/heads/main", Branch)
            .On("POST /repos/o/r/git/blobs", NotAllowed, 403)
            .On("POST /repos/o/r/git/blobs", """{"sha":"blob"}""", 201)
            .On("GET /repos/o/r/git/commits/h", """{"sha":"h","tree":{"sha":"t"}}""")
            .On("GET /repos/o/r/git/trees/h", """{"sha":"t","tree":[]}""")
            .On("POST /repos/o/r/git/trees", NotAllowed, 403);
        object push = new
        {
            owner = "o",
            repo = "r",
            branch = "main",
            message = "m",
            files = new object[]
            {
                new { path = "a.txt", content = "text" },
                new
                {
                    path = "b.bin",
                    content = "AAEC",
                    encoding = "base64",
                },
            },
        };
        Assert.EndsWith(
            "This failed: 1 large or binary file(s) uploaded. This was not tried: the commit written; branch main moved to it.",
            await github.FailAsync("push_files", push),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "Of o/r this was done before: 1 large or binary file(s) uploaded. This failed: the commit written. This was not tried: branch main moved to it.",
            await github.FailAsync("push_files", push),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(github.Requests, request => request.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_branch_is_made_at_the_commit_so_that_a_push_that_fails_leaves_none_behind()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/git/ref/heads/dev", """{"message":"Not Found"}""", 404)
            .On("GET /repos/o/r", """{"id":1,"name":"r","full_name":"o/r","default_branch":"main"}""")
            .On("GET /repos/o/r/git/ref/heads/main", Branch)
            .On("GET /repos/o/r/git/commits/h", """{"sha":"h","tree":{"sha":"t"}}""")
            .On("GET /repos/o/r/git/trees/h", """{"sha":"t","tree":[]}""")
            .On("POST /repos/o/r/git/trees", NotAllowed, 403)
            .On("POST /repos/o/r/git/trees", """{"sha":"t2"}""", 201)
            .On("POST /repos/o/r/git/commits", """{"sha":"c2","tree":{"sha":"t2"}}""", 201)
            .On("POST /repos/o/r/git/refs", """{"ref":"refs/heads/dev","object":{"sha":"c2","type":"commit"}}""", 201);
        object push = new
        {
            owner = "o",
            repo = "r",
            branch = "dev",
            message = "m",
            files = new[] { new { path = "a", content = "x" } },
        };
        Assert.EndsWith(
            "This failed: the commit written. This was not tried: branch dev made at it.",
            await github.FailAsync("push_files", push),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("POST /repos/o/r/git/refs", github.Requests);
        Assert.Equal("refs/heads/dev", (await github.ReadAsync("push_files", push)).GetProperty("ref").GetString());
        Assert.Equal("""{"ref":"refs/heads/dev","sha":"c2"}""", github.LastBody.GetRawText());
    }

    [Fact]
    public async Task An_empty_repository_that_was_started_is_said_to_be_when_the_other_files_fail()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/git/ref/heads/main", """{"message":"Git Repository is empty."}""", 409)
            .On("PUT /repos/o/r/contents/a", """{"content":{"name":"a","path":"a","sha":"new","size":1},"commit":{"sha":"first"}}""", 201)
            .On("GET /repos/o/r/git/commits/first", """{"sha":"first","tree":{"sha":"t"}}""")
            .On("GET /repos/o/r/git/trees/first", """{"sha":"t","tree":[]}""")
            .On("POST /repos/o/r/git/trees", NotAllowed, 403);
        var said = await github.FailAsync(
            "push_files",
            new
            {
                owner = "o",
                repo = "r",
                branch = "main",
                message = "m",
                files = new[] { new { path = "a", content = "x" }, new { path = "b", content = "y" } },
            }
        );
        Assert.EndsWith(
            "Of o/r this was done before: main of the empty repository started with a. This failed: the commit written. This was "
                + "not tried: branch main moved to it.",
            said,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_branch_that_exists_is_not_made_again_and_where_it_is_is_said()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/git/ref/heads/main", Branch)
            .On("GET /repos/o/r/git/ref/heads/dev", Branch)
            .On("POST /repos/o/r/git/refs", """{"message":"Reference already exists"}""", 422);
        Assert.EndsWith(
            "dev exists, at h.",
            await github.FailAsync(
                "create_branch",
                new
                {
                    owner = "o",
                    repo = "r",
                    branch = "dev",
                    from_branch = "main",
                }
            ),
            StringComparison.Ordinal
        );
    }
}

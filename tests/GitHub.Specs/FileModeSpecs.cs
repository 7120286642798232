using System.Text;
using System.Text.Json;

namespace GitHub.Specs;

/// <summary>What is written over an executable file or a link stays one, and what has changed since it was read stays as it is.</summary>
public sealed class FileModeSpecs
{
    private const string Written = """{"content":{"name":"run","path":"bin/run","sha":"new"},"commit":{"sha":"c"}}""";

    [Theory]
    [InlineData("create_or_update_file")]
    [InlineData("edit_file")]
    public async Task An_executable_file_stays_executable(string tool)
    {
        await using var github = await StartAsync("100755", "echo a\n");
        var written = await github.ReadAsync(tool, Write(tool));
        var entry = TreeOf(github).GetProperty("tree")[0];
        Assert.Equal(("bin/run", "100755", "b2"), (Text(entry, "path"), Text(entry, "mode"), Text(entry, "sha")));
        Assert.Equal(
            "echo b\n",
            Encoding.UTF8.GetString(Convert.FromBase64String(BodyOf(github, "/git/blobs").GetProperty("content").GetString()!))
        );
        Assert.Contains("\"b2\"", written.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(github.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("create_or_update_file")]
    [InlineData("edit_file")]
    public async Task An_ordinary_file_is_written_in_one_request(string tool)
    {
        await using var github = await StartAsync("100644", "echo a\n");
        await github.ReadAsync(tool, Write(tool));
        Assert.Single(github.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
        Assert.DoesNotContain(github.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_that_is_changed_stays_one()
    {
        const string ShaOfTarget = "2ce2597c969a6f3d62403b3d19c1bfc49d6c00d9";
        await using var github = await StartAsync("120000", "the other's text", ShaOfTarget);
        github.On($"GET /repos/o/r/git/blobs/{ShaOfTarget}", FileEntry.Blob("../other.md"u8.ToArray()));
        await github.ReadAsync(
            "create_or_update_file",
            new
            {
                owner = "o",
                repo = "r",
                branch = "main",
                message = "m",
                path = "bin/run",
                content = "../third.md\n",
                sha = ShaOfTarget,
                allow_symlink_write = true,
            }
        );
        Assert.Equal("120000", Text(TreeOf(github).GetProperty("tree")[0], "mode"));
        Assert.Equal("../third.md", Encoding.UTF8.GetString(Convert.FromBase64String(Text(BodyOf(github, "/git/blobs"), "content"))));
    }

    [Theory]
    [InlineData("create_or_update_file")]
    [InlineData("edit_file")]
    public async Task An_executable_file_that_changes_meanwhile_is_not_written_over(string tool)
    {
        await using var github = await StartAsync("100755", "echo a\n", atHead: "other");
        Assert.Contains(
            "bin/run has changed since: its sha on main is other, not abc",
            await github.FailAsync(tool, Write(tool)),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(github.Requests, request => request.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("read-before", "abc", "bin/run has changed since: its sha on main is abc, not read-before.")]
    [InlineData("abc", "other", "bin/run has changed since: its sha on main is other, not abc.")]
    public async Task A_file_that_has_changed_since_is_not_deleted(string sha, string atHead, string said)
    {
        await using var github = await StartAsync("100644", "a", atHead: atHead);
        Assert.Contains(said, await github.FailAsync("delete_file", Delete(sha)), StringComparison.Ordinal);
        Assert.DoesNotContain(github.Requests, request => !request.StartsWith("GET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_file_that_is_as_it_was_read_is_deleted(string? sha)
    {
        await using var github = await StartAsync("100644", "a");
        await github.ReadAsync("delete_file", Delete(sha));
        Assert.Equal(JsonValueKind.Null, TreeOf(github).GetProperty("tree")[0].GetProperty("sha").ValueKind);
    }

    [Theory]
    [InlineData("bin/run", "read-before", "bin/run has changed since: its sha on main is abc, not read-before.")]
    [InlineData("bin/new", "abc", "files: there is no 'bin/new' on main: leave its sha out to create it.")]
    public async Task Files_of_which_one_has_changed_since_are_not_pushed(string path, string sha, string said)
    {
        await using var github = await StartAsync("100755", "a");
        Assert.Contains(said, await github.FailAsync("push_files", Push(path, sha)), StringComparison.Ordinal);
        Assert.DoesNotContain(github.Requests, request => !request.StartsWith("GET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_that_are_as_they_were_read_are_pushed()
    {
        await using var github = await StartAsync("100755", "a");
        await github.ReadAsync("push_files", Push("bin/run", "abc"));
        Assert.Equal("100755", Text(TreeOf(github).GetProperty("tree")[0], "mode"));
    }

    private static async Task<StubbedGitHub> StartAsync(string mode, string text, string sha = "abc", string? atHead = null)
    {
        var github = await StubbedGitHub.StartAsync();
        return github
            .On("GET /repos/o/r/contents/bin/run", FileEntry.Of("bin/run", text, sha))
            .On("GET /repos/o/r/git/trees/main%3Abin", Tree("run", mode, sha))
            .On("GET /repos/o/r/git/trees/h%3Abin", Tree("run", mode, atHead ?? sha))
            .On("GET /repos/o/r/git/trees/h", Tree("bin/run", mode, atHead ?? sha))
            .On("GET /repos/o/r/git/ref/heads/main", """{"ref":"refs/heads/main","object":{"sha":"h","type":"commit"}}""")
            .On("GET /repos/o/r/git/commits/h", """{"sha":"h","tree":{"sha":"t"}}""")
            .On("POST /repos/o/r/git/blobs", """{"sha":"b2"}""", 201)
            .On("POST /repos/o/r/git/trees", """{"sha":"t2"}""", 201)
            .On("POST /repos/o/r/git/commits", """{"sha":"c2","tree":{"sha":"t2"}}""", 201)
            .On("PATCH /repos/o/r/git/refs/heads/main", """{"ref":"refs/heads/main","object":{"sha":"c2","type":"commit"}}""")
            .On("PUT /repos/o/r/contents/bin/run", Written);
    }

    private static string Tree(string path, string mode, string sha) =>
        $$"""{"sha":"t","tree":[{"path":"{{path}}","mode":"{{mode}}","type":"blob","sha":"{{sha}}"}]}""";

    private static object Write(string tool) =>
        tool == "edit_file"
            ? new
            {
                owner = "o",
                repo = "r",
                branch = "main",
                message = "m",
                path = "bin/run",
                edits = new[] { new { old_text = "echo a", new_text = "echo b" } },
            }
            : new
            {
                owner = "o",
                repo = "r",
                branch = "main",
                message = "m",
                path = "bin/run",
                content = "echo b\n",
                sha = "abc",
            };

    private static object Delete(string? sha) =>
        new
        {
            owner = "o",
            repo = "r",
            branch = "main",
            message = "m",
            path = "bin/run",
            sha,
        };

    private static object Push(string path, string sha) =>
        new
        {
            owner = "o",
            repo = "r",
            branch = "main",
            message = "m",
            files = new[]
            {
                new
                {
                    path,
                    content = "x",
                    sha,
                },
            },
        };

    private static JsonElement TreeOf(StubbedGitHub github) => BodyOf(github, "/git/trees");

    private static JsonElement BodyOf(StubbedGitHub github, string path) =>
        JsonDocument
            .Parse(
                github
                    .Upstream.Received.Single(request =>
                        request.Method == "POST" && request.Target.EndsWith(path, StringComparison.Ordinal)
                    )
                    .Body
            )
            .RootElement;

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}

using System.Text;
using System.Text.Json;

namespace GitHub.Specs;

/// <summary>What a push or a new file would take away without naming it, or change beside its text.</summary>
public sealed class FileStandingSpecs
{
    private const string NotFound = """{"message":"Not Found"}""";

    private const string Tree = """
        [
          {"path":"docs","mode":"040000","type":"tree","sha":"1"},
          {"path":"docs/a.md","mode":"100644","type":"blob","sha":"2","size":5},
          {"path":"latest","mode":"120000","type":"blob","sha":"3","size":4},
          {"path":"lib","mode":"160000","type":"commit","sha":"4"},
          {"path":"old.sql","mode":"100755","type":"blob","sha":"5","size":20},
          {"path":"win.txt","mode":"100644","type":"blob","sha":"6","size":8}
        ]
        """;

    [Theory]
    [InlineData("docs", "'docs' is a folder on main", false)]
    [InlineData("docs", "'docs' is a folder on main", true)]
    [InlineData("docs/a.md/b.md", "leads through docs/a.md, which is a file on main", false)]
    [InlineData("docs/a.md/b.md", "leads through docs/a.md, which is a file on main", true)]
    [InlineData("latest/x.md", "leads through latest, a symbolic link on main", false)]
    [InlineData("latest/x.md", "leads through latest, a symbolic link on main", true)]
    [InlineData("lib/x.c", "'lib/x.c' is in lib, a submodule on main", false)]
    [InlineData("lib/x.c", "'lib/x.c' is in lib, a submodule on main", true)]
    [InlineData("lib", "'lib' is a submodule on main", false)]
    [InlineData("lib", "'lib' is a submodule on main", true)]
    [InlineData("latest", "'latest' is a symbolic link on main", false)]
    [InlineData("latest", "'latest' is a symbolic link on main", true)]
    public async Task A_push_takes_no_folder_link_submodule_or_file_away(string path, string said, bool truncated)
    {
        await using var github = await PushableBranch.StartAsync();
        Cut(github, truncated);
        Assert.Contains(said, await github.FailAsync("push_files", Push((path, "x"))), StringComparison.Ordinal);
        Assert.DoesNotContain(github.Requests, request => !request.StartsWith("GET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_of_one_push_do_not_stand_in_each_others_way()
    {
        await using var github = await PushableBranch.StartAsync();
        Assert.Contains(
            "'new' is a file and a folder of others",
            await github.FailAsync("push_files", Push(("new", "x"), ("new/a", "x"))),
            StringComparison.Ordinal
        );
        Assert.Empty(github.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pushed_file_keeps_its_encoding_and_mode_and_lost_line_ends_are_told(bool truncated)
    {
        await using var github = await PushableBranch.StartAsync();
        Cut(github, truncated);
        byte[] utf16 = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("SELECT 1\r\n")];
        github
            .On("GET /repos/o/r/git/blobs/5", FileEntry.Blob(utf16))
            .On("GET /repos/o/r/git/blobs/6", FileEntry.Blob("a\r\nb\r\n"u8.ToArray()))
            .On("GET /repos/o/r/git/blobs/2", FileEntry.Blob("text\n"u8.ToArray()));
        var pushed = await github.ReadAsync("push_files", Push(("old.sql", "SELECT 'é'\n"), ("win.txt", "a\nc\n"), ("docs/a.md", "new\n")));
        Assert.StartsWith(
            "old.sql, win.txt: lines ended with \\r\\n before",
            pushed.GetProperty("note").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("SELECT 'é'\n")],
            Convert.FromBase64String(BodyOf(github, "/git/blobs").GetProperty("content").GetString()!)
        );
        var entries = BodyOf(github, "/git/trees")
            .GetProperty("tree")
            .EnumerateArray()
            .ToDictionary(entry => entry.GetProperty("path").GetString()!);
        Assert.Equal("100755", entries["old.sql"].GetProperty("mode").GetString());
        Assert.Equal("blob", entries["old.sql"].GetProperty("sha").GetString());
        Assert.Equal("new\n", entries["docs/a.md"].GetProperty("content").GetString());
        Assert.Equal("100644", entries["docs/a.md"].GetProperty("mode").GetString());
    }

    [Fact]
    public async Task A_character_that_the_encoding_has_not_is_told_before_anything_is_written()
    {
        await using var github = await PushableBranch.StartAsync();
        Cut(github, truncated: false);
        github.On("GET /repos/o/r/git/blobs/6", FileEntry.Blob([(byte)'c', (byte)'a', (byte)'f', 0xE9]));
        Assert.Contains(
            "win.txt is Windows-1252, which has no '日'",
            await github.FailAsync("push_files", Push(("win.txt", "日"))),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(github.Requests, request => !request.StartsWith("GET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("symlink", "which is a symbolic link on main")]
    [InlineData("file", "which is a file on main")]
    [InlineData("submodule", "which is a submodule on main")]
    public async Task A_new_file_leads_through_folders_only(string type, string said)
    {
        await using var github = await PushableBranch.StartAsync();
        github
            .On("GET /repos/o/r/contents/a/b/c/d.md", NotFound, 404)
            .On("GET /repos/o/r/contents/a/b/c", NotFound, 404)
            .On(
                "GET /repos/o/r/contents/a/b",
                JsonSerializer.Serialize(
                    new
                    {
                        type,
                        name = "b",
                        path = "a/b",
                        sha = "1",
                    }
                )
            );
        Assert.Contains(
            said,
            await github.FailAsync(
                "create_or_update_file",
                new
                {
                    owner = "o",
                    repo = "r",
                    path = "a/b/c/d.md",
                    content = "x",
                    message = "m",
                    branch = "main",
                }
            ),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(github.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_path_with_the_lines_of_a_link_says_how_to_give_them()
    {
        await using var github = await PushableBranch.StartAsync();
        github
            .On("GET /repos/o/r/contents/src/a.cs%23L10-L20", NotFound, 404)
            .On("GET /repos/o/r/git/trees/HEAD", """{"sha":"t","tree":[]}""");
        Assert.EndsWith(
            "Give path='src/a.cs' and the lines as startLine and endLine.",
            await github.FailAsync(
                "get_file_contents",
                new
                {
                    owner = "o",
                    repo = "r",
                    path = "src/a.cs#L10-L20",
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_path_through_a_link_says_where_the_file_is()
    {
        const string Sha = "2ce2597c969a6f3d62403b3d19c1bfc49d6c00d9";
        await using var github = await PushableBranch.StartAsync();
        github
            .On("GET /repos/o/r/contents/docs/latest/x/y.md", NotFound, 404)
            .On(
                "GET /repos/o/r/git/trees/HEAD",
                $$"""{"sha":"t","tree":[{"path":"docs/latest","mode":"120000","type":"blob","sha":"{{Sha}}"}]}"""
            )
            .On($"GET /repos/o/r/git/blobs/{Sha}", FileEntry.Blob("../other.md"u8.ToArray()));
        Assert.Contains(
            "leads through docs/latest, a symbolic link to other.md: read other.md/x/y.md.",
            await github.FailAsync(
                "get_file_contents",
                new
                {
                    owner = "o",
                    repo = "r",
                    path = "docs/latest/x/y.md",
                }
            ),
            StringComparison.Ordinal
        );
    }

    /// <summary>The tree whole, or in the parts that a cut one is read in.</summary>
    private static void Cut(StubbedGitHub github, bool truncated)
    {
        var entries = JsonDocument.Parse(Tree).RootElement.EnumerateArray().ToList();
        var root = entries.Where(entry => !entry.GetProperty("path").GetString()!.Contains('/', StringComparison.Ordinal));
        const string Docs = """{"sha":"1","tree":[{"path":"a.md","mode":"100644","type":"blob","sha":"2","size":5}]}""";
        github
            .On(
                "GET /repos/o/r/git/trees/h?recursive=1",
                $$"""{"sha":"t","tree":{{(truncated ? "[]" : Tree)}},"truncated":{{(truncated ? "true" : "false")}}}"""
            )
            .On("GET /repos/o/r/git/trees/h", $$"""{"sha":"t","tree":[{{string.Join(',', root)}}]}""")
            .On("GET /repos/o/r/git/trees/h%3Adocs", Docs);
    }

    private static object Push(params (string Path, string Content)[] files) =>
        new
        {
            owner = "o",
            repo = "r",
            branch = "main",
            message = "m",
            files = files.Select(file => new { path = file.Path, content = file.Content }),
        };

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
}

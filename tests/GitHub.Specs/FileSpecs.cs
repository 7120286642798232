using System.Globalization;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace GitHub.Specs;

public sealed class FileSpecs
{
    [Fact]
    public async Task A_file_is_plain_text_with_its_sha()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/contents/src/a%20b.cs?ref=main", File("src/a b.cs", "one\ntwo\n"));
        var result = await github.CallAsync("get_file_contents", new { owner = "o", repo = "r", path = "/src/a b.cs", @ref = "main" });
        Assert.Equal("one\ntwo\n", ((TextContentBlock)result.Content[0]).Text);
        Assert.Contains("lines 1-2 of 2", ((TextContentBlock)result.Content[1]).Text, StringComparison.Ordinal);
        Assert.Contains("sha abc", ((TextContentBlock)result.Content[1]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_file_comes_in_parts_and_says_how_to_go_on()
    {
        await using var github = await StubbedGitHub.StartAsync();
        var text = string.Concat(Enumerable.Range(1, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"line {i}\n")));
        github.On("GET /repos/o/r/contents/big.txt", File("big.txt", text));
        var first = await github.CallAsync("get_file_contents", new { owner = "o", repo = "r", path = "big.txt" });
        Assert.InRange(first.TextOf().Length, 1000, 90_000);
        Assert.Contains("Get the rest with startLine=", first.TextOf(), StringComparison.Ordinal);
        var part = await github.CallAsync("get_file_contents", new { owner = "o", repo = "r", path = "big.txt", startLine = 100, endLine = 101 });
        Assert.Equal("line 100\nline 101", ((TextContentBlock)part.Content[0]).Text);
    }

    [Fact]
    public async Task A_file_above_one_megabyte_is_fetched_raw()
    {
        await using var github = await StubbedGitHub.StartAsync();
        var answers = new Queue<string>(["""{"type":"file","name":"b","path":"b","sha":"abc","size":2000000,"encoding":"none","content":""}""", "raw text"]);
        github.Upstream.On("GET /api/v3/repos/o/r/contents/b", answers.Dequeue()).On("GET /api/v3/repos/o/r/contents/b", answers.Dequeue());
        var result = await github.CallAsync("get_file_contents", new { owner = "o", repo = "r", path = "b" });
        Assert.Equal("raw text", ((TextContentBlock)result.Content[0]).Text);
        Assert.Equal("application/vnd.github.raw+json", github.Upstream.Received[1].Headers["Accept"]);
    }

    [Fact]
    public async Task Binary_files_pictures_submodules_and_folders_are_told_apart()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/contents/a.bin", File("a.bin", "\0\u0001"))
            .On("GET /repos/o/r/contents/a.png", File("a.png", "\0PNG"))
            .On("GET /repos/o/r/contents/lib", """{"type":"submodule","name":"lib","path":"lib","sha":"def","size":0,"submodule_git_url":"https://github.com/x/lib"}""")
            .On("GET /repos/o/r/contents", """{"type":"dir","name":"","path":"","sha":"d","size":0,"entries":[{"type":"file","name":"a","path":"a","sha":"1","size":3}]}""");
        Assert.Contains("binary, 2 bytes", (await github.CallAsync("get_file_contents", new { owner = "o", repo = "r", path = "a.bin" })).TextOf(), StringComparison.Ordinal);
        Assert.Equal("image/png", ((ImageContentBlock)(await github.CallAsync("get_file_contents", new { owner = "o", repo = "r", path = "a.png" })).Content[0]).MimeType);
        Assert.Contains("submodule of https://github.com/x/lib at commit def", (await github.CallAsync("get_file_contents", new { owner = "o", repo = "r", path = "lib" })).TextOf(), StringComparison.Ordinal);
        var folder = await github.ReadAsync("get_file_contents", new { owner = "o", repo = "r", fields = new[] { "name" } });
        Assert.Equal("""{"name":"a"}""", folder.GetProperty("items")[0].GetRawText());
    }

    [Fact]
    public async Task A_missed_path_gets_suggestions()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/contents/readme.md", """{"message":"Not Found"}""", 404)
            .On("GET /repos/o/r/git/trees/HEAD?recursive=1", """{"sha":"t","truncated":false,"tree":[{"path":"docs/README.md","mode":"100644","type":"blob","sha":"1"}]}""");
        Assert.Contains("Did you mean docs/README.md?", await github.FailAsync("get_file_contents", new { owner = "o", repo = "r", path = "readme.md" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_existing_file_is_replaced_only_with_its_sha()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/contents/a?ref=main", File("a", "old")).On("PUT /repos/o/r/contents/a", """{"content":{"name":"a","path":"a","sha":"new","size":3},"commit":{"sha":"c"}}""");
        object Write(string? sha) => new { owner = "o", repo = "r", path = "a", content = "öl", message = "m", branch = "main", sha };
        Assert.Contains("give sha=abc to replace it", await github.FailAsync("create_or_update_file", Write(null)), StringComparison.Ordinal);
        Assert.Contains("has changed since", await github.FailAsync("create_or_update_file", Write("stale")), StringComparison.Ordinal);
        await github.ReadAsync("create_or_update_file", Write("abc"));
        Assert.Equal("öl", Encoding.UTF8.GetString(Convert.FromBase64String(github.LastBody.GetProperty("content").GetString()!)));
        Assert.Single(github.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_files_are_one_commit_binary_ones_as_blobs()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/git/ref/heads/main", """{"ref":"refs/heads/main","object":{"sha":"h","type":"commit"}}""")
            .On("GET /repos/o/r/git/commits/h", """{"sha":"h","tree":{"sha":"t"}}""")
            .On("POST /repos/o/r/git/blobs", """{"sha":"blob"}""", 201)
            .On("POST /repos/o/r/git/trees", """{"sha":"t2"}""", 201)
            .On("POST /repos/o/r/git/commits", """{"sha":"c2","tree":{"sha":"t2"},"html_url":"https://github.com/o/r/commit/c2"}""", 201)
            .On("PATCH /repos/o/r/git/refs/heads/main", """{"ref":"refs/heads/main","object":{"sha":"c2","type":"commit"}}""");
        var pushed = await github.ReadAsync("push_files", new
        {
            owner = "o", repo = "r", branch = "main", message = "m",
            files = new object[] { new { path = "a.txt", content = "text" }, new { path = "b.bin", content = "AAEC", encoding = "base64" } },
        });
        Assert.Equal("c2", pushed.GetProperty("sha").GetString());
        var tree = JsonDocument.Parse(github.Upstream.Received.Single(request => request.Target.EndsWith("/git/trees", StringComparison.Ordinal)).Body).RootElement;
        Assert.Equal("text", tree.GetProperty("tree")[0].GetProperty("content").GetString());
        Assert.Equal("blob", tree.GetProperty("tree")[1].GetProperty("sha").GetString());
        Assert.False(github.LastBody.GetProperty("force").GetBoolean());
    }

    [Fact]
    public async Task An_empty_repository_is_started_with_the_first_file()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/git/ref/heads/main", """{"message":"Git Repository is empty."}""", 409)
            .On("PUT /repos/o/r/contents/a", """{"content":{"name":"a","path":"a","sha":"new","size":1},"commit":{"sha":"first"}}""", 201);
        Assert.Equal("first", (await github.ReadAsync("push_files", new { owner = "o", repo = "r", branch = "main", message = "m", files = new[] { new { path = "a", content = "x" } } })).GetProperty("sha").GetString());
    }

    private static string File(string path, string text) => JsonSerializer.Serialize(new
    {
        type = "file", name = Path.GetFileName(path), path, sha = "abc", size = Encoding.UTF8.GetByteCount(text), encoding = "base64", content = Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks),
    });
}

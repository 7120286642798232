using System.Text;
using System.Text.Json;

namespace GitHub.Specs;

/// <summary>Encodings, links, submodules, pointers and long folders: what a file is, is told and kept.</summary>
public sealed class FileKindSpecs
{
    [Theory]
    [InlineData("utf-16", "UTF-16 LE with BOM")]
    [InlineData("utf-32", "UTF-32 LE with BOM")]
    [InlineData("latin-1", "Windows-1252")]
    [InlineData("shift_jis", "Shift-JIS")]
    [InlineData("bom", "UTF-8 with BOM")]
    public async Task A_file_in_another_encoding_is_read_and_edited_in_it(string encoding, string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        const string Japanese = "ひらがな\n";
        byte[] bytes = encoding switch
        {
            "utf-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("SELECT 'é'\r\n")],
            "utf-32" => [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes("SELECT '🎉'\r\n")],
            "latin-1" => Encoding.Latin1.GetBytes("caf\u00e9;1\nth\u00e9;2\n"),
            "shift_jis" => Encoding.GetEncoding(932).GetBytes(Japanese),
            _ => [0xEF, 0xBB, 0xBF, .. "a,b\n"u8],
        };
        var text = encoding switch
        {
            "utf-16" => "SELECT 'é'\r\n",
            "utf-32" => "SELECT '🎉'\r\n",
            "latin-1" => "café;1\nthé;2\n",
            "shift_jis" => Japanese,
            _ => "a,b\n",
        };
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/contents/f", FileEntry.Of("f", bytes))
            .On("GET /repos/o/r/git/trees/main", FileEntry.RootWith("f"))
            .On("PUT /repos/o/r/contents/f", """{"content":{"name":"f","path":"f","sha":"new"},"commit":{"sha":"c"}}""");
        var read = await github.CallAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                path = "f",
            }
        );
        Assert.Equal(text, read.Content.OfType<ModelContextProtocol.Protocol.TextContentBlock>().First().Text);
        Assert.Contains(name, read.TextOf(), StringComparison.Ordinal);
        await github.InsertFirstAsync("first");
        var written = Convert.FromBase64String(github.LastBody.GetProperty("content").GetString()!);
        var lineEnd = encoding is "utf-16" or "utf-32" ? "\r\n" : "\n";
        Assert.Equal(FileBytes(encoding, "first" + lineEnd + text), written);
    }

    [Fact]
    public async Task A_symbolic_link_is_told_and_not_written_through()
    {
        const string ShaOfTarget = "2ce2597c969a6f3d62403b3d19c1bfc49d6c00d9";
        var target = "../other.md"u8.ToArray();
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/contents/docs/example.md", FileEntry.Of("docs/example.md", "the other's text"u8.ToArray(), ShaOfTarget))
            .On(
                $"GET /repos/o/r/git/blobs/{ShaOfTarget}",
                JsonSerializer.Serialize(new { content = Convert.ToBase64String(target), encoding = "base64" })
            );
        Assert.Contains(
            "docs/example.md is a symbolic link to other.md",
            (
                await github.CallAsync(
                    "get_file_contents",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        path = "docs/example.md",
                    }
                )
            ).TextOf(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "symlink_write_requires_opt_in: docs/example.md is a symbolic link to other.md",
            await github.FailAsync(
                "create_or_update_file",
                new
                {
                    owner = "o",
                    repo = "r",
                    path = "docs/example.md",
                    content = "x",
                    message = "m",
                    branch = "main",
                    sha = ShaOfTarget,
                }
            ),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(github.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pushed_file_stays_executable_and_a_link_a_link()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/git/ref/heads/main", """{"ref":"refs/heads/main","object":{"sha":"h","type":"commit"}}""")
            .On("GET /repos/o/r/git/commits/h", """{"sha":"h","tree":{"sha":"t"}}""")
            .On(
                "GET /repos/o/r/git/trees/h",
                """{"sha":"t","tree":[{"path":"run","mode":"100755","type":"blob","sha":"1"},{"path":"link","mode":"120000","type":"blob","sha":"2"}]}"""
            )
            .On("POST /repos/o/r/git/trees", """{"sha":"t2"}""", 201)
            .On("POST /repos/o/r/git/commits", """{"sha":"c2","tree":{"sha":"t2"}}""", 201)
            .On("PATCH /repos/o/r/git/refs/heads/main", """{"ref":"refs/heads/main","object":{"sha":"c2","type":"commit"}}""");
        await github.ReadAsync("push_files", Push("run"));
        var tree = github.Upstream.Received.Single(request =>
            request.Method == "POST" && request.Target.EndsWith("/git/trees", StringComparison.Ordinal)
        );
        Assert.Contains("\"mode\":\"100755\"", tree.Text, StringComparison.Ordinal);
        Assert.Contains("'link' is a symbolic link", await github.FailAsync("push_files", Push("link")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
        "pointer of Git LFS: the file itself has 12,345 bytes"
    )]
    public async Task A_pointer_of_LFS_is_told_for_one(string text, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/contents/f", FileEntry.Of("f", Encoding.UTF8.GetBytes(text)));
        Assert.Contains(
            said,
            (
                await github.CallAsync(
                    "get_file_contents",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        path = "f",
                    }
                )
            ).TextOf(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_path_in_a_submodule_says_so()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/contents/lib/x.c", """{"message":"Not Found"}""", 404)
            .On("GET /repos/o/r/git/trees/HEAD", """{"sha":"t","tree":[{"path":"lib","mode":"160000","type":"commit","sha":"5ub"}]}""");
        Assert.Contains(
            "'lib/x.c' is in lib, a submodule at commit 5ub",
            await github.FailAsync(
                "get_file_contents",
                new
                {
                    owner = "o",
                    repo = "r",
                    path = "lib/x.c",
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_folder_longer_than_GitHub_lists_is_listed_whole()
    {
        await using var github = await StubbedGitHub.StartAsync();
        var entries = Enumerable
            .Range(0, 1000)
            .Select(i => new
            {
                type = "file",
                name = $"f{i}",
                path = $"d/f{i}",
                sha = "1",
            });
        github
            .On(
                "GET /repos/o/r/contents/d",
                JsonSerializer.Serialize(
                    new
                    {
                        type = "dir",
                        name = "d",
                        path = "d",
                        sha = "t",
                        entries,
                    }
                )
            )
            .On(
                "GET /repos/o/r/git/trees/HEAD%3Ad",
                JsonSerializer.Serialize(
                    new
                    {
                        sha = "t",
                        tree = Enumerable
                            .Range(0, 1200)
                            .Select(i => new
                            {
                                path = $"f{i}",
                                mode = "100644",
                                type = "blob",
                                sha = "1",
                            }),
                    }
                )
            );
        var folder = await github.ReadAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                path = "d",
                fields = new[] { "path" },
            }
        );
        Assert.Equal(1200, folder.GetProperty("items").GetArrayLength());
        Assert.Equal("d/f1199", folder.GetProperty("items")[1199].GetProperty("path").GetString());
    }

    private static object Push(string path) =>
        new
        {
            owner = "o",
            repo = "r",
            branch = "main",
            message = "m",
            files = new[] { new { path, content = "x" } },
        };

    private static byte[] FileBytes(string encoding, string text) =>
        encoding switch
        {
            "utf-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            "utf-32" => [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(text)],
            "latin-1" => Encoding.Latin1.GetBytes(text),
            "shift_jis" => Encoding.GetEncoding(932).GetBytes(text),
            _ => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
        };
}

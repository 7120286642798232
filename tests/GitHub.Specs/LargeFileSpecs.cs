using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GitHub.Specs;

/// <summary>Files whose content GitHub leaves out or keeps elsewhere: beyond 1 MB, and in LFS.</summary>
public sealed class LargeFileSpecs
{
    [Fact]
    public async Task A_file_without_its_content_is_known_for_a_link_by_its_folder()
    {
        const string Sha = "2ce2597c969a6f3d62403b3d19c1bfc49d6c00d9";
        await using var github = await PushableBranch.StartAsync();
        github
            .On(
                "GET /repos/o/r/contents/d/big.md",
                JsonSerializer.Serialize(
                    new
                    {
                        type = "file",
                        name = "big.md",
                        path = "d/big.md",
                        sha = Sha,
                        size = 2_000_000,
                        encoding = "none",
                        content = "",
                    }
                )
            )
            .On(
                "GET /repos/o/r/git/trees/main%3Ad",
                $$"""{"sha":"t","tree":[{"path":"big.md","mode":"120000","type":"blob","sha":"{{Sha}}"}]}"""
            )
            .On($"GET /repos/o/r/git/blobs/{Sha}", FileEntry.Blob("../other.md"u8.ToArray()));
        Assert.Contains(
            "d/big.md is a symbolic link to other.md",
            await github.FailAsync(
                "create_or_update_file",
                new
                {
                    owner = "o",
                    repo = "r",
                    path = "d/big.md",
                    content = "x",
                    message = "m",
                    branch = "main",
                    sha = Sha,
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", "latin-1")]
    [InlineData("o/r", "latin-1")]
    [InlineData("", "utf-16")]
    [InlineData("o/r", "utf-8 with BOM")]
    [InlineData("o/r", "json")]
    [InlineData("", "halves of characters")]
    public async Task A_file_that_comes_without_its_content_keeps_its_bytes_when_it_is_edited(string allowed, string kind)
    {
        const int Lines = 60_000;
        byte[] bytes = kind switch
        {
            "latin-1" => [.. Enumerable.Repeat(Encoding.Latin1.GetBytes("Größe über alles\n"), Lines).SelectMany(line => line)],
            "utf-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(string.Concat(Enumerable.Repeat("SELECT 'é'\r\n", Lines)))],
            "json" => Encoding.UTF8.GetBytes(
                $$"""[{{string.Join(",\n", Enumerable.Repeat("""{"html_url":"https://github.com/victim/secret/issues/1"}""", Lines / 2))}}]"""
            ),
            "halves of characters" => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("""{"half":"\ud83e"}""" + "\n", Lines))),
            _ => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("naïve text of a line\n", Lines)))],
        };
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", allowed));
        github.On("GET /repos/o/r/git/trees/main", """{"sha":"t","tree":[]}""");
        github.Upstream.On(
            "GET /api/v3/repos/o/r/contents/f",
            context =>
            {
                var isRaw = context.Request.Headers.Accept.ToString().Contains("raw", StringComparison.Ordinal);
                context.Response.ContentType = $"application/vnd.github.{(isRaw ? "raw" : "object")}+json; charset=utf-8";
                return isRaw
                    ? context.Response.Body.WriteAsync(bytes).AsTask()
                    : context.Response.WriteAsync(
                        JsonSerializer.Serialize(
                            new
                            {
                                type = "file",
                                name = "f",
                                path = "f",
                                sha = "1",
                                size = bytes.Length,
                                encoding = "none",
                                content = "",
                            }
                        )
                    );
            }
        );
        github.On("PUT /repos/o/r/contents/f", """{"content":{"name":"f","path":"f","sha":"new"},"commit":{"sha":"c"}}""");
        await github.InsertFirstAsync("x");

        var written = Convert.FromBase64String(github.LastBody.GetProperty("content").GetString()!);
        byte[] added = kind switch
        {
            "utf-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("x\r\n")],
            "utf-8 with BOM" => [0xEF, 0xBB, 0xBF, .. "x\n"u8],
            _ => [.. "x\n"u8],
        };
        var mark = added.Length - (kind == "utf-16" ? 6 : 2);
        Assert.True(written.AsSpan().StartsWith(added));
        Assert.True(written.AsSpan(added.Length).SequenceEqual(bytes.AsSpan(mark)));
    }

    [Theory]
    [InlineData("create_or_update_file", null)]
    [InlineData("create_or_update_file", "base64")]
    [InlineData("edit_file", null)]
    [InlineData("push_files", null)]
    [InlineData("push_files", "base64")]
    public async Task A_pointer_of_LFS_is_not_written_over(string tool, string? encoding)
    {
        var pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"u8.ToArray();
        await using var github = await PushableBranch.StartAsync();
        github
            .On("GET /repos/o/r/contents/model.bin", FileEntry.Of("model.bin", pointer))
            .On(
                "GET /repos/o/r/git/trees/h",
                """{"sha":"t","tree":[{"path":"model.bin","mode":"100644","type":"blob","sha":"7","size":70}]}"""
            )
            .On("GET /repos/o/r/git/blobs/7", FileEntry.Blob(pointer));
        var sha = JsonDocument.Parse(FileEntry.Of("model.bin", pointer)).RootElement.GetProperty("sha").GetString();
        Assert.Contains(
            "model.bin is a pointer of Git LFS",
            await github.FailAsync(
                tool,
                new Dictionary<string, object?>
                {
                    ["owner"] = "o",
                    ["repo"] = "r",
                    ["branch"] = "main",
                    ["message"] = "m",
                    ["path"] = tool == "push_files" ? null : "model.bin",
                    ["content"] = tool == "create_or_update_file" ? "AAEC" : null,
                    ["encoding"] = tool == "create_or_update_file" ? encoding : null,
                    ["sha"] = tool == "push_files" ? null : sha,
                    ["edits"] = tool == "edit_file" ? new[] { new { insert_after_line = 0, new_text = "x" } } : null,
                    ["files"] =
                        tool == "push_files"
                            ? new[]
                            {
                                new
                                {
                                    path = "model.bin",
                                    content = "AAEC",
                                    encoding,
                                },
                            }
                            : null,
                }
            ),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(github.Requests, request => !request.StartsWith("GET", StringComparison.Ordinal));
    }
}

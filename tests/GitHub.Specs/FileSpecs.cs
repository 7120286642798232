using ModelContextProtocol.Protocol;

namespace GitHub.Specs;

public sealed class FileSpecs
{
    [Fact]
    public async Task A_file_is_plain_text_with_its_sha()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/contents/src/a%20b.cs?ref=main", FileEntry.Of("src/a b.cs", "one\ntwo\n"));
        var result = await github.CallAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                path = "/src/a b.cs",
                @ref = "main",
            }
        );
        Assert.Equal("one\ntwo\n", ((TextContentBlock)result.Content[0]).Text);
        Assert.Contains("lines 1-2 of 2", ((TextContentBlock)result.Content[1]).Text, StringComparison.Ordinal);
        Assert.Contains("sha abc", ((TextContentBlock)result.Content[1]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_is_said_to_be_empty()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/contents/a", FileEntry.Of("a", ""));
        Assert.Equal(
            "a: empty, 0 bytes, sha abc",
            (
                await github.CallAsync(
                    "get_file_contents",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        path = "a",
                    }
                )
            ).TextOf()
        );
    }

    [Theory]
    // 2,001 pixels wide; named as a picture and none.
    [InlineData("89504E470D0A1A0A0000000D49484452000007D10000025808060000", "a picture of 2001 x 600 pixels, too large to be shown")]
    [InlineData("00504E47", "binary, 4 bytes")]
    public async Task A_picture_that_cannot_be_shown_is_a_sentence_with_its_link(string hex, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/contents/a.png", FileEntry.Of("a.png", Convert.FromHexString(hex)));
        var result = await github.CallAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                path = "a.png",
            }
        );
        Assert.Contains(said, Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text, StringComparison.Ordinal);
        Assert.Contains("https://h/a.png", result.TextOf(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_above_100_MB_is_nothing_a_right_could_help_with()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "GET /repos/o/r/contents/a",
            """
            {"message":"This API returns blobs up to 100 MB in size. The requested blob is too large to fetch via the API, but you can always clone the repository via Git in order to obtain it.",
             "errors":[{"resource":"Blob","field":"data","code":"too_large"}]}
            """,
            403
        );
        var said = await github.FailAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                path = "a",
            }
        );
        Assert.Contains("The requested blob is too large", said, StringComparison.Ordinal);
        Assert.Contains("up to 100 MB; larger ones need a clone of the repository", said, StringComparison.Ordinal);
        Assert.DoesNotContain("token", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_above_one_megabyte_is_fetched_raw()
    {
        await using var github = await StubbedGitHub.StartAsync();
        var answers = new Queue<string>([
            """{"type":"file","name":"b","path":"b","sha":"abc","size":2000000,"encoding":"none","content":""}""",
            "raw text",
        ]);
        github.Upstream.On("GET /api/v3/repos/o/r/contents/b", answers.Dequeue()).On("GET /api/v3/repos/o/r/contents/b", answers.Dequeue());
        github.On("GET /repos/o/r/git/trees/HEAD", """{"sha":"t","tree":[]}""");
        var result = await github.CallAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                path = "b",
            }
        );
        Assert.Equal("raw text", ((TextContentBlock)result.Content[0]).Text);
        Assert.Equal("application/vnd.github.raw+json", github.Upstream.Received[1].Headers["Accept"]);
    }

    [Fact]
    public async Task Binary_files_pictures_submodules_and_folders_are_told_apart()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/contents/a.bin", FileEntry.Of("a.bin", "\0\u0001"))
            .On(
                "GET /repos/o/r/contents/a.png",
                FileEntry.Of("a.png", Convert.FromHexString("89504E470D0A1A0A0000000D49484452000003200000025808060000"))
            )
            .On(
                "GET /repos/o/r/contents/lib",
                """{"type":"submodule","name":"lib","path":"lib","sha":"def","size":0,"submodule_git_url":"https://github.com/x/lib"}"""
            )
            .On(
                "GET /repos/o/r/contents",
                """{"type":"dir","name":"","path":"","sha":"d","size":0,"entries":[{"type":"file","name":"a","path":"a","sha":"1","size":3}]}"""
            );
        Assert.Contains(
            "binary, 2 bytes",
            (
                await github.CallAsync(
                    "get_file_contents",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        path = "a.bin",
                    }
                )
            ).TextOf(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "image/png",
            (
                (ImageContentBlock)
                    (
                        await github.CallAsync(
                            "get_file_contents",
                            new
                            {
                                owner = "o",
                                repo = "r",
                                path = "a.png",
                            }
                        )
                    ).Content[0]
            ).MimeType
        );
        Assert.Contains(
            "submodule of https://github.com/x/lib at commit def",
            (
                await github.CallAsync(
                    "get_file_contents",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        path = "lib",
                    }
                )
            ).TextOf(),
            StringComparison.Ordinal
        );
        var folder = await github.ReadAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                fields = new[] { "name" },
            }
        );
        Assert.Equal("""{"name":"a"}""", folder.GetProperty("items")[0].GetRawText());
    }

    [Fact]
    public async Task A_missed_path_gets_suggestions()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/contents/readme.md", """{"message":"Not Found"}""", 404)
            .On(
                "GET /repos/o/r/git/trees/HEAD?recursive=1",
                """{"sha":"t","truncated":false,"tree":[{"path":"docs/README.md","mode":"100644","type":"blob","sha":"1"}]}"""
            );
        Assert.Contains(
            "Did you mean docs/README.md?",
            await github.FailAsync(
                "get_file_contents",
                new
                {
                    owner = "o",
                    repo = "r",
                    path = "readme.md",
                }
            ),
            StringComparison.Ordinal
        );
    }
}

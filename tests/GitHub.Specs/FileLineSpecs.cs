using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace GitHub.Specs;

/// <summary>Long files come in lines, counted as editors do.</summary>
public sealed class FileLineSpecs
{
    [Fact]
    public async Task A_long_file_comes_in_parts_and_says_how_to_go_on()
    {
        await using var github = await StubbedGitHub.StartAsync();
        var text = string.Concat(Enumerable.Range(1, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"line {i}\n")));
        github.On("GET /repos/o/r/contents/big.txt", FileEntry.Of("big.txt", text));
        var first = await github.CallAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                path = "big.txt",
            }
        );
        Assert.InRange(first.TextOf().Length, 1000, 90_000);
        Assert.Contains("Get the rest with startLine=", first.TextOf(), StringComparison.Ordinal);
        var part = await github.CallAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                path = "big.txt",
                startLine = 100,
                endLine = 101,
            }
        );
        Assert.Equal("line 100\nline 101", ((TextContentBlock)part.Content[0]).Text);
        Assert.Contains("lines 100-101 of 20000", part.TextOf(), StringComparison.Ordinal);
        var cursor = CursorOf(part.TextOf());
        Assert.Contains("]\n\nline 102\nline 103\n", await ReadOnAsync(new { cursor }), StringComparison.Ordinal);
        Assert.StartsWith("'Line 19876' is in 1 place", await ReadOnAsync(new { cursor, find = "Line 19876" }), StringComparison.Ordinal);
        Assert.StartsWith(
            "'line 5\n' is in 1 place",
            await ReadOnAsync(new { cursor = CursorOf(first.TextOf()), find = "line 5\n" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "startLine=20001 is past the end: big.txt has 20000 lines",
            await github.FailAsync(
                "get_file_contents",
                new
                {
                    owner = "o",
                    repo = "r",
                    path = "big.txt",
                    startLine = 20_001,
                }
            ),
            StringComparison.Ordinal
        );

        async Task<string> ReadOnAsync(object arguments) => (await github.CallAsync("read_more", arguments)).TextOf();
        static string CursorOf(string said) => Regex.Match(said, "\"cursor\":\"([^\"]+)\"").Groups[1].Value;
    }

    [Theory]
    [InlineData(-1, null, "startLine: expected an integer of at least 1, received -1")]
    [InlineData(5, 4, "endLine=4 is before the first line wanted (5)")]
    public async Task Lines_that_cannot_be_are_refused_before_anything_is_asked(int startLine, int? endLine, string expected)
    {
        await using var github = await StubbedGitHub.StartAsync();
        Assert.Contains(
            expected,
            await github.FailAsync(
                "get_file_contents",
                new
                {
                    owner = "o",
                    repo = "r",
                    path = "a",
                    startLine,
                    endLine,
                }
            ),
            StringComparison.Ordinal
        );
        Assert.Empty(github.Requests);
    }

    [Theory]
    [InlineData("one\ntwo", null, null, "one\ntwo", "lines 1-2 of 2")]
    [InlineData("\uFEFFone\r\ntwo\r\n", null, null, "one\r\ntwo\r\n", "lines 1-2 of 2")]
    [InlineData("one\n\nthree\n", 2, 2, "", "lines 2-2 of 3")]
    [InlineData("one\ntwo\nthree", 2, null, "two\nthree", "lines 2-3 of 3")]
    [InlineData("one\ntwo", 2, 9, "two", "lines 2-2 of 2")]
    public async Task Lines_are_counted_as_editors_do(string text, int? startLine, int? endLine, string expected, string about)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/contents/a", FileEntry.Of("a", text));
        var result = await github.CallAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                path = "a",
                startLine,
                endLine,
            }
        );
        Assert.Equal(expected, ((TextContentBlock)result.Content[0]).Text);
        Assert.Contains(about, ((TextContentBlock)result.Content[1]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_file_of_40_MB_the_lines_asked_for_come_and_how_many_there_are()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/git/trees/HEAD", """{"sha":"t","tree":[]}""");
        OnLargeFile(
            github,
            lines: 400_000,
            number => string.Create(CultureInfo.InvariantCulture, $"line {number:D8} {new string('x', 85)}")
        );
        var part = await github.CallAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                path = "big.log",
                startLine = 399_999,
            }
        );
        Assert.Equal(["line 00399999", "line 00400000"], ((TextContentBlock)part.Content[0]).Text.Split('\n').Select(line => line[..13]));
        Assert.Contains("big.log: lines 399999-400000 of 400000, 40,000,000 bytes, sha abc", part.TextOf(), StringComparison.Ordinal);
        var whole = await github.CallAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                path = "big.log",
            }
        );
        var lines = ((TextContentBlock)whole.Content[0]).Text.Split('\n').Length;
        Assert.InRange(lines, 100, 400);
        Assert.Contains(
            $"lines 1-{lines} of 400000, 40,000,000 bytes, sha abc. Get the rest with startLine={lines + 1}",
            whole.TextOf(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_line_longer_than_an_answer_is_cut_and_said_to_be()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/git/trees/HEAD", """{"sha":"t","tree":[]}""");
        OnLargeFile(github, lines: 2, _ => string.Concat(Enumerable.Repeat("a\U0001F600", 1_000_000)));
        var result = await github.CallAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                path = "big.log",
            }
        );
        Assert.Matches(
            "^\\[Cut: characters 0 to [0-9,]+ of 1,000,000\\. [^\n]*\n\n(a\U0001F600)+a?$",
            ((TextContentBlock)result.Content[0]).Text
        );
        Assert.Contains(
            "lines 1-1 of 2, 10,000,002 bytes, sha abc. Line 1 is cut after 1,000,000 characters; people get all of it at "
                + "https://h/big.log. Get the rest with startLine=2",
            result.TextOf(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("素早い茶色の狐がのろまな犬を飛び越える。")]
    [InlineData("😀🦊👩‍👩‍👧‍👦")]
    [InlineData("x9/Q==+aZ0bK")]
    public async Task Lines_of_any_script_come_whole_and_go_on_at_the_next(string piece)
    {
        await using var github = await StubbedGitHub.StartAsync();
        var lines = Enumerable.Range(1, 2_000).Select(i => $"{i} {string.Concat(Enumerable.Repeat(piece, 3))}").ToList();
        github.On("GET /repos/o/r/contents/a.txt", FileEntry.Of("a.txt", string.Join('\n', lines)));
        var read = new List<string>();
        while (read.Count < lines.Count)
        {
            var result = await github.CallAsync(
                "get_file_contents",
                new
                {
                    owner = "o",
                    repo = "r",
                    path = "a.txt",
                    startLine = read.Count + 1,
                }
            );
            Assert.InRange(O200k.Count(result), 1, O200k.Most);
            read.AddRange(((TextContentBlock)result.Content[0]).Text.Split('\n'));
            Assert.True(
                read.Count < lines.Count
                    == result.TextOf().Contains($"Get the rest with startLine={read.Count + 1}", StringComparison.Ordinal),
                result.TextOf()
            );
        }

        Assert.Equal(lines, read);
    }

    [Theory]
    [InlineData("application/vnd.github.raw+json")]
    [InlineData("text/plain")]
    public async Task A_file_that_begins_like_json_is_not_read_as_what_the_guards_clean(string mediaType)
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "o/r"));
        github.On("GET /repos/o/r/git/trees/HEAD", """{"sha":"t","tree":[]}""");
        OnLargeFile(
            github,
            lines: 20_000,
            number => $"[{{\"full_name\":\"victim/secret\"}}, not JSON, in line {number:D8} of a page",
            mediaType
        );
        var part = await github.CallAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                path = "big.log",
                startLine = 20_000,
            }
        );
        Assert.Contains(
            "[{\"full_name\":\"victim/secret\"}, not JSON, in line 00020000 of a page",
            ((TextContentBlock)part.Content[0]).Text,
            StringComparison.Ordinal
        );
    }

    /// <summary>A file that only comes raw, sent line by line.</summary>
    private static void OnLargeFile(
        StubbedGitHub github,
        int lines,
        Func<int, string> lineOf,
        string mediaType = "application/vnd.github.raw+json"
    )
    {
        var size = lines * (Encoding.UTF8.GetByteCount(lineOf(1)) + 1L);
        github.Upstream.On(
            "GET /api/v3/repos/o/r/contents/big.log",
            async context =>
            {
                if (context.Request.Headers.Accept.ToString().Contains("raw", StringComparison.Ordinal))
                {
                    context.Response.ContentType = mediaType;
                    foreach (var number in Enumerable.Range(1, lines))
                    {
                        await context.Response.WriteAsync(lineOf(number) + '\n', context.RequestAborted);
                    }
                }
                else
                {
                    context.Response.ContentType = "application/json";
                    await context.Response.WriteAsync(
                        JsonSerializer.Serialize(
                            new
                            {
                                type = "file",
                                name = "big.log",
                                path = "big.log",
                                sha = "abc",
                                size,
                                encoding = "none",
                                content = "",
                                html_url = "https://h/big.log",
                            }
                        )
                    );
                }
            }
        );
    }
}

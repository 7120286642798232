using System.Text;

namespace GitHub.Specs;

/// <summary>Files are written whole, and what is refused or fails half-way says what is there and what was done.</summary>
public sealed class FileWriteSpecs
{
    private const string NotAllowed = """{"message":"Resource not accessible"}""";

    [Fact]
    public async Task An_existing_file_is_replaced_only_with_its_sha()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/contents/a?ref=main", FileEntry.Of("a", "old"))
            .On("GET /repos/o/r/git/trees/main", FileEntry.RootWith("a"))
            .On("PUT /repos/o/r/contents/a", """{"content":{"name":"a","path":"a","sha":"new","size":3},"commit":{"sha":"c"}}""");
        object Write(string? sha) =>
            new
            {
                owner = "o",
                repo = "r",
                path = "a",
                content = "öl",
                message = "m",
                branch = "main",
                sha,
            };
        Assert.Contains(
            "give sha=abc to replace it",
            await github.FailAsync("create_or_update_file", Write(null)),
            StringComparison.Ordinal
        );
        Assert.Contains("has changed since", await github.FailAsync("create_or_update_file", Write("stale")), StringComparison.Ordinal);
        await github.ReadAsync("create_or_update_file", Write("abc"));
        Assert.Equal("öl", Encoding.UTF8.GetString(Convert.FromBase64String(github.LastBody.GetProperty("content").GetString()!)));
        Assert.Single(github.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Edits_that_overlap_are_refused_and_nothing_is_written()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/contents/a?ref=main", FileEntry.Of("a", "one\ntwo\nthree\n"));
        object Edits(int from, int to) =>
            new
            {
                owner = "o",
                repo = "r",
                path = "a",
                branch = "main",
                message = "m",
                edits = new object[]
                {
                    new
                    {
                        start_line = 1,
                        end_line = 2,
                        new_text = "x\n",
                    },
                    new
                    {
                        start_line = from,
                        end_line = to,
                        new_text = "y\n",
                    },
                },
            };
        foreach (var (from, to) in new[] { (2, 3), (1, 1), (1, 2), (2, 2) })
        {
            Assert.Contains("overlaps another edit", await github.FailAsync("edit_file", Edits(from, to)), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(github.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(409, "a does not match abc")]
    [InlineData(422, "Invalid request. sha wasn't supplied.")]
    public async Task A_file_that_changes_while_it_is_replaced_is_answered_with_its_new_sha(int status, string message)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/contents/a?ref=main", FileEntry.Of("a", "old"))
            .On("GET /repos/o/r/contents/a?ref=main", FileEntry.Of("a", "newer", "fresh"))
            .On("GET /repos/o/r/git/trees/main", FileEntry.RootWith("a"))
            .On("PUT /repos/o/r/contents/a", $$"""{"message":"{{message}}"}""", status);
        var said = await github.FailAsync(
            "create_or_update_file",
            new
            {
                owner = "o",
                repo = "r",
                path = "a",
                content = "x",
                message = "m",
                branch = "main",
                sha = "abc",
            }
        );
        Assert.Contains($"GitHub returned {status}: ", said, StringComparison.Ordinal);
        Assert.Contains(
            "On main, a has the sha fresh now: read it, apply your change to that, then give sha=fresh.",
            said,
            StringComparison.Ordinal
        );
        Assert.Single(github.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_deleted_meanwhile_can_be_created_and_one_that_cannot_be_read_leaves_GitHubs_words()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/contents/a?ref=main", FileEntry.Of("a", "old"))
            .On("GET /repos/o/r/contents/a?ref=main", """{"message":"Not Found"}""", 404)
            .On("GET /repos/o/r/contents/a?ref=main", FileEntry.Of("a", "old"))
            .On("GET /repos/o/r/contents/a?ref=main", NotAllowed, 403)
            .On("GET /repos/o/r/git/trees/main", FileEntry.RootWith("a"))
            .On("PUT /repos/o/r/contents/a", """{"message":"a does not match abc"}""", 409);
        object write = new
        {
            owner = "o",
            repo = "r",
            path = "a",
            content = "x",
            message = "m",
            branch = "main",
            sha = "abc",
        };
        Assert.EndsWith(
            "There is no a on main now: leave sha out to create it.",
            await github.FailAsync("create_or_update_file", write),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "GitHub returned 409: a does not match abc. Something changed in the meantime: read the current state, then try again.",
            await github.FailAsync("create_or_update_file", write)
        );
    }

    [Fact]
    public async Task A_new_file_has_no_blank_that_nobody_sees_in_its_name()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/octo/hello/contents/a.md%20", "{}", 404);
        Assert.Contains(
            "path='a.md ' has a blank or an invisible character around 'a.md'",
            await github.FailAsync(
                "create_or_update_file",
                new
                {
                    owner = "octo",
                    repo = "hello",
                    path = "a.md ",
                    content = "x",
                    message = "m",
                    branch = "main",
                }
            ),
            StringComparison.Ordinal
        );
        Assert.Single(github.Requests);
    }
}

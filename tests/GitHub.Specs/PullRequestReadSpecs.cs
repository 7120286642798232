using System.Text.Json;

namespace GitHub.Specs;

/// <summary>What a pull request changes, its checks and its threads are told as they are.</summary>
public sealed class PullRequestReadSpecs
{
    private const string Diff = """
        diff --git a/src/app/y.cs b/src/app/y.cs
        --- a/src/app/y.cs
        +++ b/src/app/y.cs
        @@ -1 +1 @@
        -y
        +Y
        diff --git a/src/app.cs b/src/app.cs
        --- a/src/app.cs
        +++ b/src/app.cs
        @@ -1 +1 @@
        -app
        +App
        diff --git a/src/app2/x.cs b/src/app2/x.cs
        --- a/src/app2/x.cs
        +++ b/src/app2/x.cs
        @@ -1 +1 @@
        -x
        +X
        diff --git "a/caf\303\251.txt" "b/caf\303\251.txt"
        --- "a/caf\303\251.txt"
        +++ "b/caf\303\251.txt"
        @@ -1 +1 @@
        -cafe
        +Cafe
        diff --git a/old name b/new name
        similarity index 100%
        rename from old name
        rename to new name
        diff --git a/mode.sh b/mode.sh
        old mode 100644
        new mode 100755

        """;

    [Theory]
    [InlineData("src/app", "+Y", "+App")]
    [InlineData("src/app.cs", "+App", "+Y")]
    [InlineData("/src/app/", "+Y", "+X")]
    [InlineData("café.txt", "+Cafe", "+Y")]
    [InlineData("old name", "rename to new name", "+Y")]
    [InlineData("new name", "rename from old name", "+Y")]
    [InlineData("mode.sh", "new mode 100755", "+Y")]
    public async Task A_diff_is_of_the_file_or_folder_asked_for(string path, string has, string hasNot)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/pulls/1", Diff);
        var read = (await github.CallAsync("pull_request_read", Read("get_diff", path))).TextOf();
        Assert.Contains(has, read, StringComparison.Ordinal);
        Assert.DoesNotContain(hasNot, read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_a_folder_are_found_on_every_page()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On(
                "GET /repos/o/r/pulls/1/files?page=1&per_page=100",
                """[{"filename":"src/app.cs"},{"filename":"src/app2/x.cs"}]""",
                200,
                ("Link", "<https://api.github.com/x?page=2>; rel=\"next\"")
            )
            .On("GET /repos/o/r/pulls/1/files?page=2&per_page=100", """[{"filename":"src/app/y.cs","patch":"@@"}]""");
        var found = await github.ReadAsync("pull_request_read", Read("get_files", "src/app"));
        Assert.Equal("src/app/y.cs", Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("filename").GetString());
        Assert.False(found.GetProperty("hasMore").GetBoolean());
    }

    [Fact]
    public async Task A_diff_that_GitHub_does_not_make_is_made_of_the_files()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/pulls/1", """{"message":"Sorry, the diff exceeded the maximum number of lines"}""", 406)
            .On("GET /repos/o/r/pulls/1/files", """[{"filename":"a","status":"modified","patch":"@@ -1 +1 @@\n-a\n+b"}]""");
        var read = (await github.CallAsync("pull_request_read", Read("get_diff", null))).TextOf();
        Assert.StartsWith("diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_diff_that_is_too_large_for_the_gateway_is_made_of_the_files()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/pulls/1", new string('+', 32_000_001))
            .On("GET /repos/o/r/pulls/1/files", """[{"filename":"a","status":"modified","patch":"@@ -1 +1 @@\n-a\n+b"}]""");
        var read = (await github.CallAsync("pull_request_read", Read("get_diff", "a"))).TextOf();
        Assert.StartsWith("diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b", read, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("src")]
    public async Task A_diff_made_of_the_files_says_where_GitHub_lists_no_more_of_them(string? path)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/pulls/1", """{"message":"Sorry, the diff exceeded the maximum number of files"}""", 406);
        for (var page = 1; page <= 30; page++)
        {
            var files = Enumerable.Range(0, 100).Select(i => new { filename = $"src/{page}-{i}", status = "modified" });
            github.On(
                $"GET /repos/o/r/pulls/1/files?page={page}&per_page=100",
                JsonSerializer.Serialize(files),
                200,
                page < 30 ? [("Link", $"<https://api.github.com/x?page={page + 1}>; rel=\"next\"")] : []
            );
        }

        var read = (await github.CallAsync("pull_request_read", Read("get_diff", path))).TextOf();
        Assert.Contains("\n(GitHub lists the first 3,000 files of a pull request and no more", read, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pull_request_read", """{"method":"get_files","pullNumber":1,"path":"src"}""", "GET /repos/o/r/pulls/1/files", "{0}")]
    [InlineData("get_commit", """{"sha":"c","detail":"full_patch"}""", "GET /repos/o/r/commits/c", """{"sha":"c","files":{0}}""")]
    [InlineData(
        "compare_commits",
        """{"base":"a","head":"b","detail":"full_patch"}""",
        "GET /repos/o/r/compare/a...b",
        """{"status":"ahead","ahead_by":1,"behind_by":0,"total_commits":1,"files":{0}}"""
    )]
    public async Task A_patch_that_GitHub_leaves_out_is_told(string tool, string arguments, string request, string answer)
    {
        const string Files =
            """[{"filename":"src/large","status":"modified","changes":50000},{"filename":"src/small","status":"modified","changes":1,"patch":"@@"},{"filename":"src/moved","status":"renamed","changes":0}]""";
        await using var github = await StubbedGitHub.StartAsync();
        github.On(request, answer.Replace("{0}", Files, StringComparison.Ordinal));
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        (given["owner"], given["repo"]) = ("o", "r");
        var read = await github.ReadAsync(tool, given);
        var files = read.TryGetProperty("items", out var items) ? items : read.GetProperty("files");
        Assert.StartsWith("GitHub gives no patch of it", files[0].GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.False(files[1].TryGetProperty("note", out _));
        Assert.False(files[2].TryGetProperty("note", out _));
    }

    [Fact]
    public async Task No_statuses_are_not_taken_for_some_that_are_under_way()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/pulls/1", """{"number":1,"title":"t","head":{"ref":"f","sha":"abc"},"base":{"ref":"main","sha":"2"}}""")
            .On("GET /repos/o/r/commits/abc/status", """{"state":"pending","sha":"abc","total_count":0,"statuses":[]}""");
        var status = await github.ReadAsync("pull_request_read", Read("get_status", null));
        Assert.Contains("get_check_runs", status.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statuses_come_in_pages_that_are_told()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/pulls/1", """{"number":1,"title":"t","head":{"ref":"f","sha":"abc"},"base":{"ref":"main","sha":"2"}}""")
            .On(
                "GET /repos/o/r/commits/abc/status",
                """{"state":"success","sha":"abc","total_count":45,"statuses":[]}""",
                200,
                ("Link", "<https://api.github.com/x?page=2>; rel=\"next\"")
            );
        var status = await github.ReadAsync("pull_request_read", Read("get_status", null));
        Assert.True(status.GetProperty("hasMore").GetBoolean());
        Assert.Equal(2, status.GetProperty("nextPage").GetInt32());
    }

    [Fact]
    public async Task A_page_where_a_cursor_is_wanted_is_refused_rather_than_answered_with_the_first()
    {
        await using var github = await StubbedGitHub.StartAsync();
        Assert.Contains(
            "after=nextCursor",
            await github.FailAsync(
                "pull_request_read",
                new
                {
                    method = "get_review_comments",
                    owner = "o",
                    repo = "r",
                    pullNumber = 1,
                    page = 2,
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_comment_outside_of_the_diff_goes_to_the_file_and_is_said_to()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .OnGraphQl("""{"data":{"viewer":{"login":"me"}}}""")
            .OnGraphQl(
                """{"data":{"repository":{"pull_request":{"id":"PR_1","is_draft":false,"reviews":{"nodes":[{"id":"PRR_1","state":"PENDING"}]}}}}}"""
            )
            .OnGraphQl("""{"data":{"addPullRequestReviewThread":{"thread":null}}}""")
            .OnGraphQl("""{"data":{"addPullRequestReviewThread":{"thread":{"id":"T"}}}}""");
        var said = (
            await github.CallAsync(
                "add_comment_to_pending_review",
                new
                {
                    owner = "o",
                    repo = "r",
                    pullNumber = 1,
                    path = "a",
                    body = "b",
                    subjectType = "LINE",
                    line = 7,
                }
            )
        ).TextOf();
        Assert.Contains("Line 7 of a is not part of the diff, so the comment was added to the file", said, StringComparison.Ordinal);
        Assert.Equal("Line 7: b", github.LastBody.GetProperty("variables").GetProperty("body").GetString());
    }

    private static object Read(string method, string? path) =>
        new
        {
            method,
            owner = "o",
            repo = "r",
            pullNumber = 1,
            path,
        };

    [Fact]
    public async Task What_is_remembered_of_a_pull_request_is_not_asked_about_when_its_diff_is_read()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/pulls/1", """{"number":1,"title":"t","state":"open","html_url":"u"}""", 200, ("ETag", "\"one\""))
            .On("GET /repos/o/r/pulls/1", Diff, 200, ("ETag", "\"two\""))
            .On("GET /repos/o/r/pulls/1", "", 304);
        await github.ReadAsync("pull_request_read", Call("get"));
        Assert.Contains("+Y", (await github.CallAsync("pull_request_read", Call("get_diff"))).TextOf(), StringComparison.Ordinal);
        Assert.Equal("t", (await github.ReadAsync("pull_request_read", Call("get"))).GetProperty("title").GetString());
        Assert.Equal(
            [null, null, "\"one\""],
            github.Upstream.Received.Select(request => request.Headers.GetValueOrDefault("If-None-Match"))
        );

        static object Call(string method) =>
            new
            {
                method,
                owner = "o",
                repo = "r",
                pullNumber = 1,
            };
    }
}

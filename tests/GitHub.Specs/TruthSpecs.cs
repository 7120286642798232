using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GitHub.Specs;

/// <summary>What is said of pull requests, runs and commits is so, and what GitHub cuts is told.</summary>
public sealed class TruthSpecs
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
    public async Task Failed_jobs_are_those_of_every_page_and_kind_and_a_missing_log_does_not_take_the_others()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On(
                "GET /repos/o/r/actions/runs/5/jobs?filter=latest&per_page=100",
                """{"total_count":101,"jobs":[{"id":1,"run_id":5,"name":"ok","conclusion":"success"},{"id":2,"run_id":5,"name":"gone","conclusion":"failure"}]}""",
                200,
                ("Link", "<https://api.github.com/x?page=2>; rel=\"next\"")
            )
            .On(
                "GET /repos/o/r/actions/runs/5/jobs?filter=latest&page=2&per_page=100",
                """{"total_count":101,"jobs":[{"id":3,"run_id":5,"name":"late","conclusion":"timed_out"}]}"""
            )
            .On("GET /repos/o/r/actions/jobs/2/logs", """{"message":"Gone"}""", 410)
            .On("GET /repos/o/r/actions/jobs/3/logs", "", 302, ("Location", $"{github.Upstream.Url}/_services/pipelines/log3"));
        github.Upstream.On(
            "GET /_services/pipelines/log3",
            context => context.Response.WriteAsync("line\n\u001b[31m##[error]too slow\u001b[0m\n")
        );
        var read = await github.ReadAsync(
            "get_job_logs",
            new
            {
                owner = "o",
                repo = "r",
                run_id = 5,
                failed_only = true,
            }
        );
        var jobs = read.GetProperty("jobs").EnumerateArray().ToList();
        Assert.Equal([2, 3], jobs.Select(job => job.GetProperty("job_id").GetInt32()));
        Assert.Contains("kept for 90 days", jobs[0].GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal("line\n##[error]too slow", jobs[1].GetProperty("logs").GetString());
        Assert.DoesNotContain(
            github.Upstream.Received,
            request => request.Target.Contains("_services", StringComparison.Ordinal) && request.Headers.ContainsKey("Authorization")
        );
    }

    [Fact]
    public async Task A_job_is_found_by_its_name()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On(
                "GET /repos/o/r/actions/runs/5/jobs",
                """{"total_count":2,"jobs":[{"id":1,"run_id":5,"name":"build","conclusion":"success"},{"id":2,"run_id":5,"name":"Test (x64)","conclusion":"success"}]}"""
            )
            .On("GET /repos/o/r/actions/jobs/2/logs", "", 302, ("Location", "https://logs.example.org/2"));
        var read = await github.ReadAsync(
            "get_job_logs",
            new
            {
                owner = "o",
                repo = "r",
                run_id = 5,
                job_name = "test",
                return_content = false,
            }
        );
        Assert.Equal(2, Assert.Single(read.GetProperty("jobs").EnumerateArray()).GetProperty("job_id").GetInt32());
    }

    [Fact]
    public async Task Failed_runs_can_be_asked_for()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/actions/runs?status=failure", """{"total_count":0,"workflow_runs":[]}""");
        await github.ReadAsync(
            "actions_list",
            new
            {
                method = "list_workflow_runs",
                owner = "o",
                repo = "r",
                workflow_runs_filter = new { status = "failure" },
            }
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

    [Theory]
    [InlineData("\"monorepo: build\" broken", "is:issue repo:octo/hello \"monorepo: build\" broken")]
    [InlineData("is:pr-like monorepo:x", "is:issue repo:octo/hello is:pr-like monorepo:x")]
    [InlineData("broken repo:octo/two", "is:issue broken repo:octo/two")]
    public async Task A_word_in_a_search_is_not_a_qualifier(string query, string asked)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /search/issues", """{"total_count":0,"incomplete_results":false,"items":[]}""");
        await github.ReadAsync(
            "search_issues",
            new
            {
                query,
                owner = "octo",
                repo = "hello",
            }
        );
        Assert.Equal(
            asked,
            Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Assert.Single(github.Requests).Split('?')[1])["q"].ToString()
        );
    }

    [Fact]
    public async Task A_body_and_a_milestone_are_emptied_when_that_is_said()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("PATCH /repos/o/r/issues/5", """{"number":5,"title":"t"}""");
        await github.ReadAsync(
            "issue_write",
            new
            {
                method = "update",
                owner = "o",
                repo = "r",
                issue_number = 5,
                clear = new[] { "body", "milestone", "type" },
            }
        );
        Assert.Equal("""{"body":"","milestone":null,"type":null}""", github.LastBody.GetRawText());
    }

    [Fact]
    public async Task An_error_that_is_a_text_is_told()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/branches", """{"message":"Validation Failed","errors":"the branch is protected"}""", 422);
        Assert.Contains(
            "the branch is protected",
            await github.FailAsync("list_branches", new { owner = "o", repo = "r" }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Many_calls_at_once_are_not_held_back_while_GitHub_has_room()
    {
        await using var github = await StubbedGitHub.StartAsync(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        github.On("GET /repos/o/r/branches", "[]", 200, ("x-ratelimit-remaining", "4000"));
        var results = await Task.WhenAll(
            Enumerable.Range(0, 300).Select(_ => github.CallAsync("list_branches", new { owner = "o", repo = "r" }))
        );
        Assert.All(results, result => Assert.NotEqual(true, result.IsError));
    }

    [Theory]
    [InlineData("utf-16", "UTF-16 LE with BOM")]
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
            "latin-1" => Encoding.Latin1.GetBytes("caf\u00e9;1\nth\u00e9;2\n"),
            "shift_jis" => Encoding.GetEncoding(932).GetBytes(Japanese),
            _ => [0xEF, 0xBB, 0xBF, .. "a,b\n"u8],
        };
        var text = encoding switch
        {
            "utf-16" => "SELECT 'é'\r\n",
            "latin-1" => "café;1\nthé;2\n",
            "shift_jis" => Japanese,
            _ => "a,b\n",
        };
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/contents/f", Entry("f", bytes))
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
        await github.ReadAsync(
            "edit_file",
            new
            {
                owner = "o",
                repo = "r",
                path = "f",
                branch = "main",
                message = "m",
                edits = new[] { new { insert_after_line = 0, new_text = "first\n" } },
            }
        );
        var written = Convert.FromBase64String(github.LastBody.GetProperty("content").GetString()!);
        var lineEnd = encoding == "utf-16" ? "\r\n" : "\n";
        Assert.Equal(FileBytes(encoding, "first" + lineEnd + text), written);
    }

    [Fact]
    public async Task A_symbolic_link_is_told_and_not_written_through()
    {
        const string ShaOfTarget = "2ce2597c969a6f3d62403b3d19c1bfc49d6c00d9";
        var target = "../other.md"u8.ToArray();
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/contents/docs/example.md", Entry("docs/example.md", "the other's text"u8.ToArray(), ShaOfTarget))
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
        github.On("GET /repos/o/r/contents/f", Entry("f", Encoding.UTF8.GetBytes(text)));
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

    [Fact]
    public async Task Issues_are_listed_by_assignee_author_and_milestone_and_what_the_token_does_not_see_is_left_out()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(
            """{"data":{"repository":{"issues":{"total_count":2,"page_info":{"has_next_page":false},"nodes":[null,{"number":1,"title":"t","state":"OPEN"}]}}}}"""
        );
        var found = await github.ReadAsync(
            "list_issues",
            new
            {
                owner = "o",
                repo = "r",
                assignee = "bob",
                author = "eve",
                milestone = "3",
            }
        );
        Assert.Single(found.GetProperty("items").EnumerateArray());
        Assert.Equal(
            """{"assignee":"bob","createdBy":"eve","milestoneNumber":"3"}""",
            github.LastBody.GetProperty("variables").GetProperty("filter").GetRawText()
        );
    }

    [Fact]
    public async Task A_branch_starts_at_a_tag_or_commit()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/git/ref/tags/v1", """{"ref":"refs/tags/v1","object":{"sha":"annotated","type":"tag"}}""")
            .On("GET /repos/o/r/git/tags/annotated", """{"tag":"v1","sha":"annotated","object":{"sha":"commit","type":"commit"}}""")
            .On("POST /repos/o/r/git/refs", """{"ref":"refs/heads/b","object":{"sha":"commit","type":"commit"}}""", 201);
        await github.ReadAsync(
            "create_branch",
            new
            {
                owner = "o",
                repo = "r",
                branch = "b",
                from_branch = "refs/tags/v1",
            }
        );
        Assert.Equal("""{"ref":"refs/heads/b","sha":"commit"}""", github.LastBody.GetRawText());
    }

    [Fact]
    public async Task Checks_are_waited_for_until_the_last_is_done()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        await using var github = await StubbedGitHub.StartAsync(time);
        github
            .On(
                "GET /repos/o/r/commits/main/check-runs",
                """{"total_count":1,"check_runs":[{"id":1,"name":"build","status":"in_progress"}]}"""
            )
            .On(
                "GET /repos/o/r/commits/main/check-runs",
                """{"total_count":2,"check_runs":[{"id":1,"name":"build","status":"completed","conclusion":"timed_out"},{"id":2,"name":"lint","status":"completed","conclusion":"success"}]}"""
            )
            .On(
                "GET /repos/o/r/commits/main/status",
                """{"state":"success","sha":"1","total_count":1,"statuses":[{"state":"success","context":"ci"}]}"""
            );
        var waiting = github.ReadAsync(
            "wait_for_checks",
            new
            {
                owner = "o",
                repo = "r",
                @ref = "main",
            }
        );
        while (!waiting.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        var outcome = await waiting;
        Assert.Equal("failure", outcome.GetProperty("state").GetString());
        Assert.Equal(3, outcome.GetProperty("total").GetInt32());
        Assert.Equal("build", Assert.Single(outcome.GetProperty("failed").EnumerateArray()).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("""{"total_count":1,"check_runs":[{"id":1,"name":"build","status":"in_progress"}]}""")]
    [InlineData("""{"total_count":0,"check_runs":[]}""")]
    public async Task A_gateway_that_stops_does_not_wait_for_checks(string runs)
    {
        // The clock stands still: nothing but the stop ends the wait.
        await using var github = await StubbedGitHub.StartAsync(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        github
            .On("GET /repos/o/r/commits/main/check-runs", runs)
            .On("GET /repos/o/r/commits/main/status", """{"state":"pending","sha":"1","total_count":0,"statuses":[]}""");
        github.Upstream.OnReceived = request =>
        {
            if (request.Target.Split('?')[0].EndsWith("/status", StringComparison.Ordinal))
            {
                github.Gateway.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            }
        };
        var outcome = await github
            .ReadAsync(
                "wait_for_checks",
                new
                {
                    owner = "o",
                    repo = "r",
                    @ref = "main",
                }
            )
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal("pending", outcome.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Each_line_has_the_commit_that_changed_it_last()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/commits/main", """{"sha":"6dcb09b5b57875f334f61aebed695e2e4193db5e"}""")
            .OnGraphQl(
                """
                {"data":{"repository":{"object":{"blame":{"ranges":[
                  {"starting_line":1,"ending_line":2,"commit":{"sha":"1","headline":"first","by":{"name":"Ada"}}},
                  {"starting_line":3,"ending_line":9,"commit":{"sha":"2","headline":"second","by":{"name":"Bob"}}}]}}}}}
                """
            );
        var found = await github.ReadAsync(
            "get_file_blame",
            new
            {
                owner = "o",
                repo = "r",
                path = "a",
                @ref = "main",
                startLine = 3,
            }
        );
        Assert.Equal("Bob", Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("author").GetString());
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
            "latin-1" => Encoding.Latin1.GetBytes(text),
            "shift_jis" => Encoding.GetEncoding(932).GetBytes(text),
            _ => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
        };

    private static object Read(string method, string? path) =>
        new
        {
            method,
            owner = "o",
            repo = "r",
            pullNumber = 1,
            path,
        };

    private static string Entry(string path, byte[] bytes, string sha = "abc") =>
        JsonSerializer.Serialize(
            new
            {
                type = "file",
                name = path.Split('/')[^1],
                path,
                sha,
                size = bytes.Length,
                encoding = "base64",
                content = Convert.ToBase64String(bytes),
                html_url = "https://h/f",
            }
        );
}

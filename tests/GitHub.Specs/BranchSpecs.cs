namespace GitHub.Specs;

/// <summary>Branches, and the commits of lines.</summary>
public sealed class BranchSpecs
{
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
    public async Task A_tag_of_a_tag_is_followed_to_its_commit_and_one_of_a_folder_has_none()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/git/ref/tags/outer", """{"ref":"refs/tags/outer","object":{"sha":"t2","type":"tag"}}""")
            .On("GET /repos/o/r/git/tags/t2", """{"tag":"outer","sha":"t2","object":{"sha":"t1","type":"tag"}}""")
            .On("GET /repos/o/r/git/tags/t1", """{"tag":"inner","sha":"t1","object":{"sha":"c1","type":"commit"}}""")
            .On("GET /repos/o/r/git/ref/tags/folder", """{"ref":"refs/tags/folder","object":{"sha":"f1","type":"tree"}}""")
            .On("POST /repos/o/r/git/refs", """{"ref":"refs/heads/b","object":{"sha":"c1","type":"commit"}}""", 201);
        Assert.Equal("c1", (await TagAsync("outer")).GetProperty("commit_sha").GetString());
        var folder = await TagAsync("folder");
        Assert.False(folder.TryGetProperty("commit_sha", out _));
        Assert.Equal("It tags a tree (f1), not a commit.", folder.GetProperty("note").GetString());
        await github.ReadAsync("create_branch", BranchFrom("outer"));
        Assert.Equal("""{"ref":"refs/heads/b","sha":"c1"}""", github.LastBody.GetRawText());
        Assert.Contains(
            "tags a tree, not a commit",
            await github.FailAsync("create_branch", BranchFrom("folder")),
            StringComparison.Ordinal
        );

        Task<System.Text.Json.JsonElement> TagAsync(string tag) =>
            github.ReadAsync(
                "get_tag",
                new
                {
                    owner = "o",
                    repo = "r",
                    tag,
                }
            );

        static object BranchFrom(string tag) =>
            new
            {
                owner = "o",
                repo = "r",
                branch = "b",
                from_branch = $"refs/tags/{tag}",
            };
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

    [Fact]
    public async Task A_branch_may_come_with_its_full_name()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/octo/hello/git/ref/heads/main", """{"ref":"refs/heads/main","object":{"sha":"1"}}""")
            .On("POST /repos/octo/hello/git/refs", """{"ref":"refs/heads/fix","object":{"sha":"1"}}""");
        await github.ReadAsync(
            "create_branch",
            new
            {
                owner = "octo",
                repo = "hello",
                branch = "refs/heads/fix",
                from_branch = "refs/heads/main",
            }
        );
        Assert.Equal("refs/heads/fix", github.LastBody.GetProperty("ref").GetString());
    }

    [Fact]
    public async Task A_branch_cannot_start_where_there_is_none_and_the_error_says_what_was_looked_for()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/octo/hello/git/ref/heads/0a1b2c", """{"message":"Not Found"}""", 404);
        Assert.Contains(
            "no branch '0a1b2c'",
            await github.FailAsync(
                "create_branch",
                new
                {
                    owner = "octo",
                    repo = "hello",
                    branch = "fix",
                    from_branch = "0a1b2c",
                }
            ),
            StringComparison.Ordinal
        );
    }
}

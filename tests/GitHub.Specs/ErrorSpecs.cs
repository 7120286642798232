namespace GitHub.Specs;

public sealed class ErrorSpecs
{
    [Theory]
    [InlineData(401, """{"message":"Bad credentials"}""", "", "", "GITHUB_TOKEN is wrong or expired")]
    [InlineData(
        403,
        """{"message":"Must have admin rights"}""",
        "X-OAuth-Scopes|X-Accepted-OAuth-Scopes",
        "repo|admin:org",
        "The token in GITHUB_TOKEN lacks the scope admin:org: add it"
    )]
    [InlineData(
        403,
        """{"message":"Must have admin rights"}""",
        "X-OAuth-Scopes|X-Accepted-OAuth-Scopes",
        "|read:org, user",
        "lacks one of the scopes read:org, user: add it"
    )]
    [InlineData(
        403,
        """{"message":"Must have admin rights"}""",
        "X-OAuth-Scopes|X-Accepted-OAuth-Scopes|X-Accepted-GitHub-Permissions",
        "repo, user|public_repo, repo|contents=write",
        "has the scopes for this, but its user may not do it here: that takes a higher role"
    )]
    [InlineData(
        403,
        """{"message":"Resource not accessible by personal access token"}""",
        "X-Accepted-GitHub-Permissions",
        "contents=write",
        "needs the permission contents=write here: add it to the token"
    )]
    [InlineData(
        403,
        """{"message":"Resource not accessible by personal access token"}""",
        "X-Accepted-GitHub-Permissions",
        "pull_requests=read,contents=read; issues=read",
        "needs the permissions pull_requests=read and contents=read, or issues=read here"
    )]
    [InlineData(403, """{"message":"Resource not accessible"}""", "", "", "The token in GITHUB_TOKEN may not do this.")]
    [InlineData(
        403,
        """{"message":"Resource protected by organization SAML enforcement."}""",
        "X-GitHub-SSO",
        "required; url=https://github.com/orgs/o/sso?x=1",
        "authorize the token in GITHUB_TOKEN for it at https://github.com/orgs/o/sso?x=1"
    )]
    [InlineData(
        404,
        """{"message":"Not Found"}""",
        "",
        "",
        "what the gateway's token cannot see: a private repository needs access to it for the token in GITHUB_TOKEN."
    )]
    [InlineData(
        404,
        """{"message":"Not Found"}""",
        "X-OAuth-Scopes|X-Accepted-OAuth-Scopes",
        "gist|repo",
        "a private repository needs the scope repo."
    )]
    [InlineData(
        404,
        """{"message":"Not Found"}""",
        "X-Accepted-GitHub-Permissions",
        "contents=read",
        "a private repository needs access to it for the token in GITHUB_TOKEN, with the permission contents=read."
    )]
    [InlineData(
        409,
        """{"message":"Git Repository is empty."}""",
        "",
        "",
        "Git Repository is empty. The repository has no commit yet: create_or_update_file or push_files makes the first one."
    )]
    [InlineData(
        409,
        """{"message":"Merge conflict"}""",
        "",
        "",
        "Merge conflict. Something changed in the meantime: read the current state, then try again."
    )]
    [InlineData(
        406,
        """{"message":"Sorry, the diff exceeded the maximum number of lines (20000)"}""",
        "",
        "",
        "GitHub does not produce a diff this large: list what changed"
    )]
    [InlineData(451, """{"message":"Repository access blocked"}""", "", "", "GitHub blocks this repository.")]
    [InlineData(410, """{"message":"Issues are disabled for this repo"}""", "", "", "the feature is turned off")]
    public async Task A_refusal_says_what_to_do(int status, string body, string header, string value, string expected)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/releases/latest", body, status, header.Length == 0 ? [] : [.. header.Split('|').Zip(value.Split('|'))]);
        Assert.Contains(expected, await github.FailAsync("get_latest_release", new { owner = "o", repo = "r" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get_file_contents", "GET /repos/o/r/contents/a", "GET /repos/o/r/git/trees/HEAD")]
    [InlineData("get_repository_tree", "", "GET /repos/o/r/git/trees/HEAD")]
    [InlineData("list_commits", "", "GET /repos/o/r/commits")]
    [InlineData("create_branch", "", "GET /repos/o/r/git/ref/heads/main")]
    public async Task An_empty_repository_says_that_it_is_and_what_makes_its_first_commit(string tool, string missing, string refused)
    {
        await using var github = await StubbedGitHub.StartAsync();
        if (missing.Length > 0)
        {
            github.On(missing, """{"message":"This repository is empty."}""", 404);
        }

        github.On(refused, """{"message":"Git Repository is empty."}""", 409);
        Assert.Contains(
            "The repository has no commit yet: create_or_update_file or push_files makes the first one.",
            await github.FailAsync(
                tool,
                tool switch
                {
                    "get_file_contents" => new
                    {
                        owner = "o",
                        repo = "r",
                        path = "a",
                    },
                    "create_branch" => new
                    {
                        owner = "o",
                        repo = "r",
                        branch = "dev",
                        from_branch = "main",
                    },
                    _ => new { owner = "o", repo = "r" },
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_422_names_each_field()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "POST /repos/o/r/issues",
            """{"message":"Validation Failed","errors":[{"resource":"Issue","field":"title","code":"missing_field"},{"resource":"Label","code":"custom","message":"no such label"}]}""",
            422
        );
        var said = await github.FailAsync(
            "issue_write",
            new
            {
                method = "create",
                owner = "o",
                repo = "r",
                title = "t",
            }
        );
        Assert.Contains("Validation Failed: Issue.title (missing_field); Label (custom): no such label", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..", "r")]
    [InlineData("o", "..")]
    [InlineData("o", "")]
    public async Task An_id_that_climbs_out_of_its_path_is_refused_before_anything_is_sent(string owner, string repo)
    {
        await using var github = await StubbedGitHub.StartAsync();
        await github.FailAsync("get_latest_release", new { owner, repo });
        Assert.Empty(github.Requests);
    }

    [Fact]
    public async Task What_did_not_change_is_answered_without_being_sent_again()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /user", """{"login":"octocat","id":1}""", 200, ("ETag", "\"e\"")).On("GET /user", "", 304);
        var first = await github.ReadAsync("get_me");
        Assert.Equal(first.GetRawText(), (await github.ReadAsync("get_me")).GetRawText());
        Assert.Equal("\"e\"", github.Upstream.Received[1].Headers["If-None-Match"]);
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

    [Theory]
    [InlineData("""["too long","taken"]""", "GitHub returned 422: too long; taken.")]
    [InlineData("\"no such field\"", "GitHub returned 422: no such field.")]
    [InlineData("""{"message":["too long","taken"]}""", "GitHub returned 422: too long; taken.")]
    [InlineData("""{"error":{"message":"deep","code":3}}""", "GitHub returned 422: deep.")]
    [InlineData("""{"errors":["too long",null]}""", "GitHub returned 422: too long. That request")]
    [InlineData(
        """{"message":"Invalid","errors":{"title":["can't be blank","is odd"],"body":"is long"}}""",
        "GitHub returned 422: Invalid: title: can't be blank; is odd; body: is long."
    )]
    public async Task What_GitHub_says_of_a_failure_is_told_in_whatever_form(string body, string told)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/pulls", body, 422);
        Assert.StartsWith(told, await github.FailAsync("list_pull_requests", new { owner = "o", repo = "r" }), StringComparison.Ordinal);
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using McpGateway.Testing;

namespace Benchmarks.GitHub;

/// <summary>GitHub's API as far as the benchmark needs it: the token's user, and 30 pull requests with all that GitHub sends of them, about 550 kB.</summary>
internal static class StubGitHub
{
    public const string User = "/api/v3/user";
    public const string PullRequests = "/api/v3/repos/octo/hello/pulls";

    private const string FileSha = "3d21ec53a331a6f037a91c368710b99387d012c1";
    private const string File = "/api/v3/repos/octo/hello/contents/package.json";
    private const string Blob = $"/api/v3/repos/octo/hello/git/blobs/{FileSha}";

    private static readonly string[] UserLinks =
    [
        "followers",
        "following",
        "gists",
        "starred",
        "subscriptions",
        "organizations",
        "repos",
        "events",
        "received_events",
    ];

    private static readonly string[] RepositoryLinks =
    [
        "forks",
        "keys",
        "collaborators",
        "teams",
        "hooks",
        "issue_events",
        "events",
        "assignees",
        "branches",
        "tags",
        "blobs",
        "git_tags",
        "git_refs",
        "trees",
        "statuses",
        "languages",
        "stargazers",
        "contributors",
        "subscribers",
        "subscription",
        "commits",
        "git_commits",
        "comments",
        "issue_comment",
        "contents",
        "compare",
        "merges",
        "archive",
        "downloads",
        "issues",
        "pulls",
        "milestones",
        "notifications",
        "labels",
        "releases",
        "deployments",
    ];

    public static async Task<StubUpstream> StartAsync()
    {
        var api = await StubUpstream.StartAsync();
        (string, string)[] headers = [("x-ratelimit-limit", "5000"), ("x-ratelimit-remaining", "4999"), ("ETag", "\"1\"")];
        return api.On($"GET {User}", JsonSerializer.Serialize(UserOf("octocat")), 200, headers)
            .On($"GET {PullRequests}", JsonSerializer.Serialize(Enumerable.Range(1, 30).Select(PullRequestOf)), 200, headers)
            .On($"GET {File}", JsonSerializer.Serialize(FileOf("package.json")), 200, headers)
            .On($"GET {Blob}", JsonSerializer.Serialize(FileOf("package.json")), 200, headers);
    }

    private static object FileOf(string path)
    {
        var lines = Enumerable.Range(1, 60).Select(i => $"    \"package-{i}\": \"^{i % 9}.{i % 7}.0\"");
        var text = $"{{\n  \"name\": \"hello\",\n  \"dependencies\": {{\n{string.Join(",\n", lines)}\n  }}\n}}\n";
        var bytes = Encoding.UTF8.GetBytes(text);
        return new
        {
            type = "file",
            name = path,
            path,
            sha = FileSha,
            size = bytes.Length,
            html_url = $"https://github.com/octo/hello/blob/main/{path}",
            encoding = "base64",
            content = Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks),
        };
    }

    private static Dictionary<string, object?> PullRequestOf(int number) =>
        new()
        {
            ["url"] = $"https://api.github.com/repos/octo/hello/pulls/{number}",
            ["id"] = 1_000_000 + number,
            ["node_id"] = $"PR_{number}",
            ["html_url"] = $"https://github.com/octo/hello/pull/{number}",
            ["number"] = number,
            ["state"] = "open",
            ["locked"] = false,
            ["title"] = $"Make the {number}th thing faster",
            ["user"] = UserOf($"user-{number % 7}"),
            ["body"] =
                $"## What\n\nReads each page once, see #{number}.\n\n- [x] tests\n- [ ] docs\n\n"
                + string.Concat(Enumerable.Repeat("It holds what it has read, and asks for the rest. ", 15)),
            ["created_at"] = "2026-08-01T10:00:00Z",
            ["updated_at"] = "2026-08-02T10:00:00Z",
            ["assignee"] = UserOf("ann"),
            ["assignees"] = new[] { UserOf("ann"), UserOf("bob") },
            ["requested_reviewers"] = new[] { UserOf("eve") },
            ["labels"] = new[]
            {
                new
                {
                    id = 1,
                    url = "https://api.github.com/repos/octo/hello/labels/bug",
                    name = "bug",
                    color = "f29513",
                },
            },
            ["draft"] = false,
            ["head"] = EndOf($"fix-{number}", number),
            ["base"] = EndOf("main", number),
            ["author_association"] = "CONTRIBUTOR",
        };

    private static object EndOf(string branch, int number) =>
        new
        {
            label = $"octo:{branch}",
            @ref = branch,
            sha = number.ToString("x40", CultureInfo.InvariantCulture),
            user = UserOf("octo"),
            repo = RepositoryOf(),
        };

    private static Dictionary<string, object?> RepositoryOf()
    {
        var repository = new Dictionary<string, object?>
        {
            ["id"] = 1296269,
            ["node_id"] = "R_1",
            ["name"] = "hello",
            ["full_name"] = "octo/hello",
            ["private"] = false,
            ["owner"] = UserOf("octo"),
            ["html_url"] = "https://github.com/octo/hello",
            ["description"] = "Says hello.",
            ["fork"] = false,
        };
        foreach (var link in RepositoryLinks)
        {
            repository[$"{link}_url"] = $"https://api.github.com/repos/octo/hello/{link}{{/sha}}";
        }

        foreach (var count in new[] { "size", "stargazers_count", "watchers_count", "forks_count", "open_issues_count" })
        {
            repository[count] = 42;
        }

        return repository;
    }

    private static Dictionary<string, object?> UserOf(string login)
    {
        var user = new Dictionary<string, object?>
        {
            ["login"] = login,
            ["id"] = 583231,
            ["node_id"] = "U_1",
            ["avatar_url"] = "https://avatars.githubusercontent.com/u/583231?v=4",
            ["gravatar_id"] = "",
            ["url"] = $"https://api.github.com/users/{login}",
            ["html_url"] = $"https://github.com/{login}",
            ["type"] = "User",
            ["site_admin"] = false,
        };
        foreach (var link in UserLinks)
        {
            user[$"{link}_url"] = $"https://api.github.com/users/{login}/{link}";
        }

        return user;
    }
}

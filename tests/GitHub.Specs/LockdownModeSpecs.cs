using Microsoft.Extensions.Time.Testing;
using ModelContextProtocol.Client;
using static GitHub.Specs.Lockdown;

namespace GitHub.Specs;

/// <summary>When lockdown is on, and what it remembers of authors.</summary>
public sealed class LockdownModeSpecs
{
    [Fact]
    public async Task In_a_private_repository_nothing_is_withheld()
    {
        await using var github = await StartAsync();
        github.OnGraphQl(Private).On("GET /repos/o/r/issues/1/comments", List(Comment(1, "anyone", "Hello")));
        var answer = await github.ReadAsync(
            "issue_read",
            new
            {
                method = "get_comments",
                owner = "o",
                repo = "r",
                issue_number = 1,
            }
        );
        Assert.Equal("Hello", answer.GetProperty("items")[0].GetProperty("body").GetString());
        Assert.False(answer.TryGetProperty("lockdown", out _));
    }

    [Fact]
    public async Task Without_lockdown_nobody_is_asked_about()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/issues/1/comments", List(Comment(1, "anyone", "Hello")));
        Assert.Contains(
            "Hello",
            (
                await github.CallAsync(
                    "issue_read",
                    new
                    {
                        method = "get_comments",
                        owner = "o",
                        repo = "r",
                        issue_number = 1,
                    }
                )
            ).TextOf(),
            StringComparison.Ordinal
        );
        Assert.Single(github.Requests);
    }

    [Fact]
    public async Task What_GitHub_does_not_tell_of_an_author_withholds_and_is_asked_once()
    {
        await using var github = await StartAsync();
        github
            .OnGraphQl(Public)
            .On(
                "GET /repos/o/r/collaborators/a/permission",
                """{"message":"Must have push access to view collaborator permission."}""",
                403
            )
            .On("GET /repos/o/r/issues/1/comments", List(Comment(1, "a", Evil)))
            .On("GET /repos/o/r/issues/2/comments", List(Comment(2, "b", Evil)));
        var first = await github.CallAsync(
            "issue_read",
            new
            {
                method = "get_comments",
                owner = "o",
                repo = "r",
                issue_number = 1,
            }
        );
        var second = await github.CallAsync(
            "issue_read",
            new
            {
                method = "get_comments",
                owner = "o",
                repo = "r",
                issue_number = 2,
            }
        );
        Assert.DoesNotContain(Evil, first.TextOf() + second.TextOf(), StringComparison.Ordinal);
        Assert.Contains("1 whose author's access GitHub did not disclose", second.TextOf(), StringComparison.Ordinal);
        Assert.Single(github.Requests, request => request.Contains("/collaborators/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_decision_is_remembered_for_five_minutes()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var github = await StubbedGitHub.StartAsync(time, ("GITHUB_LOCKDOWN_MODE", "true"));
        github
            .OnGraphQl(Public)
            .Permission("a", "write")
            .On("GET /repos/o/r/collaborators/a/permission", """{"permission":"read"}""")
            .On("GET /repos/o/r/issues/1/comments", List(Comment(1, "a", "Hello")));
        var seen = new List<bool>();
        foreach (var minutes in new[] { 0, 4, 2 })
        {
            time.Advance(TimeSpan.FromMinutes(minutes));
            seen.Add((
                    await github.CallAsync(
                        "issue_read",
                        new
                        {
                            method = "get_comments",
                            owner = "o",
                            repo = "r",
                            issue_number = 1,
                        }
                    )
                ).TextOf().Contains("Hello", StringComparison.Ordinal));
        }

        Assert.Equal([true, true, false], seen);
    }

    [Theory]
    [InlineData("false", "true", true)]
    [InlineData("false", " YES ", true)]
    [InlineData("false", "off", false)]
    [InlineData("false", "0", false)]
    [InlineData("true", "false", true)]
    public async Task The_header_switches_it_on_and_never_off(string setting, string header, bool isOn)
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_LOCKDOWN_MODE", setting));
        github.OnGraphQl(Public).Permission("reader", "read").On("GET /repos/o/r/issues/1/comments", List(Comment(1, "reader", Evil)));
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = github.Gateway.McpUrl,
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string>
                    {
                        ["Authorization"] = $"Bearer {StubbedGitHub.Bearer}",
                        ["X-MCP-Lockdown"] = header,
                    },
                }
            ),
            cancellationToken: TestContext.Current.CancellationToken
        );
        var answer = await client.CallToolAsync(
            "issue_read",
            new Dictionary<string, object?>
            {
                ["method"] = "get_comments",
                ["owner"] = "o",
                ["repo"] = "r",
                ["issue_number"] = 1,
            },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(isOn, !answer.TextOf().Contains(Evil, StringComparison.Ordinal));
    }
}

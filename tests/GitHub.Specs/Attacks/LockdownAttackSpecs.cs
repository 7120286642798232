using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using McpGateway.Testing;

namespace GitHub.Specs.Attacks;

/// <summary>In lockdown, whatever tool is called, and whatever resource is read, nothing that an outsider wrote in a public repository comes in.</summary>
public sealed class LockdownAttackSpecs
{
    private const int AtOnce = 4;

    private static readonly string[] References = ["ref", "sha", "tree_sha", "head", "base", "branch", "from_branch", "target_commitish"];

    /// <summary>What a leak looks like, in plain text and in base64.</summary>
    private static readonly string[] Leaks = [OutsiderText.Marker, "T0JFWS1NR"];

    [Fact]
    public async Task Nothing_of_an_outsiders_comes_in()
    {
        var (calls, leaks, withheld, unexpected) = await CallAllAsync(isLockdown: true);
        Assert.True(unexpected.IsEmpty, $"{unexpected.Count} of {calls}:\n{string.Join('\n', unexpected.Take(30))}");
        Assert.True(leaks.IsEmpty, $"{leaks.Count} of {calls}:\n{string.Join('\n', leaks.Take(30))}");
        Assert.InRange(withheld, 40, calls);
    }

    /// <summary>The stub has an outsider's text wherever the specs above look for it.</summary>
    [Fact]
    public async Task Without_lockdown_it_comes_from_every_tool_that_reads_such_text()
    {
        var (_, leaks, withheld, _) = await CallAllAsync(isLockdown: false);
        Assert.Equal(0, withheld);
        var leaking = leaks.Select(leak => leak.Split(' ')[0]).ToHashSet(StringComparer.Ordinal);
        string[] expected =
        [
            "actions_get",
            "actions_list",
            "add_issue_comment",
            "compare_commits",
            "create_pull_request",
            "get_code_scanning_alert",
            "get_commit",
            "get_discussion",
            "get_discussion_comments",
            "get_file_contents",
            "get_gist",
            "get_job_logs",
            "get_notification_details",
            "get_repository_tree",
            "issue_dependency_read",
            "issue_read",
            "issue_write",
            "list_code_scanning_alerts",
            "list_commits",
            "list_discussions",
            "list_gists",
            "list_issues",
            "list_notifications",
            "list_org_repository_security_advisories",
            "list_pull_requests",
            "list_repository_security_advisories",
            "projects_list",
            "pull_request_read",
            "resources/read",
            "search_issues",
            "search_pull_requests",
            "sub_issue_write",
            "update_issue_comment",
            "update_pull_request",
        ];
        Assert.Empty(expected.Except(leaking));
    }

    private static async Task<(int Calls, ConcurrentQueue<string> Leaks, int Withheld, ConcurrentQueue<string> Unexpected)> CallAllAsync(
        bool isLockdown
    )
    {
        var time = new RunningClock();
        await using var github = await StubbedGitHub.StartAsync(
            time,
            ("GITHUB_LOCKDOWN_MODE", isLockdown ? "true" : "false"),
            ("RATE_LIMIT_PER_SECOND", "0")
        );
        github.Upstream.OnAnything(new OutsiderGitHub(github.Upstream.Url).AnswerAsync);
        var listed = await github.PostAsync("tools/list", []);
        var each = new ToolCases { Samples = SampleCalls.Samples, AlsoWanted = SampleCalls.AlsoWanted };
        var required = new ToolCases { Samples = SampleCalls.Samples };
        var tools = listed["tools"]!.AsArray().Select(tool => tool!.AsObject()).ToList();
        var calls = tools
            .SelectMany(each.Of)
            .Where(call => call.Tool is not ("read_more" or "show_activity"))
            .SelectMany(WithReferences)
            .Concat(tools.SelectMany(required.Of).Select(call => CallOf(call, call.Arguments)))
            .Concat(Resources())
            .ToList();
        var leaks = new ConcurrentQueue<string>();
        var unexpected = new ConcurrentQueue<string>();
        var withheld = 0;
        await Parallel.ForEachAsync(
            calls,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (call, _) =>
            {
                var told = (await time.WhileAsync(github.PostAsync(call.Method, call.Parameters))).ToJsonString();
                if (told.Contains("failed unexpectedly", StringComparison.Ordinal))
                {
                    unexpected.Enqueue($"{call.Name} {call.Parameters.ToJsonString()}: {told}");
                }

                if (Leaks.Any(leak => told.Contains(leak, StringComparison.Ordinal)))
                {
                    leaks.Enqueue($"{call.Name} {call.Parameters.ToJsonString()}: {told[..Math.Min(told.Length, 2000)]}");
                }
                else if (told.Contains("ockdown mode", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref withheld);
                }
            }
        );
        return (calls.Count, leaks, withheld, unexpected);
    }

    /// <summary>The call as it is, and with each reference that leads to a fork or a pull request.</summary>
    private static IEnumerable<Call> WithReferences(ToolCase call)
    {
        yield return CallOf(call, call.Arguments);
        foreach (var name in References.Where(call.Properties.ContainsKey))
        {
            foreach (var reference in OutsiderGitHub.References)
            {
                var arguments = call.Arguments.DeepClone().AsObject();
                arguments[name] = reference;
                yield return CallOf(call, arguments);
            }
        }
    }

    private static Call CallOf(ToolCase call, JsonObject arguments) =>
        new(call.Tool, "tools/call", new JsonObject { ["name"] = call.Tool, ["arguments"] = arguments.DeepClone() });

    private static IEnumerable<Call> Resources()
    {
        foreach (
            var place in OutsiderGitHub
                .References.SelectMany(reference => new[] { $"sha/{reference}", $"refs/heads/{reference}", $"refs/tags/{reference}" })
                .Append("refs/pull/7/head")
        )
        {
            yield return new("resources/read", "resources/read", new JsonObject { ["uri"] = $"repo://octo/hello/{place}/contents/a.txt" });
        }

        foreach (var variable in new[] { "sha", "branch", "tag", "prNumber" })
        {
            foreach (var reference in OutsiderGitHub.References.Append("7"))
            {
                yield return new(
                    "completion/complete",
                    "completion/complete",
                    new JsonObject
                    {
                        ["ref"] = new JsonObject { ["type"] = "ref/resource", ["uri"] = "repo://{owner}/{repo}/contents{/path*}" },
                        ["argument"] = new JsonObject { ["name"] = "path", ["value"] = "" },
                        ["context"] = new JsonObject
                        {
                            ["arguments"] = new JsonObject
                            {
                                ["owner"] = "octo",
                                ["repo"] = "hello",
                                [variable] = reference,
                            },
                        },
                    }
                );
            }
        }
    }

    private sealed record Call(string Name, string Method, JsonObject Parameters);
}

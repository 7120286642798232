using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using McpGateway.Testing;

namespace GitHub.Specs.Attacks;

/// <summary>
/// Whatever a caller asks of any tool, resource, completion or prompt, nothing of a repository outside of the operator's list, or of what the
/// caller's rights name of it, comes in, is
/// counted or is changed.
/// </summary>
public sealed class RepositoryAttackSpecs
{
    private const int AtOnce = 4;

    /// <summary>What a leak looks like, in plain text and in base64.</summary>
    private static readonly string[] Leaks = [ForeignGitHub.Foreign, ForeignGitHub.Count, "Rk9SRUlHT"];

    [Theory]
    [InlineData("octo/hello,octo/two,octo/moved,octo/named", "", 1)]
    [InlineData("octo/*", "", 3)]
    [InlineData("", ";repos=octo/hello octo/two octo/moved octo/named", 4)]
    [InlineData("octo/*,victim/*", ";repos=octo/*", 5)]
    public async Task No_tool_leads_out_of_the_list(string allowed, string rights, int every)
    {
        var time = new RunningClock();
        await using var github = await StubbedGitHub.StartAsync(
            time,
            ("GITHUB_ALLOWED_REPOS", allowed),
            ("MCP_BEARER_TOKEN", null),
            ("MCP_BEARER_TOKENS", $"caller={StubbedGitHub.Bearer}{rights}"),
            ("RATE_LIMIT_PER_SECOND", "0")
        );
        var foreign = new ForeignGitHub(github.Upstream.Url, allOfOcto: allowed == "octo/*" || rights == ";repos=octo/*");
        github.Upstream.OnAnything(foreign.AnswerAsync);
        var listed = await github.PostAsync("tools/list", []);
        var cases = CasesOf(listed, new() { Samples = SampleCalls.Samples, AlsoWanted = SampleCalls.AlsoWanted });
        var required = CasesOf(listed, new() { Samples = SampleCalls.Samples });
        var unexpected = new ConcurrentQueue<string>();
        var leaks = new ConcurrentQueue<string>();
        var errors = new ConcurrentDictionary<string, string>();
        var (calls, answered) = (0, new ConcurrentDictionary<string, int>());
        await Parallel.ForEachAsync(
            // Each method of a tool that has several gets every third shape, and the tool gets all.
            cases
                .SelectMany(
                    (call, number) =>
                        AttackShapes
                            .Of(call, number)
                            .Where((_, shape) => (call.Methods < 3 || (shape + call.Method) % 3 == 0) && (shape + number) % every == 0)
                            .Prepend(call.Arguments)
                            .Select(arguments => CallOf(call.Tool, arguments))
                )
                .Concat(required.Select(call => CallOf(call.Tool, call.Arguments)))
                .Concat(ResourceShapes.All().Select(call => (Name: call.Method, call.Method, call.Parameters)))
                // Many shapes come out the same, such as names of repositories for a tool that takes none.
                .DistinctBy(call => call.Method + call.Parameters.ToJsonString()),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (call, _) =>
            {
                Interlocked.Increment(ref calls);
                var sent = call.Parameters.ToJsonString();
                var result = await time.WhileAsync(github.PostAsync(call.Method, call.Parameters));
                var told = result.ToJsonString();
                if (Leaks.Any(leak => told.Contains(leak, StringComparison.Ordinal)))
                {
                    leaks.Enqueue($"{call.Name} {sent}: {told}");
                }

                if (told.Contains("failed unexpectedly", StringComparison.Ordinal))
                {
                    unexpected.Enqueue($"{call.Name} {sent}: {told}");
                }

                if (result["isError"]?.GetValue<bool>() != true && !result.ContainsKey("code"))
                {
                    answered.AddOrUpdate(call.Name, 1, (_, count) => count + 1);
                }
                else
                {
                    errors.TryAdd(call.Name, told);
                }
            }
        );
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{AttackShapes.Count} shapes, {calls} calls, answered: {answered.Values.Sum()} of {answered.Count} tools, "
                + $"not\n{string.Join('\n', errors.Where(error => !answered.ContainsKey(error.Key)))}"
        );
        Assert.True(leaks.IsEmpty, $"{leaks.Count} of {calls}:\n{string.Join('\n', leaks.Take(30))}");
        Assert.True(unexpected.IsEmpty, $"{unexpected.Count} of {calls}:\n{string.Join('\n', unexpected.Take(30))}");
        Assert.True(
            foreign.Intrusions.Count == 0,
            $"{foreign.Intrusions.Count}:\n{string.Join('\n', foreign.Intrusions.Distinct().Take(30))}"
        );
        Assert.InRange(AttackShapes.Count, 180, 300);
        Assert.Empty(ResourceShapes.Methods.Except(answered.Keys));
        Assert.True(
            answered.Count > 70,
            $"Only {answered.Count} tools answered at all: {string.Join(", ", cases.Select(call => call.Tool).Distinct().Except(answered.Keys))}"
        );
    }

    private static List<ToolCase> CasesOf(JsonObject listed, ToolCases each) =>
        [
            .. listed["tools"]!
                .AsArray()
                .SelectMany(tool => each.Of(tool!.AsObject()))
                .Where(call => call.Tool is not ("read_more" or "show_activity")),
        ];

    private static (string Name, string Method, JsonObject Parameters) CallOf(string tool, JsonObject arguments) =>
        (tool, "tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments.DeepClone() });
}

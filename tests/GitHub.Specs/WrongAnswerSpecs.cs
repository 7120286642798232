using System.Collections.Concurrent;
using System.Text.Json;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;

namespace GitHub.Specs;

/// <summary>An answer that is GitHub's and is not of the question, as proxies and caches mix them up: a file for a folder, a list for one thing.</summary>
public sealed class WrongAnswerSpecs
{
    private const int AtOnce = 4;

    [Fact]
    public async Task No_tool_fails_unexpectedly_on_the_answer_of_another()
    {
        var time = new RunningClock();
        await using var github = await StubbedGitHub.StartAsync(time);
        var caller = new ToolCaller(github.Gateway, StubbedGitHub.Bearer, time);
        var cases = await caller.ListAsync(new() { Samples = SampleCalls.Samples, AlsoWanted = SampleCalls.AlsoWanted });
        var (calls, problems) = (0, new ConcurrentQueue<string>());
        foreach (var (number, (kind, body)) in (await KindsAsync()).Index())
        {
            github.Upstream.OnAnything(context =>
            {
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync(body);
            });
            await Parallel.ForEachAsync(
                // Each method of a tool that has several gets every third kind, and the tool gets all.
                cases.Where(call => call.Methods < 3 || (call.Method + number) % 3 == 0),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (call, _) =>
                {
                    Interlocked.Increment(ref calls);
                    var told = (await caller.CallAsync(call)).ToJsonString();
                    if (told.Contains("failed unexpectedly", StringComparison.Ordinal))
                    {
                        problems.Enqueue($"{kind}: {call.Tool} {call.Arguments.ToJsonString()}");
                    }
                }
            );
        }

        Assert.True(calls > 2_000, $"{calls}");
        Assert.True(
            problems.IsEmpty,
            $"{problems.Count}:\n{string.Join('\n', problems.Take(60))}\n"
                + string.Join('\n', github.Gateway.Logs.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Take(10))
        );
    }

    private static async Task<List<(string Kind, string Body)>> KindsAsync()
    {
        var kinds = new List<(string, string)>();
        foreach (
            var request in new[]
            {
                "GET /repos/o/r/contents/a",
                "GET /repos/o/r/issues/1",
                "GET /repos/o/r/issues",
                "GET /repos/o/r/pulls/1",
                "GET /search/issues",
                "GET /user",
                "GET /repos/o/r",
                "GET /repos/o/r/commits/main",
                "GET /repos/o/r/git/trees/main",
                "GET /repos/o/r/git/ref/heads/main",
                "GET /repos/o/r/actions/runs",
                "GET /repos/o/r/releases/1",
            }
        )
        {
            var body = (await OfficialExamples.OfAsync(request)).Body!.Value;
            kinds.Add((request, body.GetRawText()));
            kinds.Add((request + " in a list", body.ValueKind == JsonValueKind.Array ? body[0].GetRawText() : $"[{body.GetRawText()}]"));
            kinds.Add(
                (request + " as data", $$"""{"data":{"repository":{{body.GetRawText()}},"node":{{body.GetRawText()}}, "viewer":{} } }""")
            );
        }

        kinds.Add(
            ("a file without a path", """{"type":"file","name":"","path":"","sha":"1","size":3,"encoding":"base64","content":"YWJj"}""")
        );
        kinds.Add(("a folder without entries", """{"type":"dir","name":"","path":"","sha":"1"}"""));
        return kinds;
    }
}

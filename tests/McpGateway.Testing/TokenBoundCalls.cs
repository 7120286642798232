using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Text;
using McpGateway.Tools.Answers;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Testing;

/// <summary>Calls every tool of a gateway whose API answers as much as it can, in texts of every kind, and says which results are too large.</summary>
/// <param name="upstream">The API; null: the service has none.</param>
public sealed class TokenBoundCalls(ToolCaller caller, StubUpstream? upstream)
{
    private const int AtOnce = 4;
    private const int Large = 3_000;

    /// <summary>The calls, of every tool that is listed.</summary>
    public required ToolCases Cases { get; init; }

    /// <summary>Makes the API answer in a kind of text.</summary>
    public Action<string> Choose { get; init; } = _ => { };

    /// <summary>Makes each call in some kinds of text, as JSON and as an event stream, and once more while the API refuses it at length.</summary>
    /// <param name="rounds">How often each call is made.</param>
    public async Task<TokenBoundReport> RunAsync(Func<HttpContext, Task> answer, int rounds)
    {
        var cases = await caller.ListAsync(Cases);
        var calls = 0;
        var tooLarge = new ConcurrentQueue<string>();
        var large = new ConcurrentDictionary<string, bool>();
        var said = new ConcurrentDictionary<string, string>();
        for (var number = 0; number < SampleTexts.Kinds.Count; number++)
        {
            var kind = SampleTexts.Kinds[number];
            Choose(kind);
            upstream?.OnAnything(answer);
            await RunAsync(rounds, number, kind);
            if (upstream is not null)
            {
                var refusal = JsonSerializer.SerializeToUtf8Bytes(new { message = SampleTexts.All[kind](200_000) });
                upstream.OnAnything(context => RefuseAsync(context, refusal));
                await RunAsync(1, number, $"refused, {kind}");
            }
        }

        var small = said.Where(tool => !large.ContainsKey(tool.Key)).Select(tool => $"{tool.Key}: {Cut.To(tool.Value, 200)}");
        return new(calls, [.. tooLarge], [.. large.Keys], [.. small]);

        async Task RunAsync(int times, int number, string kind)
        {
            // Each call in some of the kinds, and its neighbours in others.
            var now = cases.Where((_, i) => (i + number) % SampleTexts.Kinds.Count < times).ToList();
            calls += now.Count;
            await Parallel.ForEachAsync(
                now.Select((call, i) => (call, i)),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (each, _) =>
                {
                    var result = await caller.CallAsync(each.call, asEvents: (each.i + number) % 2 == 0);
                    var tokens = TokensOf(result);
                    said[each.call.Tool] = $"{result["content"]![0]!["text"]}";
                    if (tokens > O200k.Most)
                    {
                        tooLarge.Enqueue($"{kind}: {each.call.Tool} {each.call.Arguments.ToJsonString()}: {tokens} tokens");
                    }

                    if (tokens > Large)
                    {
                        large[each.call.Tool] = true;
                    }
                }
            );
        }
    }

    private static Task RefuseAsync(HttpContext context, byte[] refusal)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(refusal).AsTask();
    }

    /// <summary>All that a client may hand on.</summary>
    private static int TokensOf(JsonObject result)
    {
        var texts = result["content"]!.AsArray().Select(block => block!["text"]?.ToString() ?? "").ToList();
        if (result["structuredContent"] is { } structured)
        {
            texts.Add(structured.ToJsonString(ToolJson.Readable));
        }

        return texts.Sum(O200k.Count);
    }
}

/// <summary>What became of the calls.</summary>
/// <param name="TooLarge">A line for each result beyond the bound.</param>
/// <param name="Large">The tools of which a result was large at all.</param>
/// <param name="Small">The others, with what they said.</param>
public sealed record TokenBoundReport(int Calls, IReadOnlyList<string> TooLarge, IReadOnlyList<string> Large, IReadOnlyList<string> Small);

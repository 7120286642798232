using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace McpGateway.Testing;

/// <summary>Calls every tool of a gateway whose API answers each kind of <see cref="Garbage"/>, and says which calls were not told so clearly.</summary>
public sealed partial class GarbageCalls(Gateway gateway, StubUpstream upstream, string token, RunningClock time)
{
    private const int AtOnce = 4;

    private readonly ToolCaller caller = new(gateway, token, time);

    /// <summary>Values for parameters, by their names, as JSON.</summary>
    public required IReadOnlyDictionary<string, string> Samples { get; init; }

    /// <summary>Parameters that a tool wants although its schema does not call them required.</summary>
    public IReadOnlyDictionary<string, string[]> AlsoWanted { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Tools that ask the API nothing.</summary>
    public IReadOnlyCollection<string> Silent { get; init; } = [];

    /// <summary>Makes all calls.</summary>
    /// <returns>How many, and a line for each that was not answered rightly.</returns>
    public async Task<(int Calls, IReadOnlyList<string> Problems)> RunAsync()
    {
        var cases = await CasesAsync();
        var problems = new ConcurrentQueue<string>();
        upstream.OnAnything(Garbage.Kinds["null"]);
        foreach (var call in cases)
        {
            var before = upstream.Received.Count;
            var (_, told) = await CallAsync(call);
            if (upstream.Received.Count == before && call.Tool is not ("read_more" or "show_activity") && !Silent.Contains(call.Tool))
            {
                problems.Enqueue($"{call.Tool} {call.Arguments.ToJsonString()} asked the API nothing: {told}");
            }
        }

        // What a guard or a tool looks for in an argument may not be there.
        foreach (var call in await caller.ListAsync(new() { Samples = Samples }))
        {
            if (ProblemOf(call, await CallAsync(call)) is { } problem)
            {
                problems.Enqueue($"with what is required alone: {call.Tool} {call.Arguments.ToJsonString()}: {problem}");
            }
        }

        var calls = 0;
        foreach (var ((kind, answer), number) in Garbage.Kinds.Select((kind, number) => (kind, number)))
        {
            upstream.OnAnything(answer);
            // Each method of a tool that has several gets every third kind, and the tool gets all. What no tool reads, every call gets a third of.
            var now = (
                Garbage.Broken.Contains(kind)
                    ? cases.Where((_, i) => (i + number) % 3 == 0)
                    : cases.Where(call => call.Methods < 3 || (call.Method + number) % 3 == 0)
            ).ToList();
            calls += now.Count;
            await Parallel.ForEachAsync(
                now,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (call, _) =>
                {
                    if (ProblemOf(call, await CallAsync(call)) is { } problem)
                    {
                        problems.Enqueue($"{kind}: {call.Tool} {call.Arguments.ToJsonString()}: {problem}");
                    }
                }
            );
        }

        return (calls, [.. problems]);
    }

    /// <summary>Makes each call once while the API loses the connection of every request that is no GET, once it has read it.</summary>
    /// <returns>How many requests were lost, and a line for each that left again.</returns>
    public async Task<(int Lost, IReadOnlyList<string> Problems)> LoseAsync()
    {
        var problems = new List<string>();
        var lost = 0;
        upstream.OnAnything(async context =>
        {
            if (context.Request.Method == "GET")
            {
                await Garbage.Kinds["null"](context);
                return;
            }

            await StubUpstream.CloseAsync(context);
        });
        foreach (var call in await CasesAsync())
        {
            var before = upstream.Received.Count;
            var (isError, told) = await CallAsync(call);
            var sent = upstream.Received.Skip(before).Where(request => request.Method is "POST" or "PATCH" or "DELETE").ToList();
            lost += sent.Count;
            problems.AddRange(
                sent.GroupBy(request => (request.Method, request.Target, request.Text))
                    .Where(group => group.Count() > 1)
                    .Select(group =>
                        $"{call.Tool} {call.Arguments.ToJsonString()}: {group.Key.Method} {group.Key.Target} left {group.Count()} times"
                    )
            );
            if (ProblemOf(call, (isError, told)) is { } problem)
            {
                problems.Add($"{call.Tool} {call.Arguments.ToJsonString()}: {problem}");
            }
        }

        return (lost, problems);
    }

    private Task<IReadOnlyList<ToolCase>> CasesAsync() => caller.ListAsync(new() { Samples = Samples, AlsoWanted = AlsoWanted });

    private static string? ProblemOf(ToolCase call, (bool IsError, string Text) told) =>
        told.Text.Contains("failed unexpectedly", StringComparison.Ordinal) ? "failed unexpectedly"
        : !told.IsError && EmptyList().IsMatch(told.Text) ? $"an empty list: {told.Text}"
        // A read that succeeds may tell of writes.
        : call.IsRead && told.IsError && told.Text.Contains("may have been made", StringComparison.Ordinal)
            ? $"a read warns of effects: {told.Text}"
        : told.IsError && TypeName().IsMatch(told.Text) ? $"names a type: {told.Text}"
        : told.IsError && told.Text.Length > 1_000 ? $"not a sentence: {told.Text[..200]}"
        : null;

    private async Task<(bool IsError, string Text)> CallAsync(ToolCase call)
    {
        var result = await caller.CallAsync(call);
        return (
            result["isError"]?.GetValue<bool>() == true,
            string.Join('\n', result["content"]!.AsArray().Select(block => block!["text"]?.ToString()))
        );
    }

    [GeneratedRegex(@":\s*\[\s*\]")]
    private static partial Regex EmptyList();

    [GeneratedRegex(@"System\.|`\d|Exception")]
    private static partial Regex TypeName();
}

using System.Text.Json.Nodes;

namespace McpGateway.Testing;

/// <summary>Calls every tool of a gateway with a blank in the place of each text that it requires, and says which calls were not refused for it.</summary>
/// <param name="time">The gateway's clock, which runs while a call lasts; null: the machine's.</param>
public sealed class BlankCalls(Gateway gateway, StubUpstream upstream, string token, RunningClock? time = null)
{
    /// <summary>Spaces, a line's end and characters that draw nothing.</summary>
    private const string Blank = " \n\u200b\u2060";

    private readonly ToolCaller caller = new(gateway, token, time);

    /// <summary>Values for parameters, by their names, as JSON.</summary>
    public required IReadOnlyDictionary<string, string> Samples { get; init; }

    /// <summary>What may be empty although it is required, as "tool parameter".</summary>
    public IReadOnlyCollection<string> MeanSomething { get; init; } = [];

    /// <summary>Makes all calls.</summary>
    /// <returns>How many, and a line for each that was answered otherwise, or for which the API was asked.</returns>
    public async Task<(int Calls, IReadOnlyList<string> Problems)> RunAsync()
    {
        var problems = new List<string>();
        var calls = 0;
        foreach (var call in (await caller.ListAsync(new() { Samples = Samples })).Where(call => call.Method == 0))
        {
            foreach (var (name, value) in call.Arguments.Where(argument => !MeanSomething.Contains($"{call.Tool} {argument.Key}")))
            {
                var schema = call.Properties[name]!.AsObject();
                var isList = (schema["items"] as JsonObject)?["type"]?.ToString() == "string";
                if (schema["enum"] is not null || (schema["type"]?.ToString() != "string" && !isList))
                {
                    continue;
                }

                calls++;
                var blank = call with { Arguments = call.Arguments.DeepClone().AsObject() };
                blank.Arguments[name] = isList ? new JsonArray(value![0]!.DeepClone(), Blank) : Blank;
                var result = await caller.CallAsync(blank);
                var said = string.Join('\n', result["content"]!.AsArray().Select(block => block!["text"]?.ToString()));
                if (!said.Contains($"{name}{(isList ? "[1]" : "")} is empty", StringComparison.Ordinal) || result["isError"] is null)
                {
                    problems.Add($"{call.Tool} {blank.Arguments.ToJsonString()}: {said}");
                }
            }
        }

        return (calls, [.. problems, .. upstream.Received.Select(request => $"the API was asked {request.Method} {request.Target}")]);
    }
}

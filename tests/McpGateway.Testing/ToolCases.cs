using System.Text.Json.Nodes;

namespace McpGateway.Testing;

/// <summary>Calls that a gateway's tools take, made of the list of its tools: a tool that is added has its own without anybody thinking of it.</summary>
public sealed class ToolCases
{
    /// <summary>Values for parameters, by their names, as JSON.</summary>
    public required IReadOnlyDictionary<string, string> Samples { get; init; }

    /// <summary>Parameters that a tool, or "tool method", wants although its schema does not call them required.</summary>
    public IReadOnlyDictionary<string, string[]> AlsoWanted { get; init; } = new Dictionary<string, string[]>();

    /// <summary>One call of a tool, or one for each of its methods.</summary>
    /// <param name="tool">As tools/list has it.</param>
    public IEnumerable<ToolCase> Of(JsonObject tool)
    {
        var name = tool["name"]!.ToString();
        var schema = tool["inputSchema"]!.AsObject();
        var properties = schema["properties"] as JsonObject ?? [];
        var wanted = (schema["required"] as JsonArray ?? [])
            .Select(required => required!.ToString())
            .Concat(AlsoWanted.GetValueOrDefault(name) ?? [])
            .Distinct();
        var arguments = new JsonObject(
            wanted.Select(parameter => KeyValuePair.Create(parameter, ValueOf(parameter, properties[parameter] as JsonObject ?? [])))
        );
        var isRead = tool["annotations"]?["readOnlyHint"]?.GetValue<bool>() == true;
        if (arguments.ContainsKey("method") && properties["method"]?["enum"] is JsonArray methods)
        {
            foreach (var (method, number) in methods.Select((method, number) => (method, number)))
            {
                var of = arguments.DeepClone().AsObject();
                of["method"] = method!.ToString();
                foreach (var parameter in AlsoWanted.GetValueOrDefault($"{name} {method}") ?? [])
                {
                    of[parameter] = ValueOf(parameter, properties[parameter] as JsonObject ?? []);
                }

                yield return new(name, of, properties, isRead, number, methods.Count);
            }
        }
        else
        {
            yield return new(name, arguments, properties, isRead);
        }
    }

    private JsonNode? ValueOf(string parameter, JsonObject schema) => SampleArguments.ValueOf(parameter, schema, Samples);
}

/// <summary>A call of a tool.</summary>
/// <param name="Properties">What the tool takes, by name.</param>
/// <param name="Method">The number of the method among the tool's.</param>
/// <param name="Methods">How many methods the tool has.</param>
public sealed record ToolCase(string Tool, JsonObject Arguments, JsonObject Properties, bool IsRead, int Method = 0, int Methods = 1);

using System.Reflection;
using System.Text.Json;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GitHub.Answers;

/// <summary>Arguments of a tool of several methods that mean something to some of these only.</summary>
internal sealed class MethodArguments(MethodInfo tool)
{
    private readonly List<Limited> limited =
    [
        .. from parameter in tool.GetParameters()
        let methods = parameter.GetCustomAttribute<OnlyWithAttribute>()?.Methods
        where methods is not null
        select new Limited(parameter.Name!, parameter.GetCustomAttribute<WireNameAttribute>()?.Name ?? parameter.Name!, methods),
    ];

    /// <summary>Refuses what would get lost in a call that changes something.</summary>
    /// <exception cref="McpException">An argument means nothing to the method.</exception>
    public void Demand(IDictionary<string, JsonElement>? arguments)
    {
        if (Find(arguments) is { Count: > 0 } ignored)
        {
            throw new McpException($"{string.Join(' ', ignored.Select(one => one.Sentence))} Nothing was done.");
        }
    }

    /// <summary>Adds what was ignored to a result, in the words for arguments that a tool does not have.</summary>
    public void Tell(IDictionary<string, JsonElement>? arguments, CallToolResult result)
    {
        if (Find(arguments) is { Count: > 0 } ignored)
        {
            var names = JsonSerializer.Serialize(ignored.Select(one => one.Name));
            var sentences = string.Join('\n', ignored.Select(one => one.Sentence));
            result.Content = [.. result.Content, new TextContentBlock { Text = $"ignored: {names}\n{sentences}" }];
        }
    }

    private List<(string Name, string Sentence)> Find(IDictionary<string, JsonElement>? arguments) =>
        limited.Count > 0
        && arguments?.TryGetValue("method", out var given) == true
        && given.ValueKind == JsonValueKind.String
        && given.GetString() is { } method
            ?
            [
                .. limited
                    .Where(one => !one.Methods.Contains(method) && arguments.TryGetValue(one.Parameter, out var value) && IsGiven(value))
                    .Select(one => (one.Name, $"{one.Name}: only for {string.Join(" and ", one.Methods)}, not for {method}.")),
            ]
            : [];

    // Clients that must fill every argument send these for what there is not.
    private static bool IsGiven(JsonElement value) =>
        value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)
        && !(value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number == 0);

    /// <param name="Parameter">As the method has it.</param>
    /// <param name="Name">As callers have it.</param>
    private sealed record Limited(string Parameter, string Name, IReadOnlyList<string> Methods);
}

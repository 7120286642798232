using System.Reflection;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace GitHub.Answers;

/// <summary>Arguments of a tool of several methods that mean something to some of these only.</summary>
internal sealed class MethodArguments(MethodInfo tool)
{
    private readonly Dictionary<string, IReadOnlyList<string>> methodsOf = tool.GetParameters()
        .Select(parameter => (parameter.Name, parameter.GetCustomAttribute<OnlyWithAttribute>()?.Methods))
        .Where(parameter => parameter is { Name: not null, Methods: not null })
        .ToDictionary(parameter => parameter.Name!, parameter => parameter.Methods!, StringComparer.Ordinal);

    /// <summary>Adds what was ignored to a result, in the words for arguments that a tool does not have.</summary>
    public void Tell(IDictionary<string, JsonElement>? arguments, CallToolResult result)
    {
        if (
            methodsOf.Count == 0
            || arguments?.TryGetValue("method", out var given) != true
            || given.ValueKind != JsonValueKind.String
            || given.GetString() is not { } method
        )
        {
            return;
        }

        var ignored = methodsOf.Where(known => arguments.ContainsKey(known.Key) && !known.Value.Contains(method)).ToList();
        if (ignored.Count > 0)
        {
            var names = JsonSerializer.Serialize(ignored.Select(known => known.Key));
            var sentences = ignored.Select(known => $"{known.Key}: only for {string.Join(" and ", known.Value)}, not for {method}.");
            result.Content = [.. result.Content, new TextContentBlock { Text = $"ignored: {names}\n{string.Join('\n', sentences)}" }];
        }
    }
}

using System.Reflection;
using System.Text.Json;
using ModelContextProtocol;

namespace GitHub.Selection;

/// <summary>
/// Arguments as models send them to any tool: an optional text that is empty was not given (the official server takes it
/// so, and an edit would otherwise wipe what it does not mention), a branch or tag may come with its full name, and a
/// repository's two names do not belong into one.
/// </summary>
internal sealed class Arguments(MethodInfo method)
{
    private readonly HashSet<string> optionalTexts =
    [
        .. method
            .GetParameters()
            .Where(parameter =>
                parameter.ParameterType == typeof(string) && parameter.HasDefaultValue && !parameter.IsDefined(typeof(EmptyClearsAttribute))
            )
            .Select(parameter => parameter.Name!),
    ];

    /// <exception cref="McpException">A name holds a slash.</exception>
    public void Tidy(IDictionary<string, JsonElement> arguments)
    {
        foreach (var (name, value) in arguments.Where(argument => argument.Value.ValueKind == JsonValueKind.String).ToList())
        {
            var text = value.GetString()!;
            if (text.Length == 0 && optionalTexts.Contains(name))
            {
                arguments.Remove(name);
            }
            else if (PrefixOf(name) is { } prefix && text.StartsWith(prefix, StringComparison.Ordinal))
            {
                arguments[name] = JsonSerializer.SerializeToElement(text[prefix.Length..]);
            }
            else if (name is "owner" or "repo" or "org" or "item_owner" or "item_repo" && text.Contains('/', StringComparison.Ordinal))
            {
                throw new McpException($"{name}='{text}' is not one name{Suggest(text)}.");
            }
        }
    }

    private static string? PrefixOf(string name) =>
        name switch
        {
            "branch" or "from_branch" => "refs/heads/",
            "tag" => "refs/tags/",
            _ => null,
        };

    private static string Suggest(string text) =>
        text.Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., var owner, var repo]
            ? $": give owner='{owner}' and repo='{(repo.EndsWith(".git", StringComparison.Ordinal) ? repo[..^4] : repo)}'"
            : ": leave the slash out";
}

/// <summary>Marks an optional text that clears something when it is empty.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class EmptyClearsAttribute : Attribute;

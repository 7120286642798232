using ModelContextProtocol;

namespace Coda.Links;

/// <summary>Finds the one thing that a model means by an id or a name. Coda itself would take any of several of the same name.</summary>
internal static class Named
{
    private const int MostCandidates = 30;

    /// <summary>The item with this id, else the only one with this name, else the only one whose name differs in case alone.</summary>
    /// <param name="field">The tool's parameter, for the error.</param>
    public static T Find<T>(IReadOnlyCollection<T> items, string text, string field, Func<T, string> id, Func<T, string?> name)
    {
        var found = items.Where(item => id(item) == text).ToList();
        found = found.Count > 0 ? found : [.. items.Where(item => name(item) == text)];
        found = found.Count > 0 ? found : [.. items.Where(item => string.Equals(name(item), text, StringComparison.OrdinalIgnoreCase))];
        return found.Count switch
        {
            1 => found[0],
            0 => throw new McpException(
                $"{field}='{text}' is not there. {(items.Count == 0 ? "The list is empty." : $"There are: {List(items, id, name)}.")}"
            ),
            _ => throw new McpException($"{field}='{text}' is the name of {found.Count}: {List(found, id, name)}. Give the id of one."),
        };
    }

    private static string List<T>(IReadOnlyCollection<T> items, Func<T, string> id, Func<T, string?> name) =>
        string.Join(", ", items.Take(MostCandidates).Select(item => $"'{name(item)}' ({id(item)})"))
        + (items.Count > MostCandidates ? ", …" : "");
}

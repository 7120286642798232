using ModelContextProtocol;

namespace GitHub.Writes;

/// <summary>The body of an edit: what a caller gave and nothing else, so that the rest stays.</summary>
internal static class Given
{
    public static Dictionary<string, object> Of(params (string Name, object? Value)[] members) =>
        members
            .Where(member => member.Value is not null)
            .ToDictionary(member => member.Name, member => member.Value!, StringComparer.Ordinal);

    /// <summary>Empties fields.</summary>
    /// <param name="empty">What an empty field has; null stands for itself.</param>
    /// <exception cref="McpException">One of them is given a value as well: which of the two is meant, nobody knows.</exception>
    public static void Clear(this Dictionary<string, object> edit, IEnumerable<string>? fields, Func<string, object?> empty)
    {
        foreach (var field in (fields ?? []).Distinct())
        {
            if (!edit.TryAdd(field, empty(field)!))
            {
                throw new McpException($"clear names {field}, which is given a value as well: give one of them. Nothing was changed.");
            }
        }
    }
}

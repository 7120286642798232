namespace GitHub.Writes;

/// <summary>The body of an edit: what a caller gave and nothing else, so that the rest stays.</summary>
internal static class Given
{
    public static Dictionary<string, object> Of(params (string Name, object? Value)[] members) =>
        members
            .Where(member => member.Value is not null)
            .ToDictionary(member => member.Name, member => member.Value!, StringComparer.Ordinal);
}

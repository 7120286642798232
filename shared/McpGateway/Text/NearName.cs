namespace McpGateway.Text;

/// <summary>What was meant by a name that is not quite right.</summary>
public static class NearName
{
    // A longer one is nobody's slip, and comparing it would take as long as it is.
    private const int LongestName = 200;

    /// <summary>The name that differs least, where it differs little.</summary>
    public static string? Find(string name, IEnumerable<string> names)
    {
        if (name.Length > LongestName)
        {
            return null;
        }

        var wanted = Loose(name);
        return names
            .Select(known => (Name: known, Loose: Loose(known)))
            .Select(known => (known.Name, Apart: Distance(wanted, known.Loose), Part: IsPart(wanted, known.Loose)))
            .Where(known => known.Part || known.Apart <= Math.Max(1, wanted.Length / 3))
            .OrderBy(known => known.Apart)
            .Select(known => known.Name)
            .FirstOrDefault();
    }

    /// <summary>A sentence to add to one that refuses a name: " Did you mean list_docs?"; "" where nothing is near.</summary>
    public static string Ask(string name, IEnumerable<string> names) => Find(name, names) is { } near ? $" Did you mean {near}?" : "";

    /// <summary>A name without case, separators and plural.</summary>
    public static string Loose(string name) => Plain(name) is { Length: > 2 } plain ? plain.TrimEnd('s') : Plain(name);

    /// <summary>A name without case and separators.</summary>
    public static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static bool IsPart(string one, string other) =>
        Math.Min(one.Length, other.Length) >= 4
        && (one.Contains(other, StringComparison.Ordinal) || other.Contains(one, StringComparison.Ordinal));

    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, corner + (from[i - 1] == to[j - 1] ? 0 : 1));
                corner = above;
            }
        }

        return row[^1];
    }
}

using ModelContextProtocol;

namespace Memory.Database;

/// <summary>The names of the namespaces, and the numbers under which their rows are kept.</summary>
internal static class Spaces
{
    /// <summary>The namespace of those who name none.</summary>
    public const string Default = "default";

    /// <summary>A number that no namespace has.</summary>
    private const long None = 0;

    private const int LongestName = 64;

    /// <summary>A name in the form it is stored in: case does not matter.</summary>
    /// <exception cref="McpException">It is not a name.</exception>
    public static string Check(string name) =>
        name.Length is > 0 and <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? name.ToLowerInvariant()
            : throw new McpException(
                $"The namespace '{(name.Length > LongestName ? name[..LongestName] + "…" : name)}' has no usable name: letters, "
                    + $"digits, '-', '_' and '.', {LongestName} characters at most."
            );

    /// <summary>The number of a namespace; of one that is not there a number without rows.</summary>
    public static long Find(Session session, string name) =>
        session.Scalar("SELECT id FROM namespace WHERE name = ?1", name) as long? ?? None;

    public static long FindOrCreate(Session session, string name, string now)
    {
        if (Find(session, name) is not None and var id)
        {
            return id;
        }

        session.Run("INSERT INTO namespace (name, created) VALUES (?1, ?2)", name, now);
        return Find(session, name);
    }

    public static IReadOnlyList<string> All(Session session)
    {
        var names = new List<string>();
        using var rows = session.Read("SELECT name FROM namespace ORDER BY id");
        while (rows.Read())
        {
            names.Add(rows.Text(0));
        }

        return names;
    }
}

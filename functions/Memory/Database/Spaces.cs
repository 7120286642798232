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

    /// <summary>What a name looks like.</summary>
    public const string Form = "a namespace (letters, digits, '-', '_' and '.', 64 characters at most)";

    /// <summary>A name in the form it is stored in: case does not matter.</summary>
    /// <exception cref="McpException">It is not a name.</exception>
    public static string Check(string name) =>
        IsName(name)
            ? name.ToLowerInvariant()
            : throw new McpException(
                $"The namespace '{(name.Length > LongestName ? name[..LongestName] + "…" : name)}' has no usable name: letters, "
                    + $"digits, '-', '_' and '.', {LongestName} characters at most."
            );

    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName
        && !name.All(c => c is '.')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>The number of a namespace; of one that is not there a number without rows.</summary>
    public static long Find(ISession session, string name) =>
        session.Scalar("SELECT id FROM namespace WHERE name = ?1", name) as long? ?? None;

    /// <summary>The number of a namespace that is to change.</summary>
    public static long FindOrCreate(ISession session, string name, string now)
    {
        if (session.Lock(name) is { } id)
        {
            return id;
        }

        session.Run("INSERT INTO namespace (name, created) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING", name, now);
        return session.Lock(name) ?? throw new InvalidOperationException($"The namespace '{name}' is not there after it was created.");
    }

    /// <summary>What to say of a namespace that is not there; null where it is. The default one always is.</summary>
    public static string? FindProblem(IReadOnlyList<string> all, string name) =>
        name == Default || all.Contains(name) ? null : $"There is no namespace '{name}': nothing was ever stored in it. Check its name.";

    public static IReadOnlyList<string> All(ISession session)
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

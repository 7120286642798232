using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Memory.Postgres;

/// <summary>The memory's SQL as PostgreSQL reads it. Each text is a constant, and is translated once.</summary>
internal static partial class Dialect
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, string> KnownOfEach = new(StringComparer.Ordinal);

    public static string Of(string sql) => Known.GetOrAdd(sql, Translate);

    /// <summary>
    /// The same for each of several sets of values: of lists, which are the parameters $2 and on. The last column is the number of the set, from 1.
    /// </summary>
    /// <param name="lists">Long or string each.</param>
    public static string OfEach(string sql, object?[] lists) =>
        KnownOfEach.GetOrAdd(
            sql,
            static (sql, lists) =>
            {
                // As the columns that they are compared with.
                var values = lists.Select((list, i) => list is string[] ? $"${i + 2} COLLATE \"C\"" : $"${i + 2}");
                var names = lists.Select((_, i) => $"v{i + 2}");
                // The offset keeps the planner from joining it with the lists, by which each set would lose its order.
                return $"SELECT found.*, given.number FROM unnest({string.Join(", ", values)}) WITH ORDINALITY AS given ({string.Join(", ", names)}, number), "
                    + $"LATERAL ({Value().Replace(Of(sql), "given.v$1")} OFFSET 0) AS found";
            },
            lists
        );

    private static string Translate(string sql) =>
        Parameter().Replace(LongTexts().Replace(Hint().Replace(sql, ""), "$1$2 = $3 AND md5($2) = md5($3)"), "$$$1");

    [GeneratedRegex(@"\?(\d)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\$([2-9])")]
    private static partial Regex Value();

    /// <summary>Which index SQLite is to take.</summary>
    [GeneratedRegex(@" INDEXED BY \w+")]
    private static partial Regex Hint();

    /// <summary>
    /// Comparisons of names, which may be longer than what an index takes: those have their digests (see <see cref="Tables"/>), which a
    /// question has to name. What it means stays the same.
    /// </summary>
    [GeneratedRegex(@"\b((?:WHERE|AND|ON) )((?:\w+\.)?(?:name|source|target|subject)) = (\?\d|\w+\.(?:name|source|target))(?![\w.])")]
    private static partial Regex LongTexts();
}

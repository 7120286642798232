using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Memory.Postgres;

/// <summary>The memory's SQL as PostgreSQL reads it. Each text is a constant, and is translated once.</summary>
internal static partial class Dialect
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    public static string Of(string sql) => Known.GetOrAdd(sql, Translate);

    private static string Translate(string sql) =>
        Parameter().Replace(LongTexts().Replace(Hint().Replace(sql, ""), "$1$2 = $3 AND md5($2) = md5($3)"), "$$$1");

    [GeneratedRegex(@"\?(\d)")]
    private static partial Regex Parameter();

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

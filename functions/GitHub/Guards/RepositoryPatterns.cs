using System.Text.RegularExpressions;
using McpGateway.Secrets;

namespace GitHub.Guards;

/// <summary>A list of repositories as a setting gives it: <c>owner/name</c>, <c>owner/*</c>, separated by commas.</summary>
internal sealed partial class RepositoryPatterns
{
    private readonly HashSet<string> patterns;

    private RepositoryPatterns(HashSet<string> patterns) => this.patterns = patterns;

    /// <summary>Reads the setting; null when it is empty, which limits nothing.</summary>
    /// <exception cref="SettingException">An entry is not such a pattern.</exception>
    public static RepositoryPatterns? Parse(string setting, string? value)
    {
        var entries = (value ?? "").Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return entries.FirstOrDefault(entry => !IsPattern(entry)) is { } wrong
                ? throw new SettingException(
                    $"{setting} holds '{wrong}', which is not a repository: use owner/name or owner/*, separated by commas."
                )
            : entries.Length == 0 ? null
            : Of(entries);
    }

    /// <summary>Those of a list whose entries are known to be patterns.</summary>
    public static RepositoryPatterns Of(IEnumerable<string> entries) => new(entries.ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>No repository.</summary>
    public static RepositoryPatterns None { get; } = Of([]);

    public static bool IsPattern(string entry) =>
        entry.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } name]
        && !owner.Contains('*', StringComparison.Ordinal)
        && (name == "*" || !name.Contains('*', StringComparison.Ordinal))
        // As an address of git ends, and no name of GitHub's.
        && !name.EndsWith(".git", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is on both lists.</summary>
    public RepositoryPatterns Within(RepositoryPatterns other) =>
        Of([.. patterns.Where(other.ContainPattern), .. other.patterns.Where(ContainPattern)]);

    public IReadOnlyCollection<string> All => patterns;

    /// <summary>A pattern that has nothing in common with another list; null: there is none.</summary>
    public string? FindOutside(RepositoryPatterns other) => patterns.FirstOrDefault(pattern => Of([pattern]).Within(other).All.Count == 0);

    /// <summary>Whether a repository, or with null everything of the owner, is on the list.</summary>
    public bool Contain(string owner, string? repo) =>
        (patterns.Contains($"{owner}/*") && (repo is null || Name().IsMatch(repo)))
        || (repo is not null && repo != "*" && patterns.Contains($"{owner}/{repo}"));

    private bool ContainPattern(string pattern) => patterns.Contains(pattern) || patterns.Contains($"{pattern.Split('/')[0]}/*");

    /// <summary>Whether anything of the owner is on the list.</summary>
    public bool ContainSomeOf(string owner) => patterns.Any(pattern => pattern.StartsWith($"{owner}/", StringComparison.OrdinalIgnoreCase));

    public override string ToString() => patterns.Count == 0 ? "none" : string.Join(", ", patterns);

    /// <summary>
    /// What GitHub takes for a repository's name. Anything else is a way around the list: somebody between here and there might read
    /// it as a path.
    /// </summary>
    [GeneratedRegex(@"^(?!\.{1,2}$)[A-Za-z0-9._-]+$")]
    private static partial Regex Name();
}

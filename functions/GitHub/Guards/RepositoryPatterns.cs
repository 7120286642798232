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
        foreach (var entry in entries)
        {
            if (
                entry.Split('/') is not [{ Length: > 0 } owner, { Length: > 0 } name]
                || owner.Contains('*', StringComparison.Ordinal)
                || (name != "*" && name.Contains('*', StringComparison.Ordinal))
            )
            {
                throw new SettingException(
                    $"{setting} holds '{entry}', which is not a repository: use owner/name or owner/*, separated by commas."
                );
            }
        }

        return entries.Length == 0 ? null : new(entries.ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    public IReadOnlyCollection<string> All => patterns;

    /// <summary>Whether a repository, or with null everything of the owner, is on the list.</summary>
    public bool Contain(string owner, string? repo) =>
        (patterns.Contains($"{owner}/*") && (repo is null || Name().IsMatch(repo)))
        || (repo is not null && repo != "*" && patterns.Contains($"{owner}/{repo}"));

    /// <summary>Whether anything of the owner is on the list.</summary>
    public bool ContainSomeOf(string owner) => patterns.Any(pattern => pattern.StartsWith($"{owner}/", StringComparison.OrdinalIgnoreCase));

    public override string ToString() => string.Join(", ", patterns);

    /// <summary>
    /// What GitHub takes for a repository's name. Anything else is a way around the list: somebody between here and there might read
    /// it as a path.
    /// </summary>
    [GeneratedRegex(@"^(?!\.{1,2}$)[A-Za-z0-9._-]+$")]
    private static partial Regex Name();
}

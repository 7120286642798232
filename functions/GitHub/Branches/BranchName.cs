using System.Diagnostics.CodeAnalysis;

namespace GitHub.Branches;

/// <summary>A branch may come with its full name, as models copy it from a reference.</summary>
internal static class BranchName
{
    private const string Prefix = "refs/heads/";

    [return: NotNullIfNotNull(nameof(branch))]
    public static string? Of(string? branch) =>
        branch?.StartsWith(Prefix, StringComparison.Ordinal) == true ? branch[Prefix.Length..] : branch;
}

namespace GitHub.Files;

/// <summary>What git calls the kinds of entries of a tree: https://docs.github.com/en/rest/git/trees#create-a-tree.</summary>
internal static class GitMode
{
    public const string File = "100644";
    public const string Executable = "100755";
    public const string Folder = "040000";
    public const string Link = "120000";
    public const string Submodule = "160000";
}

namespace McpGateway.Testing;

/// <summary>The work tree the tests were built in.</summary>
public static class Repository
{
    /// <summary>Its root: the folder of Functions.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of a built project, of the same configuration (debug, release) as the running tests.</summary>
    public static string OutputOf(string project) =>
        Path.Combine(Root, "artifacts", "bin", project, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Functions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException(
            $"No Functions.sln above {AppContext.BaseDirectory}: the tests run from the repository's artifacts folder."
        );
    }
}

namespace McpGateway.Text;

/// <summary>Why a file that a setting names cannot be opened, in words.</summary>
internal static class FileProblem
{
    public static string Of(Exception problem, string path) =>
        Directory.Exists(path)
            ? "it is a folder"
            : problem switch
            {
                DirectoryNotFoundException => "its folder does not exist",
                FileNotFoundException => "it does not exist",
                UnauthorizedAccessException => "this user has no access to it",
                PathTooLongException => "the path is too long",
                _ => problem.Message,
            };
}

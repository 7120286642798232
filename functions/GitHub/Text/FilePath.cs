using McpGateway.Text;
using ModelContextProtocol;

namespace GitHub.Text;

/// <summary>A path in a repository, as callers write it: from the root, with or without slashes at its ends.</summary>
internal static class FilePath
{
    /// <summary>Refuses to make a file of a name that nobody sees all of: a blank at its end makes another file than was meant.</summary>
    /// <exception cref="McpException">A part of the path has a blank or an invisible character around it.</exception>
    public static void CheckNew(string path)
    {
        if (Array.Find(path.Split('/'), part => part != Visible.Trim(part)) is { } part)
        {
            throw new McpException($"path='{path}' has a blank or an invisible character around '{Visible.Trim(part)}': leave it out.");
        }
    }

    /// <summary>The path of an argument that need not be given.</summary>
    /// <exception cref="McpException">It is a link, or climbs with dots.</exception>
    public static string? OrNull(string? path) => path is null ? null : Of(path);

    /// <exception cref="McpException">It is a link, or climbs with dots.</exception>
    public static string Of(string path)
    {
        if (Uri.TryCreate(path, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            var meant = Uri.UnescapeDataString(url.AbsolutePath).Split('/')
                is [_, var owner, var repo, "blob" or "tree" or "raw" or "edit", var reference, .. var rest]
                ? $"give owner='{owner}', repo='{repo}', path='{string.Join('/', rest)}' and the branch or tag '{reference}' "
                    + "(longer if its name has slashes)"
                : "give the path from the repository's root, such as src/main.cs";
            throw new McpException($"path='{path}' is a link, not a path: {meant}.");
        }

        // git knows no empty names.
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where((part, i) => part != "." || i > 0).ToList();
        return parts.Exists(part => part is "." or "..")
            ? throw new McpException($"path='{path}' climbs with dots: give the path from the repository's root, such as src/main.cs.")
            : string.Join('/', parts);
    }
}

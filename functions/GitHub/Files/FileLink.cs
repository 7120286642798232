using System.Security.Cryptography;
using System.Text;

namespace GitHub.Files;

/// <summary>
/// Symbolic links to files of the same repository. The contents API shows the file that is linked to under the link's name, with the link's own sha:
/// the only sign is that the sha is not the content's.
/// </summary>
internal static class FileLink
{
    /// <summary>Where an entry leads that is a link in disguise: the target as the link has it; null for a file.</summary>
    public static async Task<string?> TargetOfAsync(
        this IFilesApi api,
        string owner,
        string repo,
        FileEntry entry,
        string? reference,
        CancellationToken cancellationToken
    )
    {
        if (entry.Type != "file")
        {
            return null;
        }

        if (FileBytes.InlineOf(entry) is { } content)
        {
            return content.Length >= entry.Size && ShaOf(content, entry.Sha) is { } sha && sha != entry.Sha
                ? await api.ReadLinkAsync(owner, repo, entry.Sha, cancellationToken)
                : null;
        }

        if (!string.IsNullOrEmpty(entry.Content))
        {
            return null;
        }

        // Without the content, the folder tells.
        return (await api.FindAsync(owner, repo, reference ?? "HEAD", entry.Path, cancellationToken))?.Mode == GitMode.Link
            ? await api.ReadLinkAsync(owner, repo, entry.Sha, cancellationToken)
            : null;
    }

    /// <summary>The target that a link's blob holds; null where the blob is another one, since the file has just changed.</summary>
    public static async Task<string?> ReadLinkAsync(
        this IFilesApi api,
        string owner,
        string repo,
        string sha,
        CancellationToken cancellationToken
    ) =>
        FileBytes.Decode((await api.GetBlobAsync(owner, repo, sha, cancellationToken)).Content) is { } blob && ShaOf(blob, sha) == sha
            ? Encoding.UTF8.GetString(blob)
            : null;

    /// <summary>The path in the repository that a link leads to; null where it leads out of it.</summary>
    public static string? Resolve(string link, string target)
    {
        if (target.StartsWith('/'))
        {
            return null;
        }

        var parts = new List<string>(link.Split('/')[..^1]);
        foreach (var part in target.Split('/'))
        {
            if (part == ".." && parts.Count == 0)
            {
                return null;
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>The sha git gives to bytes, in the kind of the one known: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects.</summary>
    private static string? ShaOf(byte[] content, string known)
    {
        byte[] blob = [.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content];
        return known.Length switch
        {
            // git's name of an object, which nobody is kept out by.
#pragma warning disable CA5350
            40 => Convert.ToHexStringLower(SHA1.HashData(blob)),
#pragma warning restore CA5350
            64 => Convert.ToHexStringLower(SHA256.HashData(blob)),
            _ => null,
        };
    }
}

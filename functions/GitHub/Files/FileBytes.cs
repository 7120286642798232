using System.Diagnostics.CodeAnalysis;

namespace GitHub.Files;

/// <summary>Gets a file, wherever the contents API has put it: up to 1 MB it is in what the API says of the file.</summary>
internal static class FileBytes
{
    /// <summary>All of a file.</summary>
    public static async Task<byte[]> ReadBytesAsync(
        this IFilesApi api,
        string owner,
        string repo,
        FileEntry file,
        string? reference,
        CancellationToken cancellationToken
    )
    {
        if (TryGetContent(file, out var content))
        {
            return content;
        }

        using var raw = await api.GetRawAsync(owner, repo, file.Path, reference, cancellationToken);
        return await raw.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Some lines of a file, which may be larger than memory.</summary>
    /// <returns>Null where the file is not text.</returns>
    public static async Task<FileLines?> ReadLinesAsync(
        this IFilesApi api,
        string owner,
        string repo,
        FileEntry file,
        string? reference,
        int first,
        int last,
        CancellationToken cancellationToken
    )
    {
        if (TryGetContent(file, out var content))
        {
            return await FileLines.ReadAsync(new MemoryStream(content), first, last, cancellationToken);
        }

        FileLines? lines = null;
        await api.ReadRawAsync(
            owner,
            repo,
            file.Path,
            reference,
            async (body, token) => lines = await FileLines.ReadAsync(body, first, last, token),
            cancellationToken
        );
        return lines;
    }

    private static bool TryGetContent(FileEntry file, [NotNullWhen(true)] out byte[]? content)
    {
        content =
            file.Encoding == "base64" && file.Content is { } encoded && (encoded.Length > 0 || file.Size == 0)
                ? Convert.FromBase64String(encoded)
                : null;
        return content is not null;
    }
}

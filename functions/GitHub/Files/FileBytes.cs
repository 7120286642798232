namespace GitHub.Files;

/// <summary>Gets a file's bytes, wherever the contents API has put them.</summary>
internal static class FileBytes
{
    /// <param name="file">What the API said of the file; up to 1 MB it holds the content already.</param>
    public static async Task<byte[]> ReadBytesAsync(this IFilesApi api, string owner, string repo, FileEntry file, string? reference, CancellationToken cancellationToken)
    {
        if (file.Encoding == "base64" && file.Content is { } content && (content.Length > 0 || file.Size == 0))
        {
            return Convert.FromBase64String(content);
        }

        using var raw = await api.GetRawAsync(owner, repo, file.Path, reference, cancellationToken);
        return await raw.ReadAsByteArrayAsync(cancellationToken);
    }
}

using System.Text;
using ModelContextProtocol;

namespace GitHub.Files;

/// <summary>Gets a file, wherever the contents API has put it: up to 1 MB it is in what the API says of the file.</summary>
internal static class FileBytes
{
    private const int BufferLength = 81_920;

    /// <summary>The largest file that is held as a whole.</summary>
    private const long MostWhole = 32_000_000;

    /// <summary>The largest file that is read whole to find out its encoding; a larger one that is not UTF-8 is read by its first bytes only.</summary>
    private const long MostLookedThrough = 8_000_000;

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
        if (InlineOf(file) is { } content)
        {
            return content;
        }

        if (file.Size > MostWhole)
        {
            throw TooLarge(file);
        }

        byte[] bytes = [];
        await api.ReadRawAsync(
            owner,
            repo,
            file.Path,
            reference,
            async (body, token) => bytes = await ReadAllAsync(file, body, token),
            cancellationToken
        );
        return bytes;
    }

    private static async Task<byte[]> ReadAllAsync(FileEntry file, Stream body, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream((int)file.Size);
        var buffer = new byte[BufferLength];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (whole.Length + count > MostWhole)
            {
                throw TooLarge(file);
            }

            whole.Write(buffer, 0, count);
        }

        return whole.ToArray();
    }

    private static McpException TooLarge(FileEntry file) =>
        new(
            $"{file.Path} has {file.Size:N0} bytes, and {MostWhole:N0} at most are read as a whole; get_file_contents shows lines of larger files."
        );

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
        int tokens,
        CancellationToken cancellationToken
    )
    {
        if (InlineOf(file) is { } content)
        {
            return FileEncoding.Of(content) is { } encoding
                ? await FileLines.ReadAsync(new MemoryStream(content), encoding, first, last, tokens, cancellationToken)
                : null;
        }

        try
        {
            return await ReadAsync(FileEncoding.Utf8);
        }
        catch (DecoderFallbackException)
        {
            if (file.Size > MostLookedThrough)
            {
                return await ReadAsync(FileEncoding.Windows1252);
            }

            var bytes = await api.ReadBytesAsync(owner, repo, file, reference, cancellationToken);
            return FileEncoding.Of(bytes) is { } encoding
                ? await FileLines.ReadAsync(new MemoryStream(bytes), encoding, first, last, tokens, cancellationToken)
                : null;
        }

        async Task<FileLines?> ReadAsync(FileEncoding encoding)
        {
            FileLines? lines = null;
            await api.ReadRawAsync(
                owner,
                repo,
                file.Path,
                reference,
                async (body, token) => lines = await FileLines.ReadAsync(body, encoding, first, last, tokens, token),
                cancellationToken
            );
            return lines;
        }
    }

    /// <summary>The bytes of a file that came with what the API says of it; null where they did not.</summary>
    public static byte[]? InlineOf(FileEntry file)
    {
        if (file is not { Encoding: "base64", Content: { } encoded } || (encoded.Length == 0 && file.Size > 0))
        {
            return null;
        }

        return Decode(encoded);
    }

    /// <summary>Bytes in base64, in lines or not; null where they are not.</summary>
    public static byte[]? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }
}

using System.Runtime.CompilerServices;
using System.Text;
using ModelContextProtocol;

namespace Memory.Import;

/// <summary>Reads a text line by line, as bytes. A line ends with LF, CRLF or CR alone, which no text of JSON holds as it stands.</summary>
internal static class Lines
{
    /// <summary>The longest line, or JSON document of several lines, in bytes.</summary>
    public const int Longest = 256_000_000;

    private const int FirstBuffer = 64 * 1024;

    /// <summary>Each line without its end and without a byte order mark. It is good until the next is asked for.</summary>
    /// <exception cref="McpException">A line is longer than <see cref="Longest"/>.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        Stream text,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var buffer = new byte[FirstBuffer];
        int start = 0,
            end = 0;
        var isFirst = true;
        var isAfterReturn = false;
        while (true)
        {
            if (isAfterReturn && start < end)
            {
                start += buffer[start] == '\n' ? 1 : 0;
                isAfterReturn = false;
            }

            if (buffer.AsSpan(start, end - start).IndexOfAny("\n\r"u8) is var length and >= 0)
            {
                yield return Plain(buffer.AsMemory(start, length), ref isFirst);
                isAfterReturn = buffer[start + length] == '\r';
                start += length + 1;
                continue;
            }

            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }

            if (end == buffer.Length)
            {
                if (end >= Longest)
                {
                    throw new McpException($"A line is longer than {Longest} bytes: divide it.");
                }

                Array.Resize(ref buffer, (int)Math.Min(2L * end, Longest));
            }

            var read = await text.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0)
            {
                break;
            }

            end += read;
        }

        if (end > start)
        {
            yield return Plain(buffer.AsMemory(start, end - start), ref isFirst);
        }
    }

    private static ReadOnlyMemory<byte> Plain(ReadOnlyMemory<byte> line, ref bool isFirst)
    {
        if (isFirst && line.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            line = line[Encoding.UTF8.Preamble.Length..];
        }

        isFirst = false;
        return line;
    }
}

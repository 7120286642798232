using System.Runtime.CompilerServices;
using System.Text;
using ModelContextProtocol;

namespace Memory.Import;

/// <summary>Reads a text line by line, as bytes.</summary>
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
        while (true)
        {
            if (buffer.AsSpan(start, end - start).IndexOf((byte)'\n') is var length and >= 0)
            {
                yield return Plain(buffer.AsMemory(start, length), ref isFirst);
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
        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }
}

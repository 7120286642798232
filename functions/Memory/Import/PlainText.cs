using System.IO.Compression;
using System.Text;
using McpGateway.Http;

namespace Memory.Import;

/// <summary>Takes off what files come in: gzip, a byte order mark, UTF-16. What is left is UTF-8, or whatever else the file holds.</summary>
internal static class PlainText
{
    private const int Sample = 64;

    /// <summary>A file of gzip may have been sent as gzip once more.</summary>
    private const int MostLayers = 2;

    /// <summary>A stream over the same content; disposing it leaves the given one open.</summary>
    public static async Task<Stream> OpenAsync(Stream content, CancellationToken cancellationToken)
    {
        var (first, rest) = await PeekAsync(content, cancellationToken);
        for (var layer = 0; layer < MostLayers && first is [0x1F, 0x8B, ..]; layer++)
        {
            (first, rest) = await PeekAsync(new GZipStream(rest, CompressionMode.Decompress), cancellationToken);
        }

        return EncodingOf(first) is { } encoding ? Encoding.CreateTranscodingStream(rest, encoding, Encoding.UTF8) : rest;
    }

    /// <summary>UTF-16 by its mark, or by the zeros beside ASCII characters; else null.</summary>
    private static UnicodeEncoding? EncodingOf(byte[] first)
    {
        var isBig = first is [0xFE, 0xFF, ..] or [0, not 0, ..];
        return isBig || first is [0xFF, 0xFE, ..] or [not 0, 0, ..] ? new UnicodeEncoding(isBig, byteOrderMark: true) : null;
    }

    private static async Task<(byte[] First, Stream Whole)> PeekAsync(Stream content, CancellationToken cancellationToken)
    {
        var first = new byte[Sample];
        var length = await content.ReadAtLeastAsync(first, Sample, throwOnEndOfStream: false, cancellationToken);
        return (first[..length], new JoinedStream(first[..length], content));
    }

    /// <summary>Bytes that were read ahead, and what follows them.</summary>
    private sealed class JoinedStream(byte[] first, Stream rest) : ReadOnlyStream
    {
        private int at;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer) => Take(buffer) is var taken and > 0 ? taken : rest.Read(buffer);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Take(buffer.Span) is var taken and > 0 ? new(taken) : rest.ReadAsync(buffer, cancellationToken);

        private int Take(Span<byte> buffer)
        {
            var taken = Math.Min(buffer.Length, first.Length - at);
            first.AsSpan(at, taken).CopyTo(buffer);
            at += taken;
            return taken;
        }
    }
}

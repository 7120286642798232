using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace McpGateway.Text;

/// <summary>
/// Escapes what JSON demands and nothing else, as JavaScript's JSON.stringify does: the encoders of .NET write an emoji as two
/// escapes, which a model would have to decode and which no file of the official server contains. What is not Unicode (half a
/// surrogate pair, a broken UTF-8 sequence) becomes U+FFFD. docs/decisions/0024-plain-json.md
/// </summary>
public sealed unsafe class PlainJsonEncoder : JavaScriptEncoder
{
    private const string Escaped =
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000B\f\r\u000E\u000F"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F";

    // Two searches go over each stretch of this length: over the whole text they would take quadratic time where much is broken.
    private const int Stretch = 1024;

    private static readonly SearchValues<char> EscapedCharacters = SearchValues.Create(Escaped);
    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create(Encoding.ASCII.GetBytes(Escaped));
    private static readonly SearchValues<byte> EscapedOrLongBytes = SearchValues.Create([
        .. Encoding.ASCII.GetBytes(Escaped),
        .. Enumerable.Range(0x80, 0x80).Select(value => (byte)value),
    ]);
    private static readonly string[] Escapes = [.. Enumerable.Range(0, '\\' + 1).Select(EscapeOf)];
    private static readonly byte[][] EscapesInUtf8 = [.. Escapes.Select(Encoding.ASCII.GetBytes)];

    private PlainJsonEncoder() { }

    public static PlainJsonEncoder Instance { get; } = new();

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var whole = new ReadOnlySpan<char>(text, textLength);
        for (var start = 0; start < whole.Length; start += Stretch)
        {
            var stretch = whole.Slice(start, Math.Min(Stretch, whole.Length - start));
            var escaped = stretch.IndexOfAny(EscapedCharacters);
            var broken = FindLoneSurrogate(whole, start, start + (escaped < 0 ? stretch.Length : escaped));
            if (broken >= 0 || escaped >= 0)
            {
                return broken >= 0 ? broken : start + escaped;
            }
        }

        return -1;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        for (var at = 0; at < utf8Text.Length; )
        {
            var ascii = utf8Text[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            ascii = ascii < 0 ? utf8Text.Length - at : ascii;
            if (utf8Text.Slice(at, ascii).IndexOfAny(EscapedBytes) is >= 0 and var escaped)
            {
                return at + escaped;
            }

            at += ascii;
            while (at < utf8Text.Length && utf8Text[at] >= 0x80)
            {
                if (Rune.DecodeFromUtf8(utf8Text[at..], out _, out var length) != OperationStatus.Done)
                {
                    return at;
                }

                at += length;
            }
        }

        return -1;
    }

    /// <summary>The base goes character by character from the first escape on; here what lies between two escapes is copied at once.</summary>
    public override OperationStatus Encode(
        ReadOnlySpan<char> source,
        Span<char> destination,
        out int charsConsumed,
        out int charsWritten,
        bool isFinalBlock = true
    )
    {
        charsConsumed = charsWritten = 0;
        while (charsConsumed < source.Length)
        {
            var rest = source[charsConsumed..];
            rest = rest[..Math.Min(Stretch, rest.Length)];
            var plain = rest.IndexOfAny(EscapedCharacters) is >= 0 and var escape ? rest[..escape] : rest;
            plain = plain.IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var half ? plain[..half] : plain;
            var length = plain.Length;
            if (length == 0)
            {
                length = 1;
                if (!char.IsSurrogate(rest[0]))
                {
                    plain = Escapes[rest[0]];
                }
                else
                {
                    var status = Rune.DecodeFromUtf16(source[charsConsumed..], out _, out length);
                    if (status == OperationStatus.NeedMoreData && !isFinalBlock)
                    {
                        return status;
                    }

                    plain = status == OperationStatus.Done ? source.Slice(charsConsumed, length) : "\uFFFD";
                }
            }

            if (!plain.TryCopyTo(destination[charsWritten..]))
            {
                var last = base.Encode(
                    source[charsConsumed..],
                    destination[charsWritten..],
                    out var consumed,
                    out var written,
                    isFinalBlock
                );
                charsConsumed += consumed;
                charsWritten += written;
                return last;
            }

            charsConsumed += length;
            charsWritten += plain.Length;
        }

        return OperationStatus.Done;
    }

    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, Span{char}, out int, out int, bool)"/>
    public override OperationStatus EncodeUtf8(
        ReadOnlySpan<byte> utf8Source,
        Span<byte> utf8Destination,
        out int bytesConsumed,
        out int bytesWritten,
        bool isFinalBlock = true
    )
    {
        bytesConsumed = bytesWritten = 0;
        while (bytesConsumed < utf8Source.Length)
        {
            var rest = utf8Source[bytesConsumed..];
            var plain = rest.IndexOfAny(EscapedOrLongBytes) is >= 0 and var end ? rest[..end] : rest;
            var length = plain.Length;
            if (length == 0)
            {
                length = 1;
                if (rest[0] < 0x80)
                {
                    plain = EscapesInUtf8[rest[0]];
                }
                else
                {
                    var status = Rune.DecodeFromUtf8(rest, out _, out length);
                    if (status == OperationStatus.NeedMoreData && !isFinalBlock)
                    {
                        return status;
                    }

                    plain = status == OperationStatus.Done ? rest[..length] : "\uFFFD"u8;
                }
            }

            if (!plain.TryCopyTo(utf8Destination[bytesWritten..]))
            {
                var last = base.EncodeUtf8(rest, utf8Destination[bytesWritten..], out var consumed, out var written, isFinalBlock);
                bytesConsumed += consumed;
                bytesWritten += written;
                return last;
            }

            bytesConsumed += length;
            bytesWritten += plain.Length;
        }

        return OperationStatus.Done;
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var target = new Span<char>(buffer, bufferLength);
        if (!WillEncode(unicodeScalar))
        {
            return new Rune(unicodeScalar).TryEncodeToUtf16(target, out numberOfCharactersWritten);
        }

        var escape = Escapes[unicodeScalar];
        var fits = escape.AsSpan().TryCopyTo(target);
        numberOfCharactersWritten = fits ? escape.Length : 0;
        return fits;
    }

    private static string EscapeOf(int character) =>
        character switch
        {
            '"' => "\\\"",
            '\\' => @"\\",
            '\b' => @"\b",
            '\t' => @"\t",
            '\n' => @"\n",
            '\f' => @"\f",
            '\r' => @"\r",
            _ => $@"\u{character:x4}",
        };

    private static int FindLoneSurrogate(ReadOnlySpan<char> text, int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            var found = text[at..end].IndexOfAnyInRange('\uD800', '\uDFFF');
            if (found < 0)
            {
                return -1;
            }

            at += found;
            var isSecond = char.IsLowSurrogate(text[at]) && at > 0 && at == start && char.IsHighSurrogate(text[at - 1]);
            if (isSecond)
            {
                // Its first half ends the stretch before.
                continue;
            }

            if (!char.IsHighSurrogate(text[at]) || at + 1 >= text.Length || !char.IsLowSurrogate(text[at + 1]))
            {
                return at;
            }

            at++;
        }

        return -1;
    }
}

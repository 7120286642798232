using System.Text;
using ModelContextProtocol;

namespace GitHub.Files;

/// <summary>How a file's bytes become text, and text its bytes again.</summary>
/// <param name="Name">What a person calls it.</param>
/// <param name="Preamble">The bytes before the text that tell the encoding.</param>
internal sealed record FileEncoding(string Name, Encoding Encoding, byte[] Preamble)
{
    /// <summary>Where git looks for a NUL to take a file for binary.</summary>
    public const int BinaryCheckLength = 8000;

    public static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static readonly FileEncoding Utf8 = new("UTF-8", StrictUtf8, []);

    /// <summary>What most editors on Windows wrote before UTF-8; every byte is a character in it.</summary>
    public static readonly FileEncoding Windows1252 = Legacy("Windows-1252", 1252);

    private static readonly FileEncoding ShiftJis = Legacy("Shift-JIS", 932);

    private static readonly FileEncoding[] Marked =
    [
        new("UTF-8 with BOM", StrictUtf8, [0xEF, 0xBB, 0xBF]),
        // Before UTF-16, whose mark begins the other's.
        new(
            "UTF-32 LE with BOM",
            new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true),
            [0xFF, 0xFE, 0, 0]
        ),
        new("UTF-16 LE with BOM", new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true), [0xFF, 0xFE]),
        new("UTF-16 BE with BOM", new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true), [0xFE, 0xFF]),
    ];

    /// <summary>The encoding that the bytes are in, or null: git takes a file with a NUL byte for binary as well.</summary>
    public static FileEncoding? Of(ReadOnlySpan<byte> bytes)
    {
        foreach (var marked in Marked)
        {
            if (bytes.StartsWith(marked.Preamble))
            {
                return marked.CanRead(bytes) ? marked : null;
            }
        }

        return bytes[..Math.Min(bytes.Length, BinaryCheckLength)].Contains((byte)0) ? null
            : Utf8.CanRead(bytes) ? Utf8
            : HasControls(bytes) ? null
            : HasKana(bytes) && ShiftJis.CanRead(bytes) ? ShiftJis
            : Windows1252;
    }

    public string Read(ReadOnlySpan<byte> bytes) => Encoding.GetString(bytes[Preamble.Length..]);

    /// <exception cref="EncoderFallbackException">The text has a character that the encoding has not.</exception>
    public byte[] Write(string text) => [.. Preamble, .. Encoding.GetBytes(text)];

    /// <exception cref="McpException">The text has a character that the encoding of the file has not.</exception>
    public byte[] Write(string path, string text)
    {
        try
        {
            return Write(text);
        }
        catch (EncoderFallbackException e)
        {
            var unknown = e.CharUnknown == '\0' ? $"{e.CharUnknownHigh}{e.CharUnknownLow}" : $"{e.CharUnknown}";
            throw new McpException(
                $"{path} is {Name}, which has no '{unknown}': leave that out, or rewrite the file as UTF-8 with encoding=utf-8 "
                    + "(create_or_update_file, push_files). Nothing was written."
            );
        }
    }

    private bool CanRead(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Encoding.GetCharCount(bytes[Preamble.Length..]) >= 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool HasControls(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1B) or 0x7F)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Japanese text has kana, whose first byte is a rare sign in Western text.</summary>
    private static bool HasKana(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length - 1; i++)
        {
            if ((bytes[i], bytes[i + 1]) is (0x82, >= 0x9F and <= 0xF1) or (0x83, >= 0x40 and <= 0x96))
            {
                return true;
            }
        }

        return false;
    }

    private static FileEncoding Legacy(string name, int codePage) =>
        new(
            name,
            CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!,
            []
        );
}

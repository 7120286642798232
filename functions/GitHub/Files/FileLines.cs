using System.Text;
using McpGateway.Text;
using McpGateway.Tools.Tokens;

namespace GitHub.Files;

/// <summary>Some lines of a file, and how many it has. Reading holds no more than what is shown, however long the file or a line of it is.</summary>
internal sealed class FileLines
{
    /// <summary>The longest text in characters that is shown at once.</summary>
    public const int Longest = 40_000;

    /// <summary>The most characters of a line that is too long to be shown at once: it is cut as any answer is, and read on.</summary>
    public const int LongestLine = 1_000_000;

    /// <summary>The most characters of a file that are kept for a search in it.</summary>
    public const int MostKept = 2_000_000;

    private const int BufferLength = 16_384;

    private readonly StringBuilder text = new();
    private readonly StringBuilder whole = new();
    private readonly int last;
    private readonly int tokens;
    private TokenCounter counter;
    private int line = 1;
    private long read;
    private int wholeLength;
    private bool isFull;
    private bool endsInsideLine;

    private FileLines(int first, int last, int tokens)
    {
        First = first;
        this.last = last;
        this.tokens = tokens;
    }

    public int First { get; }

    /// <summary>The last line that is shown; before <see cref="First"/> when the file ends before it.</summary>
    public int Last { get; private set; }

    /// <summary>How many lines the file has.</summary>
    public int Total { get; private set; }

    /// <summary>Whether not everything that was wanted fits.</summary>
    public bool HasMore => Last < Math.Min(last, Total);

    /// <summary>Whether the first line alone is longer than what is shown of it.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The beginning of the file, shown or not, and all of it where it is no longer than what is kept.</summary>
    public string Whole => whole.ToString();

    /// <summary>Where in <see cref="Whole"/> what is shown ends.</summary>
    public int ShownUntil { get; private set; }

    /// <summary>What the file's bytes were read as.</summary>
    public string Encoding { get; private set; } = FileEncoding.Utf8.Name;

    /// <summary>The lines, and after the last one of the file its end of line.</summary>
    public string Text { get; private set; } = "";

    /// <param name="encoding">What to read the bytes as, unless the first of them say something else.</param>
    /// <param name="last">The last line that is wanted; fewer may fit.</param>
    /// <param name="tokens">The most that are shown of them, unless the first line alone has more.</param>
    /// <returns>Null where the file is not text.</returns>
    /// <exception cref="DecoderFallbackException">The bytes are not text in the encoding.</exception>
    public static async Task<FileLines?> ReadAsync(
        Stream file,
        FileEncoding encoding,
        int first,
        int last,
        int tokens,
        CancellationToken cancellationToken
    )
    {
        var lines = new FileLines(first, last, tokens) { Last = first - 1, Encoding = encoding.Name };
        // UTF-8 is read strictly, so that anything else is found out.
        using var reader = new StreamReader(file, encoding.Encoding, detectEncodingFromByteOrderMarks: encoding != FileEncoding.Utf8);
        var buffer = new char[BufferLength];
        var position = 0L;
        while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            var part = buffer.AsSpan(0, count);
            if (position < FileEncoding.BinaryCheckLength && part.Contains('\0'))
            {
                return null;
            }

            if (position == 0 && encoding == FileEncoding.Utf8 && part[0] == '\uFEFF')
            {
                lines.Encoding = "UTF-8 with BOM";
                part = part[1..];
            }
            else if (position == 0 && encoding == FileEncoding.Windows1252 && reader.CurrentEncoding is UnicodeEncoding)
            {
                lines.Encoding = "UTF-16 with BOM";
            }

            lines.Take(part);
            position += count;
        }

        lines.End();
        return lines;
    }

    private void Take(ReadOnlySpan<char> part)
    {
        whole.Append(part[..Math.Min(part.Length, MostKept - whole.Length)]);
        while (part.Length > 0)
        {
            var end = part.IndexOf('\n');
            var segment = end < 0 ? part : part[..end];
            read += segment.Length;
            endsInsideLine |= segment.Length > 0;
            if (line >= First && line <= last && !isFull)
            {
                Keep(segment);
            }

            if (end < 0)
            {
                return;
            }

            read++;
            EndLine();
            part = part[(end + 1)..];
        }
    }

    private void Keep(ReadOnlySpan<char> segment)
    {
        var most = line == First ? LongestLine : Longest;
        if (text.Length + segment.Length <= most && counter.AddUpTo(segment, line == First ? int.MaxValue : tokens) == segment.Length)
        {
            text.Append(segment);
            return;
        }

        isFull = true;
        if (line == First)
        {
            IsCut = true;
            text.Append(segment[..Cut.Before(segment, most - text.Length)]);
            Show();
        }
    }

    private void EndLine()
    {
        if (line >= First && line <= last && !isFull)
        {
            Show();
            text.Append('\n');
            counter.Add("\n");
        }

        endsInsideLine = false;
        line++;
    }

    private void Show() => (wholeLength, Last, ShownUntil) = (text.Length, line, (int)Math.Min(read, MostKept));

    private void End()
    {
        var hasLastLineEnd = !endsInsideLine && line > 1;
        Total = endsInsideLine ? line : line - 1;
        if (endsInsideLine && line >= First && line <= last && !isFull)
        {
            Show();
        }

        Text = text.ToString(0, hasLastLineEnd && Last == Total && First == 1 && !IsCut ? text.Length : wholeLength);
    }
}

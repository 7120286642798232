using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Memory.Import;

/// <summary>Reads JSON values that stand in a text one after the other, each on a line or on several.</summary>
internal static class JsonValues
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true };

    /// <summary>
    /// Each value with its place and its bytes, which are good until the next is asked for; null for what is not JSON. The document belongs to
    /// the caller.
    /// </summary>
    public static async IAsyncEnumerable<(string Place, JsonDocument? Value, ReadOnlyMemory<byte> Text)> ReadAsync(
        Stream text,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var number = 0;
        var open = new OpenValue();
        await foreach (var line in Lines.ReadAsync(text, cancellationToken))
        {
            number++;
            if (open.IsOpen && (line.Span.StartsWith("{\"type\":"u8) || open.Length + line.Length > Lines.Longest))
            {
                // A new item begins: the one before was cut off.
                yield return (open.Place, null, open.Content);
                open.Clear();
            }

            if (open.IsOpen)
            {
                open.Add(line.Span);
                if (!open.IsOpen)
                {
                    yield return (open.Place, Parse(open.Content), open.Content);
                    open.Clear();
                }

                continue;
            }

            if (line.Span.IndexOfAnyExcept(" \t"u8) < 0)
            {
                continue;
            }

            var place = $"line {number}";
            if (Parse(line) is { } value)
            {
                yield return (place, value, line);
            }
            else if (!open.Begin(place, line.Span))
            {
                yield return (place, null, line);
            }
        }

        if (open.IsOpen)
        {
            yield return (open.Place, null, open.Content);
        }
    }

    /// <summary>Lists lose their brackets when somebody takes lines out of them, and keep their commas.</summary>
    private static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            return null;
        }

        try
        {
            var value = json.Span.TrimEnd(" \t"u8);
            // A copy: the line's memory is used again.
            return JsonDocument.Parse((value.EndsWith(","u8) ? value[..^1] : value).ToArray(), Lenient);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A value that began on a line and ends on a later one.</summary>
    private sealed class OpenValue
    {
        private readonly ArrayBufferWriter<byte> content = new();
        private int depth;
        private bool inText;
        private bool isEscaped;

        public string Place { get; private set; } = "";

        public bool IsOpen => depth > 0;

        public long Length => content.WrittenCount;

        public ReadOnlyMemory<byte> Content => content.WrittenMemory;

        /// <returns>Whether the line opens a value that does not end on it.</returns>
        public bool Begin(string place, ReadOnlySpan<byte> line)
        {
            if (line.TrimStart(" \t"u8) is not [(byte)'{' or (byte)'[', ..])
            {
                return false;
            }

            Place = place;
            Add(line);
            if (!IsOpen || inText)
            {
                // No text of JSON goes over the end of a line.
                Clear();
                return false;
            }

            return true;
        }

        public void Add(ReadOnlySpan<byte> line)
        {
            content.Write(line);
            content.Write("\n"u8);
            foreach (var character in line)
            {
                if (isEscaped)
                {
                    isEscaped = false;
                }
                else if (inText)
                {
                    isEscaped = character == '\\';
                    inText = character != '"';
                }
                else
                {
                    inText = character == '"';
                    depth += character switch
                    {
                        (byte)'{' or (byte)'[' => 1,
                        (byte)'}' or (byte)']' => -1,
                        _ => 0,
                    };
                }
            }
        }

        public void Clear()
        {
            content.ResetWrittenCount();
            (depth, inText, isEscaped) = (0, false, false);
        }
    }
}

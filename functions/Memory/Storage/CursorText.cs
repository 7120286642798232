using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using McpGateway.Text;
using ModelContextProtocol;

namespace Memory.Storage;

/// <summary>A place in an answer as an opaque text, good for the same question in the same namespace only (<see cref="MemoryStore.Question"/>).</summary>
internal static class CursorText
{
    private const int LongestQuote = 200;
    private const int MarkLength = 12;

    public static string Of(string place, string question) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Mark(question) + place));

    /// <summary>The place that a cursor names; null without one.</summary>
    /// <param name="read">Reads a place as it was given; null where it is none.</param>
    /// <exception cref="McpException">It is not a cursor of ours, or belongs to another question.</exception>
    public static T? Read<T>(string? cursor, string question, Func<string, T?> read)
        where T : class
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return null;
        }

        var text = Base64Url.IsValid(cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) : "";
        return (text.StartsWith(Mark(question), StringComparison.Ordinal) ? read(text[MarkLength..]) : null)
            ?? throw new McpException(
                $"cursor='{Cut.To(cursor, LongestQuote)}' is not the nextCursor of this tool with these arguments: repeat the arguments, "
                    + "or leave cursor out to start over."
            );
    }

    private static string Mark(string question) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)).AsSpan(0, MarkLength / 2));
}

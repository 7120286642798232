using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using McpGateway.Text;
using ModelContextProtocol;

namespace Memory.Storage;

/// <summary>Where the next page begins.</summary>
/// <param name="Index">How many entities of the result lie before it.</param>
/// <param name="Entity">The entity it begins with, should the graph have moved meanwhile; 0 past the last.</param>
/// <param name="Observation">The last observation of that entity already given, or 0 when the entity is yet to come.</param>
/// <param name="Relation">The last relation already given with that entity, or -1 while its observations are not all given.</param>
internal sealed record Cursor(int Index, long Entity, long Observation = 0, long Relation = -1)
{
    private const int LongestQuote = 200;

    public static Cursor Start { get; } = new(0, 0);

    /// <summary>An opaque text, good for the same question only.</summary>
    public string ToText(string question) =>
        Base64Url.EncodeToString(
            Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{Index}.{Entity}.{Observation}.{Relation}.{Mark(question)}")
            )
        );

    /// <exception cref="McpException">It is not a cursor of ours, or belongs to another question.</exception>
    public static Cursor Parse(string? text, string question)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Start;
        }

        if (
            Base64Url.IsValid(text)
            && Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.')
                is [var index, var entity, var observation, var relation, var mark]
            && mark == Mark(question)
            && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
            && long.TryParse(entity, NumberStyles.None, CultureInfo.InvariantCulture, out var e)
            && long.TryParse(observation, NumberStyles.None, CultureInfo.InvariantCulture, out var o)
            && long.TryParse(relation, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var r)
        )
        {
            return new(i, e, o, r);
        }

        throw new McpException(
            $"cursor='{Cut.To(text, LongestQuote)}' is not the nextCursor of this tool with these arguments: repeat the arguments, "
                + "or leave cursor out to start over."
        );
    }

    private static string Mark(string question) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)).AsSpan(0, 6));
}

using System.Globalization;
using System.Security.Cryptography;
using McpGateway.Authentication;
using McpGateway.Text;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using ModelContextProtocol;

namespace McpGateway.Tools.Answers;

/// <summary>Answers that are longer than a model takes in: the first part is given at once, the whole is kept for its caller.</summary>
public sealed class LongAnswers(AnswerStore store, IOptions<McpOptions> options)
{
    internal int Tokens => options.Value.AnswerTokens;

    /// <summary>The first part of a text or of JSON; what is left out is kept.</summary>
    /// <param name="tool">The tool that answered, without which nobody reads on.</param>
    internal string Begin(string text, string tool, string? caller, int tokens)
    {
        var id = NewId();
        var answer = new KeptAnswer(text, LooksLikeJson(text), id) { Tool = tool };
        string part;
        try
        {
            part = answer.Begin(tokens);
        }
        catch (FormatException)
        {
            answer = new(text, isJson: false, id) { Tool = tool };
            part = answer.Begin(tokens);
        }

        return store.Keep((caller, id), answer, answer.Bytes, CacheItemPriority.Normal)
            ? part
            : part.Replace($"{id}.0", "none: the rest is too large to be kept, ask for less", StringComparison.Ordinal);
    }

    /// <summary>Keeps a text of which a tool itself shows a part, so that read_more finds words in all of it and lists its headings.</summary>
    /// <param name="from">The first character after that part.</param>
    /// <param name="tool">The tool, without which nobody reads on.</param>
    /// <returns>A cursor that reads on from there; null where the text is too large to be kept.</returns>
    public string? Keep(string text, int from, string tool, string? caller)
    {
        var answer = new KeptAnswer(text, isJson: false, NewId()) { Tool = tool };
        var cursor = answer.Cursor([new("", RestKind.Plain, from, text.Length, from, text.Length)]);
        return store.Keep((caller, answer.Id), answer, answer.Bytes, CacheItemPriority.Low) ? cursor : null;
    }

    /// <summary>A further part of an answer, or what is found in it.</summary>
    /// <param name="rights">What the caller may do now.</param>
    /// <exception cref="McpException">It is not kept, or not for this caller, or of a tool the caller may no longer use.</exception>
    internal string Continue(string cursor, string? find, bool outline, string? caller, Rights rights)
    {
        cursor = cursor.Trim();
        var dot = cursor.LastIndexOf('.');
        if (dot > 0 && store.Find<KeptAnswer>((caller, cursor[..dot])) is { } answer && rights.Allows(answer.Tool))
        {
            if (!string.IsNullOrEmpty(find))
            {
                return AnswerSearch.Find(answer, find, Tokens);
            }

            if (outline)
            {
                return AnswerSearch.Outline(answer, Tokens);
            }

            if (
                int.TryParse(cursor.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                && answer.Continue(place, Tokens) is { } part
            )
            {
                return part;
            }
        }

        throw new McpException(
            $"cursor='{Cut.To(cursor, 100)}' is invalid or has expired: it is not a cursor of a result that you received, or the "
                + $"result is gone. Results are kept for {AnswerStore.Kept.TotalMinutes:0} minutes after "
                + "they were last read, for less where much is kept, and until the gateway restarts. Nothing was changed. Call "
                + "the tool again that gave the result, and ask for less of it."
        );
    }

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    // What our serializers write; a file of somebody's is rarely so compact, and may be cut like this as well.
    private static bool LooksLikeJson(string text) =>
        text.StartsWith("{\"", StringComparison.Ordinal)
        || text.StartsWith("[{\"", StringComparison.Ordinal)
        || text.StartsWith("[\"", StringComparison.Ordinal);
}

using System.Text.RegularExpressions;
using McpGateway.Authentication;
using McpGateway.Text;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using ModelContextProtocol;

namespace McpGateway.Tools.Answers;

/// <summary>Answers that are longer than a model takes in: the first part is given at once, the whole is kept for its caller.</summary>
public sealed class LongAnswers(AnswerStore store, SharedAnswers shared, IOptions<McpOptions> options)
{
    internal int Tokens => options.Value.AnswerTokens;

    /// <summary>The first part of a text or of JSON; what is left out is kept.</summary>
    /// <param name="tool">The tool that answered, without which nobody reads on.</param>
    internal async Task<string> BeginAsync(string text, string tool, string? caller, int tokens, CancellationToken cancellationToken)
    {
        var answer = new KeptAnswer(text, LooksLikeJson(text), shared.NewId(), Tokens) { Tool = tool, FirstTokens = tokens };
        string part;
        try
        {
            part = answer.Begin();
        }
        catch (FormatException)
        {
            answer = new(text, isJson: false, answer.Id, Tokens) { Tool = tool, FirstTokens = tokens };
            part = answer.Begin();
        }

        return await KeepAsync(answer, caller, CacheItemPriority.Normal, cancellationToken)
            ? part
            : Regex.Replace(part, $@"{answer.Id}\.\d+", "none: the rest is too large to be kept, ask for less");
    }

    /// <summary>Keeps a text of which a tool itself shows a part, so that read_more finds words in all of it and lists its headings.</summary>
    /// <param name="from">The first character after that part.</param>
    /// <param name="tool">The tool, without which nobody reads on.</param>
    /// <returns>A cursor that reads on from there; null where the text is too large to be kept.</returns>
    public async Task<string?> KeepAsync(string text, int from, string tool, string? caller, CancellationToken cancellationToken)
    {
        var answer = new KeptAnswer(text, isJson: false, shared.NewId(), Tokens) { Tool = tool };
        return await KeepAsync(answer, caller, CacheItemPriority.Low, cancellationToken) ? answer.CursorAt(from) : null;
    }

    /// <summary>A further part of an answer, or what is found in it.</summary>
    /// <param name="rights">What the caller may do now.</param>
    /// <exception cref="McpException">It is not kept, or not for this caller, or of a tool the caller may no longer use.</exception>
    internal async Task<string> ContinueAsync(
        string cursor,
        string? find,
        bool outline,
        string? caller,
        Rights rights,
        CancellationToken cancellationToken
    )
    {
        cursor = cursor.Trim();
        var dot = cursor.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0 && await FindAsync(cursor[..dot], caller, cancellationToken) is { } answer && rights.Allows(answer.Tool))
        {
            if (!string.IsNullOrEmpty(find))
            {
                return AnswerSearch.Find(answer, find, Tokens);
            }

            if (outline)
            {
                return AnswerSearch.Outline(answer, Tokens);
            }

            if (answer.Read(cursor[(dot + 1)..]) is { } part)
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

    private async Task<bool> KeepAsync(KeptAnswer answer, string? caller, CacheItemPriority priority, CancellationToken cancellationToken)
    {
        var isKept = store.Keep((caller, answer.Id), answer, answer.Bytes, priority);
        if (isKept)
        {
            await shared.KeepAsync(answer, caller, cancellationToken);
        }

        return isKept;
    }

    private async Task<KeptAnswer?> FindAsync(string id, string? caller, CancellationToken cancellationToken)
    {
        if (store.Find<KeptAnswer>((caller, id)) is { } own)
        {
            await shared.ProlongAsync(own, caller, cancellationToken);
            return own;
        }

        var other = await shared.FindAsync(id, caller, cancellationToken);
        if (other is not null)
        {
            store.Keep((caller, id), other, other.Bytes, CacheItemPriority.Low);
        }

        return other;
    }

    // What our serializers write; a file of somebody's is rarely so compact, and may be cut like this as well.
    private static bool LooksLikeJson(string text) =>
        text.StartsWith("{\"", StringComparison.Ordinal)
        || text.StartsWith("[{\"", StringComparison.Ordinal)
        || text.StartsWith("[\"", StringComparison.Ordinal);
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using Microsoft.Extensions.Caching.Memory;
using ModelContextProtocol;

namespace Firecrawl.Answers;

/// <summary>Answers in parts: the first is given at once, the others are kept for their caller, each with the cursor of the next.</summary>
internal sealed class LongAnswers(AnswerCache cache)
{
    private const string Cursor = "moreCursor";

    /// <summary>The first part of a result.</summary>
    public string Begin(JsonObject answer, string? caller)
    {
        // A part that could not be made smaller is given as it is: its cursor leads on.
        if (answer.ContainsKey(Cursor))
        {
            return answer.ToJsonString(Body.Options);
        }

        var rest = AnswerParts.Cut(answer).Select(part => part.ToJsonString(Body.Options)).Select(Encoding.UTF8.GetBytes).ToList();
        if (rest.Count == 0)
        {
            return answer.ToJsonString(Body.Options);
        }

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        if (cache.Keep((caller, id), rest, rest.Sum(part => (long)part.Length), CacheItemPriority.Normal))
        {
            answer[Cursor] = $"{id}.0";
        }
        else
        {
            answer["truncated"]!.AsArray().Add("The rest is too large to be kept: ask for less of the page.");
        }

        return answer.ToJsonString(Body.Options);
    }

    /// <summary>A further part of a result.</summary>
    /// <exception cref="McpException">It is not kept, or not for this caller.</exception>
    public string Continue(string cursor, string? caller)
    {
        var dot = cursor.LastIndexOf('.');
        if (
            dot < 0
            || !int.TryParse(cursor.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || cache.Find<List<byte[]>>((caller, cursor[..dot])) is not { } parts
            || number >= parts.Count
        )
        {
            throw new McpException(
                $"cursor='{(cursor.Length <= 100 ? cursor : cursor[..100] + "…")}' is invalid or has expired: it is not the {Cursor} of a result that you received, or the rest is gone. It is kept for {AnswerCache.Kept.TotalMinutes:0} minutes "
                    + "after its last reading, less where much is kept, until the gateway restarts. Nothing was scraped. A scraped page comes again without cost by firecrawl_scrape_result "
                    + "with its metadata.scrapeId, a job's by its status tool."
            );
        }

        var part = JsonNode.Parse(parts[number])!.AsObject();
        if (number + 1 < parts.Count)
        {
            part[Cursor] = $"{cursor[..dot]}.{number + 1}";
        }

        return part.ToJsonString(Body.Options);
    }
}

using System.Text.Json.Nodes;
using Firecrawl.Answers;

namespace Firecrawl.Jobs;

/// <summary>The pages of one result, up to its size.</summary>
/// <param name="first">The first page wanted, from 0.</param>
internal sealed class JobPages(int first)
{
    // What lies around the pages needs room too.
    private const int MostBytes = Answer.MostBytes - 2_000;

    private int bytes;

    public JsonArray Collected { get; } = [];

    /// <summary>The first page that is not collected.</summary>
    public int Next { get; private set; } = first;

    /// <summary>How many pages the job had when last seen.</summary>
    public int Seen { get; set; }

    public bool IsFull { get; private set; }

    /// <summary>Whether the last look found no further page.</summary>
    public bool IsAtEnd { get; set; }

    /// <summary>Takes pages while they fit; one that is too large for any result comes alone, to be cut as any result is.</summary>
    /// <returns>How many were taken.</returns>
    public int Take(JsonArray? pages)
    {
        var before = Next;
        foreach (var page in pages?.OfType<JsonObject>().ToList() ?? [])
        {
            var size = Answer.SizeOf(page) + 1;
            if (bytes + size > MostBytes && Collected.Count > 0)
            {
                IsFull = true;
                break;
            }

            bytes += size;
            Next++;
            Collected.Add(page.DeepClone());
        }

        return Next - before;
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;

namespace EndToEnd.Firecrawl;

/// <summary>One crawl on a stub of Firecrawl's v2 job API: as far as the test lets it get, paged by <c>skip</c>, <c>limit</c> and 10 MB.</summary>
internal sealed class StubCrawl
{
    public const string Id = "0198c2a4-5f0e-7c31-9d2b-6a1f3e8b7c55";

    private const int MostCharacters = 10_000_000;
    private readonly ConcurrentQueue<int> served = new();
    private readonly int pages;
    private readonly int charactersPerPage;
    private volatile int ready;
    private volatile bool isCancelled;

    public StubCrawl(StubUpstream api, int pages, int charactersPerPage, int ready)
    {
        this.pages = pages;
        this.charactersPerPage = charactersPerPage;
        this.ready = ready;
        api.On("POST /v2/crawl", $$"""{"success":true,"id":"{{Id}}","url":"{{api.Url}}/v2/crawl/{{Id}}"}""")
            .On($"GET /v2/crawl/{Id}", context => context.Response.WriteAsJsonAsync(Describe(context.Request)))
            .On(
                $"DELETE /v2/crawl/{Id}",
                context =>
                {
                    isCancelled = true;
                    return context.Response.WriteAsJsonAsync(new { status = "cancelled" });
                }
            );
    }

    /// <summary>How many pages are scraped so far; with the last one the crawl is completed.</summary>
    public int Ready
    {
        get => ready;
        set => ready = value;
    }

    /// <summary>The number of each page that was downloaded, in order, as often as it was.</summary>
    public IReadOnlyList<int> Served => [.. served];

    public bool IsCancelled => isCancelled;

    private object Describe(HttpRequest request)
    {
        var completed = ready;
        var skip = Number(request, "skip", 0);
        var given = Enumerable
            .Range(skip, Math.Clamp(completed - skip, 0, Math.Min(Number(request, "limit", pages), MostCharacters / charactersPerPage)))
            .ToList();
        given.ForEach(served.Enqueue);
        return new
        {
            status = isCancelled ? "cancelled"
            : completed < pages ? "scraping"
            : "completed",
            total = pages,
            completed,
            creditsUsed = completed,
            next = skip + given.Count < pages ? $"http://{request.Host}/v2/crawl/{Id}?skip={skip + given.Count}" : null,
            data = given.Select(n => new
            {
                markdown = MarkdownOf(n),
                metadata = new
                {
                    n,
                    sourceURL = $"https://93.184.215.14/{n}",
                    statusCode = 200,
                },
            }),
        };
    }

    private string MarkdownOf(int page) =>
        string.Create(CultureInfo.InvariantCulture, $"# Page {page}\n\n{new string((char)('a' + (page % 26)), charactersPerPage)}")[
            ..charactersPerPage
        ];

    private static int Number(HttpRequest request, string name, int otherwise) =>
        int.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}

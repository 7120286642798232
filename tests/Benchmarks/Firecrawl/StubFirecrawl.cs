using System.Globalization;
using System.Text.Json;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;

namespace Benchmarks.Firecrawl;

/// <summary>Firecrawl's API as far as the benchmark needs it: one page, one search, one map, and a crawl that is done.</summary>
internal static class StubFirecrawl
{
    public const int Pages = 1_000;
    private const int CharactersPerPage = 20_000;

    private static readonly string[] Words =
        "reading pages about pricing models, whatever support teams answer while search engines follow every single link they discover".Split(
            ' '
        );

    // The API ends an answer after 10 MB.
    private const int MostPagesAtOnce = 10_000_000 / CharactersPerPage;

    public static async Task<StubUpstream> StartAsync()
    {
        var api = await StubUpstream.StartAsync();
        return api.On("POST /v2/scrape", JsonSerializer.Serialize(new { success = true, data = PageOf(0, 8_000) }))
            .On(
                "POST /v2/map",
                JsonSerializer.Serialize(
                    new
                    {
                        success = true,
                        links = Enumerable.Range(0, 100).Select(i => new { url = $"https://93.184.215.14/{i}", title = $"Page {i}" }),
                    }
                )
            )
            .On(
                "POST /v2/search",
                JsonSerializer.Serialize(
                    new
                    {
                        success = true,
                        data = new
                        {
                            web = Enumerable
                                .Range(0, 10)
                                .Select(i => new
                                {
                                    url = $"https://93.184.215.14/{i}",
                                    title = $"Page {i}",
                                    description = new string('d', 200),
                                }),
                        },
                        id = "s1",
                        creditsUsed = 2,
                    }
                )
            )
            .On("GET /v2/team/credit-usage", """{"success":true,"data":{"remainingCredits":1000,"planCredits":3000}}""")
            .On("GET /v2/crawl/c1", context => context.Response.WriteAsJsonAsync(CrawlFrom(context.Request)));
    }

    private static object CrawlFrom(HttpRequest request)
    {
        var skip = Number(request, "skip", 0);
        var count = Math.Min(Math.Min(Number(request, "limit", Pages), MostPagesAtOnce), Math.Max(0, Pages - skip));
        return new
        {
            status = "completed",
            total = Pages,
            completed = Pages,
            creditsUsed = Pages,
            next = skip + count < Pages ? $"http://{request.Host}/v2/crawl/c1?skip={skip + count}" : null,
            data = Enumerable.Range(skip, count).Select(page => PageOf(page, CharactersPerPage)),
        };
    }

    private static object PageOf(int number, int characters) =>
        new
        {
            markdown = $"# Page {number}\n\n" + TextOf(number, characters),
            metadata = new
            {
                title = $"Page {number}",
                sourceURL = $"https://93.184.215.14/{number}",
                statusCode = 200,
                // Pages of one id would be one page to the gateway, which knows a server that ignores skip by it.
                scrapeId = $"0198c2a4-5f0e-7c31-9d2b-{number.ToString("x12", CultureInfo.InvariantCulture)}",
            },
        };

    // As many tokens as prose has: of a letter alone, ours would fit one page into an answer.
    private static string TextOf(int number, int characters) =>
        string.Concat(Enumerable.Range(number, (characters / 6) + 1).Select(n => $"{Words[n * 7 % Words.Length]} "))[..characters];

    private static int Number(HttpRequest request, string name, int otherwise) =>
        int.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}

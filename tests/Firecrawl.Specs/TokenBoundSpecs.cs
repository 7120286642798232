using System.Text.Json;
using McpGateway.Testing;

namespace Firecrawl.Specs;

/// <summary>Whatever a page holds, no result has more than 20,000 tokens, and none of it is lost.</summary>
public sealed class TokenBoundSpecs
{
    public static TheoryData<string> Kinds => [.. SampleTexts.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Pages_of_a_crawl_fit_whole_and_the_cursor_goes_on_without_loss_or_doubling(string kind)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var texts = Enumerable.Range(0, 60).Select(i => $"{i} {SampleTexts.All[kind](2_000).Replace('\uFFFD', '?')}").ToList();
        for (var skip = 0; skip < texts.Count; skip++)
        {
            firecrawl.On(
                $"GET /crawl/c1?skip={skip}&limit=20",
                Json(
                    new
                    {
                        status = "completed",
                        total = 60,
                        completed = 60,
                        data = texts.Skip(skip).Take(20).Select(markdown => new { markdown, metadata = new { statusCode = 200 } }),
                    }
                )
            );
        }

        firecrawl.On("GET /crawl/c1", """{"status":"completed","total":60,"completed":60,"data":[]}""");
        var read = new List<string>();
        for (string? cursor = ""; cursor is not null; )
        {
            var reply = await firecrawl.CallAsync("firecrawl_check_crawl_status", Json(new { id = "c1", cursor }));
            Assert.InRange(O200k.Count(reply.Result), 1, O200k.Most);
            Assert.False(reply.Json.TryGetProperty("moreCursor", out _));
            read.AddRange(reply.Json.GetProperty("data").EnumerateArray().Select(page => page.GetProperty("markdown").GetString()!));
            cursor = reply.Json.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }

        Assert.Equal(texts, read);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_page_in_every_format_a_search_and_a_dictionary_are_bounded(string kind)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var text = SampleTexts.All[kind](100_000).Replace('\uFFFD', '?');
        firecrawl
            .On(
                "POST /scrape",
                Json(
                    new
                    {
                        data = new
                        {
                            markdown = text,
                            html = text,
                            rawHtml = text,
                            summary = text,
                            json = Enumerable.Range(0, 20_000).ToDictionary(i => $"key{i}", i => text.Substring(i % 1_000, 10)),
                            links = Enumerable.Range(0, 2_000).Select(i => $"https://a.example/{i}"),
                        },
                    }
                )
            )
            .On(
                "POST /search",
                Json(new { data = new { web = Enumerable.Repeat(new { url = "https://a.example", markdown = text }, 10) } })
            );
        foreach (
            var (tool, arguments) in new[]
            {
                ("firecrawl_scrape", Url),
                ("firecrawl_search", """{"query":"q"}"""),
                ("fetch", """{"id":"https://a.example"}"""),
            }
        )
        {
            var reply = await firecrawl.CallAsync(tool, arguments);
            Assert.False(reply.IsError, reply.Text);
            Assert.InRange(O200k.Count(reply.Result), 3_000, O200k.Most);
        }
    }

    private const string Url = """{"url":"https://a.example"}""";

    private static string Json(object value) => JsonSerializer.Serialize(value);
}

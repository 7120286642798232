using System.Text.Json;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;

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

    [Fact]
    public async Task No_tool_answers_more_whatever_Firecrawl_answers()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        var kind = "English";
        var calls = new TokenBoundCalls(new(firecrawl.Gateway, FirecrawlGateway.Caller, firecrawl.Time), firecrawl.Api)
        {
            Cases = new() { Samples = SampleCalls.Samples, AlsoWanted = SampleCalls.AlsoWanted },
            Choose = chosen => kind = chosen,
        };
        var report = await calls.RunAsync(
            context =>
            {
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync(
                    Json(AnswerTo(context.Request, length => SampleTexts.All[kind](length).Replace('\uFFFD', '?')))
                );
            },
            rounds: 2
        );
        Assert.Empty(report.TooLarge);
        Assert.True(report.Large.Count > 25, $"{report.Calls} calls; small:\n{string.Join('\n', report.Small)}");
    }

    private const string Url = """{"url":"https://a.example"}""";

    private static string Json(object value) => JsonSerializer.Serialize(value);

    /// <summary>What Firecrawl may answer to any request, at its longest.</summary>
    private static object AnswerTo(HttpRequest request, Func<int, string> text)
    {
        var isStart = request.Method == "POST" && request.Path.Value is "/v2/crawl" or "/v2/batch/scrape" or "/v2/extract" or "/v2/agent";
        return isStart
            ? new { success = true, id = "j1" }
            : new
            {
                success = true,
                id = "j1",
                status = "completed",
                total = 30,
                completed = 30,
                answer = text(40_000),
                output = text(40_000),
                links = Enumerable.Range(0, 2_000).Select(i => new { url = $"https://a.example/{i}", title = text(40) }),
                data = request.Path.Value switch
                {
                    "/v2/search" => new { web = Enumerable.Range(0, 30).Select(i => Page(i, 4_000)) },
                    { } path
                        when path.StartsWith("/v2/crawl/", StringComparison.Ordinal)
                            || path.StartsWith("/v2/batch/", StringComparison.Ordinal) => Enumerable
                        .Range(0, 30)
                        .Select(i => Page(i, 4_000)),
                    _ => (object)Page(0, 100_000),
                },
            };

        object Page(int number, int length) =>
            new
            {
                url = $"https://a.example/{number}",
                markdown = $"# {number}\n{text(length)}",
                html = text(length),
                summary = text(2_000),
                json = Enumerable.Range(0, length / 5).ToDictionary(i => $"key{i}", i => $"value \"{i}\""),
                metadata = new { statusCode = 200, scrapeId = "s1" },
            };
    }
}

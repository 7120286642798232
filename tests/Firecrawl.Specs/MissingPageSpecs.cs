using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Firecrawl.Specs;

/// <summary>A page that the API counts and does not give shifts no other.</summary>
public sealed class MissingPageSpecs
{
    [Theory]
    [InlineData(5)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(59)]
    public async Task A_finished_page_without_a_document_shifts_no_other_and_is_said_to_be_missing(int lost)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        Serve(firecrawl, pages: 60, lost, bytes: 20);
        firecrawl.On("GET /crawl/c1/errors", """{"errors":[],"robotsBlocked":[]}""");
        var answer = await firecrawl.ReadAsync("firecrawl_crawl", """{"url":"https://a.example","limit":60}""");
        Assert.Equal(Enumerable.Range(0, 60).Where(n => n != lost), Numbers(answer));
        Assert.Equal("""{"asked":60,"done":59,"failed":0,"forbidden":0,"missing":1}""", answer.GetProperty("pages").GetRawText());
        Assert.Contains("1 of 60 pages are not available", answer.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(39)]
    public async Task Long_answers_give_each_page_once_beside_a_page_that_is_missing(int lost)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        Serve(firecrawl, pages: 40, lost, bytes: 13_000);
        firecrawl.On("GET /crawl/c1/errors", """{"errors":[],"robotsBlocked":[]}""");
        var seen = new List<int>();
        var cursor = "0";
        while (cursor is not null)
        {
            var answer = await firecrawl.ReadAsync("firecrawl_check_crawl_status", $$"""{"id":"c1","cursor":"{{cursor}}"}""");
            seen.AddRange(Numbers(answer));
            cursor = answer.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }

        Assert.Equal(Enumerable.Range(0, 40).Where(n => n != lost), seen);
    }

    /// <summary>A crawl c1 as today's API returns it: a page whose document is gone counts, and is left out.</summary>
    private static void Serve(FirecrawlGateway firecrawl, int pages, int lost, int bytes)
    {
        firecrawl.On("POST /crawl", """{"success":true,"id":"c1"}""");
        firecrawl.Api.On(
            "GET /v2/crawl/c1",
            context =>
            {
                var skip = int.Parse(context.Request.Query["skip"]!, CultureInfo.InvariantCulture);
                var limit = int.Parse(context.Request.Query["limit"]!, CultureInfo.InvariantCulture);
                var part = Enumerable.Range(0, pages).Skip(skip).Take(limit).ToList();
                return context.Response.WriteAsJsonAsync(
                    new
                    {
                        status = "completed",
                        total = pages,
                        completed = pages,
                        next = skip + part.Count < pages
                            ? $"https://elsewhere.example/v2/crawl/c1?skip={skip + part.Count}&limit=20"
                            : null,
                        data = part.Where(n => n != lost).Select(n => new { markdown = new string('x', bytes), metadata = new { n } }),
                    }
                );
            }
        );
    }

    private static IEnumerable<int> Numbers(JsonElement answer) =>
        answer.GetProperty("data").EnumerateArray().Select(page => page.GetProperty("metadata").GetProperty("n").GetInt32());
}

using ModelContextProtocol.Protocol;
using static Firecrawl.Specs.LongAnswers;

namespace Firecrawl.Specs;

/// <summary>What does not fit into one answer is paid for once and can be read to its end.</summary>
public sealed class LongAnswerSpecs
{
    [Fact]
    public async Task A_page_of_any_length_is_read_to_its_end_and_scraped_once()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_PAGES_MB", "0"));
        var markdown = Text(600_000);
        var html = $"<p>{Text(150_000)}</p>";
        firecrawl.On(
            "POST /scrape",
            Json(
                new
                {
                    success = true,
                    data = new
                    {
                        markdown,
                        html,
                        metadata = new { statusCode = 200, scrapeId = "s1" },
                    },
                }
            )
        );
        var texts = (await firecrawl.CallAsync("firecrawl_scrape", Scrape))
            .Result.Content.Cast<TextContentBlock>()
            .Select(block => block.Text)
            .ToList();
        Assert.Equal(
            """{"markdown":"(text 1 of this result)","html":"(text 2 of this result)","metadata":{"statusCode":200,"scrapeId":"s1"}}""",
            texts[4]
        );
        Assert.Equal(("text 1 of this result, markdown:", "text 2 of this result, html:"), (texts[0], texts[2]));
        Assert.Equal(markdown, await ReadTextToTheEndAsync(firecrawl, texts[1]));
        Assert.Equal(html, await ReadTextToTheEndAsync(firecrawl, texts[3]));
        Assert.Single(firecrawl.Requests);
    }

    [Theory]
    [InlineData("firecrawl_parse", """{"filePath":"a.csv","content":"YTti"}""", "POST /parse")]
    [InlineData("firecrawl_scrape_result", """{"id":"s1"}""", "GET /scrape/s1")]
    public async Task A_page_that_was_parsed_or_is_asked_for_again_is_text_as_well(string tool, string arguments, string request)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        var text = Text(250_000);
        firecrawl.On(request, Json(new { data = new { markdown = text } }));
        var reply = await firecrawl.CallAsync(tool, arguments);
        Assert.Equal(text, await ReadTextToTheEndAsync(firecrawl, ((TextContentBlock)reply.Result.Content[0]).Text));
        Assert.Single(firecrawl.Requests);
    }

    [Theory]
    [InlineData("firecrawl_search", """{"query":"q"}""", "POST /search", """{"data":{"web":[{"url":"u"},{"url":"v","markdown":TEXT}]}}""")]
    [InlineData(
        "firecrawl_check_crawl_status",
        """{"id":"c1"}""",
        "GET /crawl/c1",
        """{"status":"completed","total":1,"completed":1,"data":[{"markdown":TEXT}]}"""
    )]
    [InlineData(
        "firecrawl_batch_scrape_status",
        """{"id":"b1"}""",
        "GET /batch/scrape/b1",
        """{"status":"completed","total":1,"completed":1,"data":[{"rawHtml":TEXT}]}"""
    )]
    [InlineData(
        "firecrawl_browser_execute",
        """{"id":"s1","code":"c"}""",
        "POST /interact/s1/execute",
        """{"success":true,"stdout":TEXT}"""
    )]
    public async Task A_page_in_a_list_and_what_a_browser_printed_are_texts_as_well(
        string tool,
        string arguments,
        string request,
        string answer
    )
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        var text = Text(250_000);
        firecrawl.On(request, answer.Replace("TEXT", Json(text), StringComparison.Ordinal));
        var reply = await firecrawl.CallAsync(tool, arguments);
        Assert.Equal(text, await ReadTextToTheEndAsync(firecrawl, ((TextContentBlock)reply.Result.Content[0]).Text));
        Assert.Contains("\"(text 1 of this result)\"", ((TextContentBlock)reply.Result.Content[1]).Text, StringComparison.Ordinal);
        Assert.Single(firecrawl.Requests);
    }

    [Theory]
    [InlineData("firecrawl_scrape", Scrape, "POST /scrape", """{"data":{"summary":TEXT}}""", "$.summary")]
    [InlineData(
        "firecrawl_extract_status",
        """{"id":"e1"}""",
        "GET /extract/e1",
        """{"status":"completed","data":{"long":TEXT}}""",
        "$.data.long"
    )]
    [InlineData("firecrawl_agent_status", """{"id":"a1"}""", "GET /agent/a1", """{"status":"completed","data":[TEXT]}""", "$.data[0]")]
    public async Task Whatever_tool_gave_it_a_long_text_goes_on(string tool, string arguments, string request, string answer, string path)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        var text = Text(250_000);
        firecrawl.On(request, answer.Replace("TEXT", Json(text), StringComparison.Ordinal));
        var (first, rest) = await ReadToTheEndAsync(firecrawl, tool, arguments);
        var begin = At(first, path).GetValue<string>();
        Assert.Equal($"{path}: only the first {begin.Length} of {text.Length} characters", first["cut"]![0]!.GetValue<string>());
        Assert.Equal(text, begin + TextAt(path, rest));
        Assert.Single(firecrawl.Requests);
    }

    [Fact]
    public async Task A_list_goes_on_at_the_item_where_it_was_cut()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var links = Enumerable.Range(0, 5_000).Select(i => new { url = $"https://a.example/{i}/{new string('p', 50)}" }).ToList();
        firecrawl.On("POST /map", Json(new { success = true, links }));
        var (first, rest) = await ReadToTheEndAsync(firecrawl, "firecrawl_map", Scrape);
        var read = first["links"]!.AsArray().Concat(Pieces(rest).SelectMany(piece => piece["value"]!.AsArray()));
        Assert.Equal(links.Select(link => link.url), read.Select(link => link!["url"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Many_long_results_are_all_begun_and_all_read_to_their_end()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var texts = Enumerable.Range(0, 40).Select(i => Text(1_000 * i)).ToList();
        firecrawl.On(
            "POST /search",
            Json(new { data = new { web = texts.Select(markdown => new { url = "https://a.example", markdown }) } })
        );
        var reply = await firecrawl.CallAsync("firecrawl_search", """{"query":"q","limit":40}""");
        var begun = reply
            .Json.GetProperty("data")
            .GetProperty("web")
            .EnumerateArray()
            .Select(page => page.GetProperty("markdown").GetString()!);
        var read = new List<string>();
        foreach (var text in begun)
        {
            read.Add(text.StartsWith("[Cut: ", StringComparison.Ordinal) ? await ReadTextToTheEndAsync(firecrawl, text) : text);
        }

        Assert.Equal(texts, read);
    }

    [Fact]
    public async Task Half_a_character_of_a_page_does_not_lose_the_page()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        // What JavaScript makes of a text that was cut within an emoji.
        firecrawl
            .On(
                "POST /scrape",
                """{"data":{"markdown":"short \ud83e, whole \ud83e\udd8a, path C:\\ud83e","metadata":{"title":"\udd8a"}}}"""
            )
            .On(
                "POST /scrape",
                """{"data":{"markdown":"long \ud83e MORE"}}""".Replace("MORE", new string('x', 200_000), StringComparison.Ordinal)
            );
        var page = await CallAsync(firecrawl, "firecrawl_scrape", Scrape);
        Assert.Equal("short \ufffd, whole 🦊, path C:\\ud83e", page["markdown"]!.GetValue<string>());
        Assert.Equal("\ufffd", page["metadata"]!["title"]!.GetValue<string>());
        Assert.Contains(
            "]\n\nlong ",
            (await CallAsync(firecrawl, "firecrawl_scrape", Scrape))["markdown"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
    }
}

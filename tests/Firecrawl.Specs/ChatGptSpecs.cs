using ModelContextProtocol.Protocol;

namespace Firecrawl.Specs;

/// <summary>The two tools ChatGPT looks for, in its forms: https://developers.openai.com/api/docs/mcp.</summary>
public sealed class ChatGptSpecs
{
    [Theory]
    [InlineData("""{"success":true,"data":{"web":[{"url":"https://a.example/","title":"A"},{"url":"https://b.example/"}]}}""")]
    [InlineData("""{"success":true,"data":[{"url":"https://a.example/","title":"A"},{"url":"https://b.example/"}]}""")]
    public async Task Search_gives_ids_titles_and_urls(string answer)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /search", answer);
        var search = await firecrawl.CallAsync("search", """{"query":"plans"}""");
        const string Found =
            """{"results":[{"id":"https://a.example/","title":"A","url":"https://a.example/"},{"id":"https://b.example/","title":"https://b.example/","url":"https://b.example/"}]}""";
        Assert.Equal(Found, Assert.IsType<TextContentBlock>(Assert.Single(search.Result.Content)).Text);
        Assert.Equal(Found, search.Result.StructuredContent!.Value.GetRawText());
        Assert.Equal("""{"query":"plans"}""", firecrawl.LastBody);
    }

    [Fact]
    public async Task Fetch_reads_the_page_and_says_when_it_is_an_error_page()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On(
            "POST /scrape",
            """{"success":true,"data":{"markdown":"# Nothing here","warning":"Cut short.","metadata":{"title":"Not found","statusCode":404,"url":"https://a.example/x"}}}"""
        );
        var page = (await firecrawl.CallAsync("fetch", """{"id":"https://a.example/x"}""")).Json;
        Assert.Equal("https://a.example/x", page.GetProperty("id").GetString());
        Assert.Equal("Not found", page.GetProperty("title").GetString());
        Assert.Equal("# Nothing here", page.GetProperty("text").GetString());
        Assert.Equal("404", page.GetProperty("metadata").GetProperty("statusCode").GetString());
        Assert.Equal("Cut short.", page.GetProperty("metadata").GetProperty("warning").GetString());
        Assert.Contains("error page", page.GetProperty("metadata").GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_not_be_scraped_may_not_be_fetched()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        Assert.Contains(
            "nothing was sent",
            (await firecrawl.CallAsync("fetch", """{"id":"http://10.0.0.1/"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(firecrawl.Requests);
    }
}

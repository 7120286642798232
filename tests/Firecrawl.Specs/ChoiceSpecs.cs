namespace Firecrawl.Specs;

/// <summary>Arguments whose values are a choice, or exclude each other: what is sent of them, and what is refused before anything is paid for.</summary>
public sealed class ChoiceSpecs
{
    [Theory]
    [InlineData(
        "firecrawl_search",
        """{"query":"q","sources":["Image","exchange"],"categories":["PDFs"],"enterprise":"zero data retention","toolDetail":"Full"}""",
        """{"query":"q","sources":["images","alexandria"],"categories":["pdf"],"enterprise":["zdr"],"toolDetail":"full","domainTools":true}"""
    )]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://a.example","tool_detail":"Summary"}""",
        """{"url":"https://a.example","toolDetail":"summary"}"""
    )]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://a.example","actions":[{"type":"pdf","format":"letter"}],"pdfOptions":{"mode":"OCR"}}""",
        """{"url":"https://a.example","parsers":[{"type":"pdf","mode":"ocr"}],"actions":[{"type":"pdf","format":"Letter"}]}"""
    )]
    [InlineData(
        "firecrawl_developer_search",
        """{"query":"q","types":"docs, Pull requests"}""",
        """{"query":"q","types":["doc","pull_request"]}"""
    )]
    [InlineData(
        "firecrawl_agent",
        """{"prompt":"p","model":"Spark 1 Mini","waitSeconds":0}""",
        """{"prompt":"p","model":"spark-1-mini"}"""
    )]
    public async Task Choices_are_understood_however_they_are_written(string tool, string arguments, string body)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl
            .On("POST /scrape", """{"success":true,"data":{"markdown":"x"}}""")
            .On("POST /agent", """{"success":true,"id":"a1"}""")
            .On("POST /search", """{"success":true,"data":{"web":[]}}""")
            .On("POST /search/developer", """{"success":true,"results":[]}""");
        await firecrawl.ReadAsync(tool, arguments);
        Assert.Equal(body, firecrawl.LastBody);
    }

    [Theory]
    [InlineData(
        "firecrawl_monitor_update",
        """{"id":"m1","body":{"targets":[{"type":"search","queries":["q"],"includeDomains":["a.example"],"excludeDomains":["b.example"]}]}}""",
        "includeDomains and excludeDomains of a target exclude each other: give one of them."
    )]
    [InlineData(
        "firecrawl_monitor_create",
        """{"queries":["q"],"includeDomains":["a.example"],"excludeDomains":["b.example"]}""",
        "includeDomains and excludeDomains exclude each other: give one of them."
    )]
    [InlineData(
        "firecrawl_search",
        """{"query":"q","includeDomains":["a.example"],"excludeDomains":["b.example"]}""",
        "includeDomains and excludeDomains exclude each other: give one of them."
    )]
    [InlineData(
        "firecrawl_search",
        """{"query":"q","sources":["images"],"scrapeOptions":{"formats":["markdown"]}}""",
        "sources asks for none: add web or news, or leave scrapeOptions out."
    )]
    [InlineData("firecrawl_agent", """{"prompt":"p","strictConstrainToURLs":true}""", "strictConstrainToURLs keeps the agent to urls")]
    [InlineData(
        "firecrawl_interact",
        """{"scrapeId":"s1","prompt":"click","scrapeOptions":{"mobile":true}}""",
        "scrapeOptions is for url: the page of scrapeId was read before"
    )]
    [InlineData(
        "firecrawl_interact",
        """{"scrapeId":"s1","prompt":"click","language":"python"}""",
        "language is of code, and there is a prompt"
    )]
    [InlineData("firecrawl_developer_search", """{"query":"q","min_stars":9,"max_stars":5}""", "min_stars=9 is above max_stars=5")]
    public Task What_does_not_go_together_is_refused_before_anything_is_sent(string tool, string arguments, string told) =>
        RefusedAsync(tool, arguments, told);

    [Theory]
    [InlineData(
        """{"url":"https://a.example","formats":[{"type":"json"},{"type":"Links"}],"jsonOptions":{"prompt":"p"}}""",
        """{"url":"https://a.example","formats":[{"type":"json","prompt":"p"},"links"]}"""
    )]
    [InlineData(
        """{"url":"https://a.example","formats":[{"type":"json","schema":"{\"type\":\"object\"}"}]}""",
        """{"url":"https://a.example","formats":[{"type":"json","schema":{"type":"object"}}]}"""
    )]
    public async Task A_format_as_an_object_is_read_as_its_name_and_its_schema_as_json(string arguments, string body)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", """{"success":true,"data":{"json":{},"links":[]}}""");
        await firecrawl.ReadAsync("firecrawl_scrape", arguments);
        Assert.Equal(body, firecrawl.LastBody);
    }

    [Fact]
    public Task A_schema_that_is_a_text_is_refused() =>
        RefusedAsync(
            "firecrawl_scrape",
            """{"url":"https://a.example","formats":[{"type":"json","schema":"name and price"}]}""",
            "formats: the schema of 'json' is a text that is no JSON object"
        );

    [Theory]
    [InlineData("""{"query":"q","tbs":"qdr:week"}""", """{"query":"q","tbs":"qdr:w"}""")]
    [InlineData("""{"query":"q","tbs":"past 3 months"}""", """{"query":"q","tbs":"qdr:m3"}""")]
    [InlineData("""{"query":"q","tbs":"qdr:d,sbd:1"}""", """{"query":"q","tbs":"qdr:d,sbd:1"}""")]
    [InlineData(
        """{"query":"q","tbs":"cd_min:2026-01-31,cd_max:2/1/2026"}""",
        """{"query":"q","tbs":"cdr:1,cd_min:1/31/2026,cd_max:2/1/2026"}"""
    )]
    [InlineData(
        """{"query":"q","sources":[{"type":"News","tbs":"qdr:hour"}]}""",
        """{"query":"q","sources":[{"type":"news","tbs":"qdr:h"}]}"""
    )]
    public async Task The_age_of_what_a_search_finds_is_sent_as_the_search_engine_reads_it(string arguments, string body)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /search", """{"success":true,"data":{"web":[]}}""");
        await firecrawl.ReadAsync("firecrawl_search", arguments);
        Assert.Equal(body, firecrawl.LastBody);
    }

    [Theory]
    [InlineData("""{"query":"q","tbs":"qdr:fortnight"}""", "tbs='qdr:fortnight' is not a filter of time")]
    [InlineData("""{"query":"q","tbs":"cdr:1,cd_min:31.1.2026"}""", "is not a filter of time")]
    [InlineData("""{"query":"q","sources":[{"type":"web","tbs":"recent"}]}""", "sources.tbs='recent' is not a filter of time")]
    [InlineData("""{"query":"q","tbs":"qrd:w"}""", "tbs='qrd:w' is not a filter of time")]
    [InlineData("""{"query":"q","tbs":"qdr:w,since:2026"}""", "tbs='qdr:w,since:2026' is not a filter of time")]
    [InlineData("""{"query":"q","tbs":"sbd:yes"}""", "tbs='sbd:yes' is not a filter of time")]
    [InlineData("""{"query":"q","tbs":"cdr:1"}""", "tbs='cdr:1' is not a filter of time")]
    [InlineData("""{"query":"q","tbs":"qdr:w,cdr:1,cd_min:1/1/2026"}""", "is not a filter of time")]
    [InlineData("""{"query":"q","tbs":"qdr:w,qdr:m"}""", "is not a filter of time")]
    [InlineData("""{"query":"q","tbs":"cdr:1,cd_min:13/1/2026"}""", "is not a filter of time")]
    [InlineData("""{"query":"q","tbs":"cdr:1,cd_min:2/30/2026"}""", "is not a filter of time")]
    [InlineData("""{"query":"q","tbs":"cd_min:2/1/2026,cd_max:1/1/2026"}""", "cd_min is after cd_max")]
    [InlineData("""{"query":"q","includeDomains":["docs example"]}""", "includeDomains has 'docs example', which is not a host name")]
    [InlineData("""{"query":"q","excludeDomains":["a.example/docs"]}""", "excludeDomains has 'a.example/docs', which is not a host name")]
    [InlineData("""{"query":"q","country":"Germany"}""", "country='Germany' is not a code of two letters: use one such as DE.")]
    [InlineData("""{"query":"q","lang":"German"}""", "lang='German' is not a code of two letters: use one such as de.")]
    public Task What_a_search_engine_would_take_no_notice_of_is_refused(string arguments, string told) =>
        RefusedAsync("firecrawl_search", arguments, told);

    [Theory]
    [InlineData("""{"query":"q","from":"2023","to":"2023-06"}""", "from=2023-01-01&to=2023-06-30")]
    [InlineData("""{"query":"q","from":"2024-02","to":"2024-02"}""", "from=2024-02-01&to=2024-02-29")]
    [InlineData("""{"query":"q","from":"2023/1/5"}""", "from=2023-01-05")]
    public async Task Papers_are_searched_between_days(string arguments, string sent)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl.On("GET /search/research/papers", """{"success":true,"results":[]}""");
        await firecrawl.ReadAsync("firecrawl_research_search_papers", arguments);
        Assert.EndsWith($"?query=q&{sent}", Assert.Single(firecrawl.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_is_taken_by_its_address_as_well()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl.On("POST /search/developer", """{"success":true,"results":[]}""");
        await firecrawl.ReadAsync(
            "firecrawl_developer_search",
            """{"query":"q","repos":["a/b.c","https://github.com/d/e-f.git","github.com/g/h/"]}"""
        );
        Assert.Equal("""{"query":"q","repos":["a/b.c","d/e-f","g/h"]}""", firecrawl.LastBody);
    }

    [Theory]
    [InlineData(
        "firecrawl_research_search_papers",
        """{"query":"q","from":"last year"}""",
        "from='last year' is not a day: write 2026-11-28."
    )]
    [InlineData("firecrawl_research_search_papers", """{"query":"q","to":"31.1.2026"}""", "to='31.1.2026' is not a day")]
    [InlineData("firecrawl_research_search_papers", """{"query":"q","to":"2026-02-30"}""", "to='2026-02-30' is not a day")]
    [InlineData(
        "firecrawl_research_search_papers",
        """{"query":"q","from":"2026-02-01","to":"2026-01"}""",
        "from=2026-02-01 is after to=2026-01-31, so that no day lies between"
    )]
    [InlineData("firecrawl_developer_search", """{"query":"q","repos":["react"]}""", "repos has 'react', which is not a repository")]
    [InlineData("firecrawl_monitor_create", """{"page":"https://a.example","timezone":"Mars"}""", "timezone='Mars' is not a time zone")]
    [InlineData(
        "firecrawl_monitor_create",
        """{"body":{"name":"n","schedule":{"text":"daily","timezone":"MEZ?"},"targets":[]}}""",
        "body.schedule.timezone='MEZ?' is not a time zone"
    )]
    [InlineData(
        "firecrawl_monitor_update",
        """{"id":"m1","body":{"schedule":{"text":"daily","timezone":"Berlin"}}}""",
        "body.schedule.timezone='Berlin' is not a time zone"
    )]
    [InlineData("firecrawl_search", """{"query":"q","timeout":30}""", "timeout=30 is a time in milliseconds")]
    [InlineData("firecrawl_map", """{"url":"https://a.example","timeout":30}""", "timeout=30 is a time in milliseconds")]
    [InlineData("firecrawl_extract", """{"prompt":"p","timeout":30}""", "timeout=30 is a time in milliseconds")]
    [InlineData(
        "firecrawl_interact",
        """{"url":"https://a.example","prompt":"p","timeout":30000}""",
        "timeout=30000 is a time in seconds: give 1 to 300"
    )]
    [InlineData(
        "firecrawl_browser_execute",
        """{"id":"b1","code":"1","timeout":30000}""",
        "timeout=30000 is a time in seconds: give 1 to 300"
    )]
    [InlineData("firecrawl_monitor_create", """{"queries":["q"],"includeDomains":["a b"]}""", "includeDomains has 'a b'")]
    [InlineData("firecrawl_monitor_check", """{"id":"m1","checkId":"c1","skip":-1}""", "skip")]
    public Task What_has_a_form_is_refused_in_another(string tool, string arguments, string told) => RefusedAsync(tool, arguments, told);

    [Fact]
    public async Task What_a_webhook_is_told_of_goes_by_the_names_of_the_api()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl
            .On("POST /crawl", """{"success":true,"id":"c1"}""")
            .On("GET /crawl/c1", """{"status":"scraping","total":1,"completed":0,"data":[]}""");
        await firecrawl.CallAsync(
            "firecrawl_crawl",
            """{"url":"https://a.example","webhook":{"url":"https://b.example","events":["crawl.page","Completed"]},"waitSeconds":0}"""
        );
        Assert.Contains("\"events\":[\"page\",\"completed\"]", firecrawl.Api.Received[0].Text, StringComparison.Ordinal);
        Assert.Contains(
            "webhook.events: 'cancelled' is not one of started, page, completed, failed.",
            (
                await firecrawl.CallAsync(
                    "firecrawl_crawl",
                    """{"url":"https://a.example","webhook":{"url":"https://b.example","events":["cancelled"]}}"""
                )
            ).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "firecrawl_search",
        """{"query":"q","categories":["news"]}""",
        "categories[0]: \"news\" is not one of github, research, pdf, developer."
    )]
    [InlineData(
        "firecrawl_search",
        """{"query":"q","sources":["video"]}""",
        "sources[0]: \"video\" is not one of web, images, news, alexandria."
    )]
    [InlineData("firecrawl_search", """{"query":"q","enterprise":["gold"]}""", "enterprise[0]: \"gold\" is not one of default, anon, zdr.")]
    [InlineData("firecrawl_search", """{"query":"q","toolDetail":"long"}""", "toolDetail: \"long\" is not one of compact, summary, full.")]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","toolDetail":"long"}""", "toolDetail: \"long\" is not one of compact")]
    [InlineData(
        "firecrawl_crawl",
        """{"url":"https://a.example","scrapeOptions":{"pdfOptions":{"mode":"slow"},"actions":[{"type":"pdf","format":"B5"}]}}""",
        "scrapeOptions.pdfOptions.mode: \"slow\" is not one of fast, auto, ocr."
    )]
    [InlineData(
        "firecrawl_developer_search",
        """{"query":"q","types":["wiki"]}""",
        "types[0]: \"wiki\" is not one of doc, issue, pull_request, readme."
    )]
    [InlineData("firecrawl_agent", """{"prompt":"p","model":"gpt"}""", "model: \"gpt\" is not one of spark-2, spark-1-mini, spark-1-pro.")]
    public Task A_choice_that_there_is_not_is_named_with_those_there_are(string tool, string arguments, string told) =>
        RefusedAsync(tool, arguments, told);

    private static async Task RefusedAsync(string tool, string arguments, string told)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        Assert.Contains(told, (await firecrawl.CallAsync(tool, arguments)).Error, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }
}

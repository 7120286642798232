using System.Text.Json;

namespace Firecrawl.Specs;

/// <summary>The vendor's catalogue of data providers, as its own MCP server asks for it.</summary>
public sealed class AlexandriaSpecs
{
    private const string Run =
        """{"success":true,"data":{"creditsCost":2,"alexandria":[{"provider":"fred","capability":"series/observations","data":{"value":42}}]}}""";
    private const string Calls = """{"provider":"fred","capability":"series/observations","options":{"series":"GDP"}}""";

    [Fact]
    public async Task A_capability_runs_under_an_id_that_the_answer_names()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", Run);
        var answer = await firecrawl.ReadAsync("firecrawl_scrape", $$"""{"alexandria":{{Calls}},"timeout":5000,"toolDetail":"full"}""");
        Assert.Equal(42, answer.GetProperty("data").GetProperty("alexandria")[0].GetProperty("data").GetProperty("value").GetInt32());
        Assert.Equal($$"""{"alexandria":{{Calls}},"timeout":5000}""", firecrawl.LastBody);
        var id = Assert.Single(firecrawl.Api.Received).Headers["x-request-id"].ToString();
        Assert.Equal(id, answer.GetProperty("requestId").GetString());
        Assert.True(Guid.TryParse(id, out _), id);
    }

    [Fact]
    public async Task A_run_that_failed_can_be_asked_for_again_by_its_id()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", """{"error":"The provider is down.","code":"exchange_error"}""", 422).On("POST /scrape", Run);
        var failed = await firecrawl.CallAsync("firecrawl_scrape", $$"""{"alexandria":[{{Calls}}]}""");
        Assert.True(failed.IsError);
        var id = firecrawl.Api.Received[0].Headers["x-request-id"].ToString();
        Assert.Contains($"The request's id is {id}", failed.Text, StringComparison.Ordinal);
        await firecrawl.ReadAsync("firecrawl_scrape", $$"""{"alexandria":[{{Calls}}],"requestId":"{{id}}"}""");
        Assert.Equal(id, firecrawl.Api.Received[1].Headers["x-request-id"].ToString());
        Assert.Equal(firecrawl.Api.Received[0].Text, firecrawl.Api.Received[1].Text);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_under_the_same_id()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", "{}", 502).On("POST /scrape", Run);
        await firecrawl.ReadAsync("firecrawl_scrape", $$$"""{"alexandria":{{{Calls}}}}""");
        Assert.Single(firecrawl.Api.Received.Select(request => request.Headers["x-request-id"].ToString()).Distinct());
    }

    [Fact]
    public async Task Terms_are_for_a_person_to_accept()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On(
            "POST /scrape",
            """{"error":"Terms required.","code":"THIRD_PARTY_DATA_TERMS_REQUIRED","requiresAction":{"type":"accept_terms","terms":"fred","version":"1","url":"https://a.example"}}""",
            403
        );
        Assert.Contains(
            "never accept them unasked",
            (await firecrawl.CallAsync("firecrawl_scrape", $$$"""{"alexandria":{{{Calls}}}}""")).Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("{}", "Give either url")]
    [InlineData("""{"url":"https://a.example","alexandria":{"provider":"p","capability":"c"}}""", "Give either url")]
    [InlineData("""{"url":"https://a.example","requestId":"r"}""", "requestId goes with alexandria only")]
    [InlineData("""{"alexandria":{"provider":"p","capability":"c"},"formats":["html"]}""", "leave the options of a page out")]
    [InlineData("""{"alexandria":{"provider":"p"}}""", "requires {provider, capability, options}")]
    [InlineData("""{"alexandria":["p"]}""", "alexandria[0]: expected an object, received \"p\"")]
    [InlineData("""{"alexandria":[]}""", "Give either url")]
    [InlineData("""{"alexandria":{"provider":"p","capability":"c"},"requestId":"a b\n"}""", "is not a valid id")]
    [InlineData("""{"alexandria":{"provider":"p","capability":"c","options":{"url":"http://169.254.169.254/"}}}""", "169.254.169.254")]
    public async Task What_cannot_be_run_is_refused_before_anything_is_sent(string arguments, string expected)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var reply = await firecrawl.CallAsync("firecrawl_scrape", arguments);
        Assert.True(reply.IsError);
        Assert.Contains(expected, reply.Text, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("terms/accept")]
    public async Task Safe_mode_runs_no_code_and_accepts_no_terms(string capability)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_SAFE_MODE", "true"));
        var reply = await firecrawl.CallAsync(
            "firecrawl_scrape",
            $$"""{"alexandria":[{"provider":"firecrawl","capability":"{{capability}}"}]}"""
        );
        Assert.Contains("safe mode", reply.Text, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }

    [Theory]
    [InlineData("""{"query":"gdp"}""", """{"query":"gdp","level":"tools","limit":20}""")]
    [InlineData(
        """{"categories":["finance"],"limit":5,"offset":5}""",
        """{"categories":["finance"],"level":"providers","limit":5,"offset":5}"""
    )]
    [InlineData(
        """{"capabilities":["series/observations"]}""",
        """{"capabilities":["series/observations"],"level":"tools","limit":20,"expand":["options","response","examples"]}"""
    )]
    [InlineData("""{"capabilities":["c"],"expand":[]}""", """{"capabilities":["c"],"level":"tools","limit":20,"expand":[]}""")]
    public async Task The_catalogue_is_looked_up_as_the_official_server_does(string arguments, string options)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "alexandria"));
        firecrawl.On(
            "POST /scrape",
            """
            {"success":true,"data":{"alexandria":[{"provider":"firecrawl","capability":"find-tools","data":{"level":"providers","total":9,
             "items":[{"id":"fred","next":{"provider":"firecrawl","capability":"find-tools","options":{"providers":["fred"],"level":"providers","expand":["options"]}}}],
             "next":{"provider":"firecrawl","capability":"find-tools","options":{"offset":20}}}}]}}
            """
        );
        var page = (await firecrawl.ReadAsync("firecrawl_find_tools", arguments))
            .GetProperty("data")
            .GetProperty("alexandria")[0]
            .GetProperty("data");
        Assert.Equal(
            $$$"""{"alexandria":{"provider":"firecrawl","capability":"find-tools","options":{{{options}}}}}""",
            firecrawl.LastBody
        );
        Assert.Equal(
            """{"name":"firecrawl_find_tools","arguments":{"providers":["fred"],"level":"tools"}}""",
            page.GetProperty("items")[0].GetProperty("nextTool").GetRawText()
        );
        Assert.Equal("""{"name":"firecrawl_find_tools","arguments":{"offset":20}}""", page.GetProperty("nextTool").GetRawText());
    }

    [Fact]
    public async Task Without_arguments_the_categories_come_page_by_page()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "alexandria"));
        firecrawl.Api.On(
            "GET /exchange/discover",
            """{"cohorts":[{"cohort":"finance","about":"Money"},{"cohort":"jobs","about":"Work"},{"cohort":"news","about":"News"}]}"""
        );
        var first = Page(await firecrawl.ReadAsync("firecrawl_find_tools", """{"limit":2}"""));
        Assert.Equal("jobs", first.GetProperty("items")[1].GetProperty("id").GetString());
        Assert.Equal(
            """{"name":"firecrawl_find_tools","arguments":{"categories":["jobs"],"level":"providers","limit":2}}""",
            first.GetProperty("items")[1].GetProperty("nextTool").GetRawText()
        );
        var next = first.GetProperty("nextTool").GetProperty("arguments").GetRawText();
        var last = Page(await firecrawl.ReadAsync("firecrawl_find_tools", next));
        Assert.Equal("news", Assert.Single(last.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.False(last.TryGetProperty("nextTool", out _));
        Assert.Equal(3, last.GetProperty("total").GetInt32());

        static JsonElement Page(JsonElement answer) => answer.GetProperty("data").GetProperty("alexandria")[0].GetProperty("data");
    }

    [Theory]
    [InlineData("""{"level":"categories","query":"gdp"}""", "level=categories takes limit and offset only")]
    [InlineData("""{"level":"categories","expand":[]}""", "level=categories takes limit and offset only")]
    [InlineData("""{"limit":-1}""", "limit")]
    [InlineData("""{"offset":-1}""", "offset")]
    public async Task A_page_of_the_catalogue_that_cannot_be_is_refused(string arguments, string expected)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "alexandria"));
        var reply = await firecrawl.CallAsync("firecrawl_find_tools", arguments);
        Assert.True(reply.IsError);
        Assert.Contains(expected, reply.Text, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }
}

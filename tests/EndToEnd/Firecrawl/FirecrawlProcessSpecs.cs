using System.Globalization;
using System.Text.RegularExpressions;
using McpGateway.Testing;

namespace EndToEnd.Firecrawl;

/// <summary>firecrawl-mcp as an operator runs it, before a stub of Firecrawl's API on loopback, with the official clients from npm.</summary>
public sealed partial class FirecrawlProcessSpecs
{
    private const string Token = "caller-token-0123456789abcdef0123456789abcdef";
    private const string Key = "fc-key-of-the-end-to-end-test";

    // Public by its number: the guard asks no name server for it, and the stub never contacts it.
    private const string Site = "https://93.184.215.14/docs";

    [Theory]
    [InlineData("sdk-v1")]
    [InlineData("sdk-v2-modern")]
    public async Task A_page_is_scraped_with_the_gateways_key_and_the_callers_token_goes_no_further(string client)
    {
        await using var api = await StubUpstream.StartAsync();
        api.On("POST /v2/scrape", """{"success":true,"data":{"markdown":"# Plans","metadata":{"scrapeId":"s1","statusCode":200}}}""");
        await using var gateway = await StartAsync(api);
        var session = await ClientSession.HoldAsync(client, gateway.McpUrl, Token, [new("firecrawl_scrape", new { url = Site })]);
        Assert.Equal("firecrawl-mcp", session.Server);
        Assert.Equal("# Plans", session.Results[0]["content"]![0]!["text"]!.GetValue<string>());
        var request = Assert.Single(api.Received);
        Assert.Equal($$"""{"url":"{{Site}}"}""", request.Text);
        AssertOnlyTheKey(api);
        await gateway.StopAsync();
        Assert.DoesNotContain(
            gateway.Logs.Concat(gateway.Audit),
            line => line.Contains(Key, StringComparison.Ordinal) || line.Contains(Token, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_crawl_of_30_pages_tells_its_progress_while_it_runs()
    {
        await using var api = await StubUpstream.StartAsync();
        var crawl = new StubCrawl(api, pages: 30, charactersPerPage: 500, ready: 7);
        await using var gateway = await StartAsync(api);
        await using var caller = await CrawlingClient.StartAsync("sdk-v1", gateway, Token, new { url = Site, waitSeconds = 300 });
        // The crawl goes on only when the client has heard of it: progress that came with the result would never come.
        await caller.WaitForProgressAsync(7);
        crawl.Ready = 30;
        Assert.Equal("complete", await caller.WaitForEndAsync());
        // A hundredth: that the crawl has an id, which is told at once.
        Assert.Equal(
            [0, 0.01, 7, 30],
            caller.All.TakeWhile(told => told.Answer is null).Select(told => told.Progress!.Progress).Distinct()
        );
        var answer = Assert.Single(caller.All, told => told.Answer is not null).Answer!;
        Assert.Equal("completed", answer.Status);
        Assert.Equal(Enumerable.Range(0, 30), answer.Pages.Select(page => page.N));
        Assert.Equal(Enumerable.Range(0, 30), crawl.Served);
        AssertOnlyTheKey(api);
    }

    [Theory]
    // Older revisions cancel by a notification, which needs a session; 2026-07-28 by closing the call's stream.
    [InlineData("sdk-v1", "hybrid")]
    [InlineData("sdk-v2-modern", null)]
    public async Task A_client_that_gives_a_crawl_up_ends_it_at_firecrawl(string client, string? sessions)
    {
        await using var api = await StubUpstream.StartAsync();
        var crawl = new StubCrawl(api, pages: 30, charactersPerPage: 1_000, ready: 7);
        await using var gateway = await StartAsync(api, sessions);
        await using var caller = await CrawlingClient.StartAsync(client, gateway, Token, new { url = Site, waitSeconds = 300 });
        await caller.WaitForProgressAsync(7);
        await caller.GiveUpAsync();
        Assert.Equal("given up", await caller.WaitForEndAsync());
        await Eventually.IsAsync(() => crawl.IsCancelled, "The crawl was not ended.");
    }

    [Fact]
    public async Task A_client_that_is_gone_ends_its_crawl_at_firecrawl()
    {
        await using var api = await StubUpstream.StartAsync();
        var crawl = new StubCrawl(api, pages: 30, charactersPerPage: 1_000, ready: 7);
        await using var gateway = await StartAsync(api);
        await using (var caller = await CrawlingClient.StartAsync("sdk-v1", gateway, Token, new { url = Site, waitSeconds = 300 }))
        {
            await caller.WaitForProgressAsync(7);
        }

        await Eventually.IsAsync(() => crawl.IsCancelled, "The crawl was not ended.");
    }

    [Fact]
    public async Task A_crawl_of_1000_pages_is_read_to_its_end_without_being_held()
    {
        const int pages = 1_000;
        const int characters = 6_000;
        await using var api = await StubUpstream.StartAsync();
        var crawl = new StubCrawl(api, pages, characters, ready: pages);
        await using var gateway = await StartAsync(api);
        await using var caller = await CrawlingClient.StartAsync("sdk-v1", gateway, Token, new { url = Site, limit = pages });
        Assert.Equal("complete", await caller.WaitForEndAsync());
        var answers = caller.All.Where(told => told.Answer is not null).Select(told => told.Answer!).ToList();
        Assert.Equal(Enumerable.Range(0, pages), answers.SelectMany(answer => answer.Pages).Select(page => page.N));
        Assert.All(
            answers.SelectMany(answer => answer.Pages),
            page => Assert.True(page.Whole && page.Length == characters, $"page {page.N} has {page.Length} characters")
        );
        Assert.All(answers, answer => Assert.InRange(answer.Bytes, 1, 102_000));
        var peak = await PeakMegabytesAsync(gateway);
        // About 112 MB as it is, 160 to 175 before the collector was told that memory is scarce.
        TestContext.Current.TestOutputHelper?.WriteLine($"peak: {peak:0} MB");
        Assert.InRange(peak, 1, 160);
        // The first page once more, to learn whether this server minds skip.
        Assert.Equal(pages + 1, crawl.Served.Count);
        Assert.Equal(Enumerable.Range(0, pages), crawl.Served.Distinct());
        AssertOnlyTheKey(api);
    }

    [Fact]
    public async Task All_toolsets_together_have_every_tool_there_is()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            "Firecrawl",
            new Dictionary<string, string?> { ["FIRECRAWL_TOOLSETS"] = "all" }
        );
        var session = await ClientSession.HoldAsync("sdk-v1", gateway.McpUrl, token: null, []);
        var written = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "functions", "Firecrawl"), "*Tools.cs", SearchOption.AllDirectories)
            .SelectMany(file => ToolName().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value);
        Assert.Equal(
            written.Concat(["read_more", "show_activity"]).Order(StringComparer.Ordinal),
            session.Tools.Order(StringComparer.Ordinal)
        );
    }

    private static Task<GatewayProcess> StartAsync(StubUpstream api, string? sessions = null) =>
        GatewayProcess.StartAsync(
            "Firecrawl",
            new Dictionary<string, string?>
            {
                ["MCP_BEARER_TOKEN"] = Token,
                ["FIRECRAWL_API_KEY"] = Key,
                ["FIRECRAWL_API_URL"] = api.Url,
                ["MCP_SESSIONS"] = sessions,
            }
        );

    private static void AssertOnlyTheKey(StubUpstream api) =>
        Assert.All(
            api.Received,
            request =>
            {
                Assert.Equal($"Bearer {Key}", request.Headers["Authorization"]);
                Assert.DoesNotContain(
                    Token,
                    $"{request.Target}\n{request.Text}\n{string.Join('\n', request.Headers.Values)}",
                    StringComparison.Ordinal
                );
            }
        );

    /// <summary>The most memory the process has ever held, as Linux counts it.</summary>
    private static async Task<double> PeakMegabytesAsync(GatewayProcess gateway)
    {
        var line = (await File.ReadAllLinesAsync($"/proc/{gateway.Id}/status")).First(l =>
            l.StartsWith("VmHWM:", StringComparison.Ordinal)
        );
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    [GeneratedRegex("""\[McpServerTool\(\s*Name = "(?<name>\w+)""")]
    private static partial Regex ToolName();
}

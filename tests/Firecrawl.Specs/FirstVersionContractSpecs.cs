using System.Text.Json;

namespace Firecrawl.Specs;

/// <summary>
/// What a Firecrawl 2.0 (August 2025) takes, as facts of its public source: its bodies are strict, so one member too many fails the request.
/// Every tool's request has only these members, or is refused before it is sent.
/// </summary>
public sealed class FirstVersionContractSpecs
{
    private static readonly string[] PageOptions =
    [
        .. "formats headers includeTags excludeTags onlyMainContent timeout waitFor mobile parsers actions location skipTlsVerification".Split(
            ' '
        ),
        .. "removeBase64Images fastMode blockAds proxy maxAge storeInCache".Split(' '),
    ];

    private static readonly Dictionary<string, string[]> Members = new(StringComparer.Ordinal)
    {
        ["/v2/scrape"] = [.. PageOptions, "url", "zeroDataRetention"],
        ["/v2/batch/scrape"] = [.. PageOptions, .. "urls webhook appendToId ignoreInvalidURLs maxConcurrency zeroDataRetention".Split(' ')],
        ["/v2/crawl"] =
        [
            .. "url prompt includePaths excludePaths maxDiscoveryDepth limit crawlEntireDomain allowExternalLinks allowSubdomains sitemap".Split(
                ' '
            ),
            .. "ignoreRobotsTxt deduplicateSimilarURLs ignoreQueryParameters regexOnFullURL delay scrapeOptions webhook maxConcurrency".Split(
                ' '
            ),
            "zeroDataRetention",
        ],
        ["/v2/map"] =
        [
            .. "url search sitemap includeSubdomains limit ignoreQueryParameters timeout filterByPath useIndex".Split(' '),
            .. "includePaths excludePaths maxDiscoveryDepth allowExternalLinks".Split(' '),
        ],
        ["/v2/search"] =
        [
            .. "query limit tbs filter sources categories lang country location timeout ignoreInvalidURLs scrapeOptions".Split(' '),
        ],
        ["/v2/extract"] =
        [
            .. "urls prompt systemPrompt schema limit ignoreSitemap includeSubdomains allowExternalLinks enableWebSearch scrapeOptions".Split(
                ' '
            ),
            .. "showSources timeout ignoreInvalidURLs".Split(' '),
        ],
    };

    private static readonly string[] Formats = ["markdown", "html", "rawHtml", "links", "summary", "json", "changeTracking", "screenshot"];

    private static readonly Dictionary<string, string> Everything = new(StringComparer.Ordinal)
    {
        ["firecrawl_scrape"] = """{"url":"https://a.example"}""",
        ["firecrawl_batch_scrape"] =
            """{"urls":["https://a.example"],"webhook":"https://b.example","maxConcurrency":2,"ignoreInvalidURLs":true,"appendToId":"0d9f6a54-2f1c-4b62-9f0a-2f1c4b629f0a","waitSeconds":0}""",
        ["firecrawl_crawl"] =
            """{"url":"https://a.example","limit":2,"prompt":"p","includePaths":["a"],"excludePaths":["b"],"maxDiscoveryDepth":1,"sitemap":"skip","ignoreQueryParameters":true,"regexOnFullURL":true,"crawlEntireDomain":true,"allowExternalLinks":true,"allowSubdomains":true,"ignoreRobotsTxt":true,"delay":0.5,"maxConcurrency":3,"zeroDataRetention":true,"deduplicateSimilarURLs":true,"webhook":"https://b.example","waitSeconds":0}""",
        ["firecrawl_map"] =
            """{"url":"https://a.example","search":"s","sitemap":"only","includeSubdomains":true,"limit":9,"ignoreQueryParameters":true,"timeout":9000,"includePaths":["a"],"excludePaths":["b"],"maxDiscoveryDepth":2,"allowExternalLinks":true,"filterByPath":true,"useIndex":false}""",
        ["firecrawl_search"] =
            """{"query":"q","limit":3,"tbs":"qdr:d","filter":"f","location":"Germany","sources":["web","news"],"categories":["github"],"country":"DE","lang":"de","timeout":9000,"ignoreInvalidURLs":true}""",
        ["firecrawl_extract"] =
            """{"urls":["https://a.example"],"prompt":"p","schema":{"type":"object"},"allowExternalLinks":true,"enableWebSearch":true,"includeSubdomains":true,"ignoreSitemap":true,"showSources":true,"ignoreInvalidURLs":true,"systemPrompt":"s","limit":3,"timeout":9000,"waitSeconds":0}""",
        ["firecrawl_parse"] = """{"url":"https://a.example/a.pdf"}""",
    };

    /// <summary>Every option of a page with a value, by the versions that know it.</summary>
    private static readonly (string Option, string Value, bool IsKnown)[] Options =
    [
        ("formats", """["markdown","html","rawHtml","links","summary","screenshot"]""", true),
        ("formats", """["images"]""", false),
        ("formats", """["markdown",{"type":"attributes","selectors":[]}]""", false),
        ("parsers", """["pdf"]""", true),
        ("parsers", """[{"type":"pdf","maxPages":2}]""", false),
        ("onlyMainContent", "false", true),
        ("onlyCleanContent", "true", false),
        ("redactPII", "true", false),
        ("includeTags", """["a"]""", true),
        ("excludeTags", """["b"]""", true),
        ("waitFor", "5", true),
        ("actions", """[{"type":"scrape"}]""", true),
        ("mobile", "true", true),
        ("skipTlsVerification", "true", true),
        ("removeBase64Images", "true", true),
        ("blockAds", "true", true),
        ("location", """{"country":"DE","languages":["de"]}""", true),
        ("storeInCache", "false", true),
        ("maxAge", "0", true),
        ("minAge", "1", false),
        ("lockdown", "true", false),
        ("proxy", "\"stealth\"", true),
        ("proxy", "\"enhanced\"", false),
        ("profile", """{"name":"n"}""", false),
        ("headers", """{"A":"b"}""", true),
        ("timeout", "9000", true),
        ("threatProtection", """{"mode":"off"}""", false),
        ("auditMetadata", """{"username":"u"}""", false),
    ];

    [Fact]
    public async Task A_2_0_gets_only_members_that_it_knows()
    {
        await using var firecrawl = await StartAsync();
        foreach (var (tool, arguments) in Everything)
        {
            await firecrawl.ReadAsync(tool, arguments);
        }

        Assert.Equal(Everything.Count, Starts(firecrawl));
        Assert.All(firecrawl.Api.Received, request => Check(request.Target, request.Text));
    }

    [Fact]
    public async Task Each_option_of_a_page_is_sent_where_a_2_0_knows_it_and_refused_where_not()
    {
        await using var firecrawl = await StartAsync();
        foreach (var (option, value, isKnown) in Options)
        {
            foreach (var (tool, arguments) in PagesWith(option, value))
            {
                var before = Starts(firecrawl);
                var reply = await firecrawl.CallAsync(tool, arguments);
                Assert.True(isKnown == !reply.IsError, $"{tool} {arguments}: {reply.Text}");
                Assert.Equal(before + (isKnown ? 1 : 0), Starts(firecrawl));
            }
        }

        Assert.All(firecrawl.Api.Received, request => Check(request.Target, request.Text));
    }

    private static IEnumerable<(string Tool, string Arguments)> PagesWith(string option, string value)
    {
        yield return ("firecrawl_scrape", $$"""{"url":"https://a.example","{{option}}":{{value}}}""");
        var options = $$"""{"{{option}}":{{value}}}""";
        yield return ("firecrawl_batch_scrape", $$"""{"urls":["https://a.example"],"waitSeconds":0,"scrapeOptions":{{options}}}""");
        yield return ("firecrawl_crawl", $$"""{"url":"https://a.example","waitSeconds":0,"scrapeOptions":{{options}}}""");
        yield return ("firecrawl_extract", $$"""{"urls":["https://a.example"],"waitSeconds":0,"scrapeOptions":{{options}}}""");
        if (option is not ("actions" or "profile"))
        {
            yield return ("firecrawl_search", $$"""{"query":"q","scrapeOptions":{{options}}}""");
        }
    }

    private static async Task<FirecrawlGateway> StartAsync()
    {
        var firecrawl = await FirecrawlGateway.StartSelfHostedAsync(("FIRECRAWL_VERSION", "2.0"), ("FIRECRAWL_TOOLSETS", "all"));
        foreach (var path in Members.Keys)
        {
            firecrawl.Api.On($"POST {path}", """{"success":true,"id":"j1","data":{"markdown":"x"}}""");
        }

        foreach (var path in new[] { "/crawl/j1", "/batch/scrape/j1" })
        {
            firecrawl.On($"GET {path}", """{"status":"scraping","total":1,"completed":0,"data":[]}""");
        }

        return firecrawl;
    }

    private static int Starts(FirecrawlGateway firecrawl) => firecrawl.Api.Received.Count(request => request.Method == "POST");

    private static void Check(string target, string text)
    {
        var path = target.Split('?')[0];
        if (text.Length == 0)
        {
            return;
        }

        var body = JsonSerializer.Deserialize<JsonElement>(text);
        CheckMembers(path, body, Members[path]);
        if (body.TryGetProperty("scrapeOptions", out var options))
        {
            CheckMembers($"{path} scrapeOptions", options, PageOptions);
        }
    }

    private static void CheckMembers(string path, JsonElement body, string[] known)
    {
        Assert.All(body.EnumerateObject(), member => Assert.True(known.Contains(member.Name), $"{path}: {member.Name}"));
        if (body.TryGetProperty("formats", out var formats))
        {
            Assert.All(
                formats.EnumerateArray(),
                format =>
                    Assert.Contains(
                        format.ValueKind == JsonValueKind.String ? format.GetString() : format.GetProperty("type").GetString(),
                        Formats
                    )
            );
        }
    }
}

using McpGateway.Testing;

namespace Firecrawl.Specs;

/// <summary>What the API has taken since its published description.</summary>
public sealed class NewestApiSpecs
{
    [Theory]
    [InlineData(
        "firecrawl_map",
        """{"url":"https://a.example","includePaths":["a"],"excludePaths":["b"],"maxDiscoveryDepth":2,"allowExternalLinks":true,"filterByPath":false,"useIndex":false,"headers":{"A":"b"}}""",
        "/map",
        """{"url":"https://a.example","includePaths":["a"],"excludePaths":["b"],"maxDiscoveryDepth":2,"allowExternalLinks":true,"filterByPath":false,"useIndex":false,"headers":{"A":"b"}}"""
    )]
    [InlineData("firecrawl_search", """{"query":"q","lang":"de"}""", "/search", """{"query":"q","lang":"de"}""")]
    [InlineData(
        "firecrawl_extract",
        """{"urls":["https://a.example"],"systemPrompt":"s","limit":3,"timeout":9000,"webhook":"https://b.example","waitSeconds":0}""",
        "/extract",
        """{"urls":["https://a.example"],"ignoreInvalidURLs":true,"systemPrompt":"s","limit":3,"timeout":9000,"webhook":{"url":"https://b.example"}}"""
    )]
    [InlineData(
        "firecrawl_agent",
        """{"prompt":"p","webhook":{"url":"https://b.example","events":["completed"]},"waitSeconds":0}""",
        "/agent",
        """{"prompt":"p","webhook":{"url":"https://b.example","events":["completed"]}}"""
    )]
    [InlineData(
        "firecrawl_batch_scrape",
        """{"urls":["https://a.example"],"appendToId":"b0"}""",
        "/batch/scrape",
        """{"urls":["https://a.example"],"ignoreInvalidURLs":true,"appendToId":"b0"}"""
    )]
    public async Task Is_passed_on(string tool, string arguments, string path, string sent)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl
            .On($"POST {path}", """{"success":true,"id":"j1"}""")
            .On("GET /batch/scrape/j1", """{"status":"completed","total":1,"completed":1,"data":[{"markdown":"a"}]}""");
        await firecrawl.ReadAsync(tool, arguments);
        Assert.Equal(sent, firecrawl.Api.Received[0].Text);
    }

    [Fact]
    public async Task An_image_is_parsed_and_the_folder_tells_what_it_holds()
    {
        var folder = TemporaryFolder.Create("firecrawl-files-");
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "scan.png"), [1, 2, 3], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "notes.txt"), [1], TestContext.Current.CancellationToken);
        try
        {
            await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_FILES", folder.FullName));
            firecrawl.On("POST /parse", """{"success":true,"data":{"markdown":"x"}}""");
            await firecrawl.ReadAsync("firecrawl_parse", """{"filePath":"scan.png"}""");
            Assert.EndsWith(
                "is not inside the FIRECRAWL_FILES folder. It holds: scan.png.",
                (await firecrawl.CallAsync("firecrawl_parse", """{"filePath":"scam.png"}""")).Error,
                StringComparison.Ordinal
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

using System.Net;
using McpGateway.Testing;

namespace McpGateway.Specs.Hosting;

/// <summary>A person who opens an address in a browser reads what is there.</summary>
public sealed class BrowserSpecs
{
    [Theory]
    [InlineData("/mcp")]
    [InlineData("/mcp/")]
    public async Task A_browser_at_the_address_of_MCP_is_led_to_the_landing_page(string path)
    {
        foreach (var sessions in (string[])["stateless", "hybrid"])
        {
            await using var gateway = await SpecService.StartWithTokenAsync(("MCP_SESSIONS", sessions));
            using var browser = new OperatorBrowser(gateway.Http.BaseAddress!);
            using var response = await browser.GetAsync(path);
            Assert.Equal((HttpStatusCode.Redirect, "/"), (response.StatusCode, response.Headers.Location?.OriginalString));
        }
    }

    [Fact]
    public async Task A_program_at_the_address_of_the_gateway_reads_a_note()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var response = await gateway.Http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "text/plain"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var text = await response.TextAsync();
        Assert.StartsWith("spec-mcp ", text, StringComparison.Ordinal);
        Assert.Contains("/mcp ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/console", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_name_is_told_nothing()
    {
        await using var gateway = await SpecService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Host", "evil.example.com" } } };
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }
}

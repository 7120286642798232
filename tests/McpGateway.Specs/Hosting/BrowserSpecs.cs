using System.Net;

namespace McpGateway.Specs.Hosting;

/// <summary>A person who opens an address in a browser reads what is there.</summary>
public sealed class BrowserSpecs
{
    private const string Accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/mcp", HttpStatusCode.NotAcceptable)]
    [InlineData("/mcp/", HttpStatusCode.NotAcceptable)]
    public async Task A_browser_is_told_what_the_address_is(string path, HttpStatusCode status)
    {
        foreach (var sessions in (string[])["stateless", "hybrid"])
        {
            await using var gateway = await SpecService.StartWithTokenAsync(("MCP_SESSIONS", sessions));
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept", Accept);
            using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((status, "text/plain"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            var text = await response.TextAsync();
            Assert.StartsWith("spec-mcp ", text, StringComparison.Ordinal);
            Assert.Contains("/mcp ", text, StringComparison.Ordinal);
            Assert.DoesNotContain("/connections", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task With_a_login_it_names_the_page_of_connections()
    {
        await using var gateway = await OAuth.OAuthGateway.StartAsync();
        using var response = await gateway.Http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("/connections", await response.TextAsync(), StringComparison.Ordinal);
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

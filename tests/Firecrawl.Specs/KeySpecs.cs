namespace Firecrawl.Specs;

/// <summary>The key of the API, and where it goes.</summary>
public sealed class KeySpecs
{
    [Fact]
    public async Task The_key_goes_upstream_and_the_callers_token_does_not()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /map", """{"success":true,"links":[]}""");
        await firecrawl.ReadAsync("firecrawl_map", """{"url":"https://a.example"}""");
        var request = Assert.Single(firecrawl.Api.Received);
        Assert.Equal($"Bearer {FirecrawlGateway.Key}", request.Headers["Authorization"]);
        Assert.DoesNotContain(request.Headers.Values, value => value.Contains(FirecrawlGateway.Caller, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_of_the_callers_own_neither_opens_the_gateway_nor_goes_upstream()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /map", """{"success":true,"links":[]}""");
        const string call =
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"firecrawl_map","arguments":{"url":"https://a.example"}}}""";
        using var refused = await firecrawl.Gateway.PostAsync(
            call,
            configure: request => request.Headers.Add("x-firecrawl-api-key", "fc-of-somebody")
        );
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
        using var served = await firecrawl.Gateway.PostAsync(
            call,
            FirecrawlGateway.Caller,
            request => request.Headers.Add("x-firecrawl-api-key", "fc-of-somebody")
        );
        Assert.Equal($"Bearer {FirecrawlGateway.Key}", Assert.Single(firecrawl.Api.Received).Headers["Authorization"]);
        Assert.DoesNotContain("fc-of-somebody", string.Join('\n', firecrawl.Api.Received[0].Headers.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_self_hosted_firecrawl_needs_no_key_and_no_v2()
    {
        await using var with = await FirecrawlGateway.StartAsync();
        with.On("POST /map", """{"success":true,"links":[]}""");
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync(
            ("FIRECRAWL_API_KEY", null),
            ("FIRECRAWL_API_URL", with.Api.Url)
        );
        await firecrawl.ReadAsync("firecrawl_map", """{"url":"https://a.example"}""");
        Assert.False(Assert.Single(with.Api.Received).Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task The_cloud_needs_a_key()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(
            ("FIRECRAWL_API_KEY", null),
            ("FIRECRAWL_API_URL", "https://api.firecrawl.dev/v2")
        );
        Assert.Contains(
            "set FIRECRAWL_API_KEY",
            (await firecrawl.CallAsync("firecrawl_map", """{"url":"https://a.example"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_key_does_not_travel_in_the_clear() =>
        Assert.Contains(
            "FIRECRAWL_API_URL='http://firecrawl.example' is not a base URL",
            (
                await Assert.ThrowsAnyAsync<Exception>(() => FirecrawlGateway.StartAsync(("FIRECRAWL_API_URL", "http://firecrawl.example")))
            ).Message,
            StringComparison.Ordinal
        );
}

using McpGateway.Testing;

namespace McpGateway.Specs.Hosting;

public sealed class ForwardedHeaderSpecs
{
    [Theory]
    [InlineData(true, "198.51.100.7", "198.51.100.7")]
    [InlineData(true, "203.0.113.66, 198.51.100.7", "198.51.100.7")]
    [InlineData(true, "nonsense", "127.0.0.1")]
    [InlineData(false, "198.51.100.7", "127.0.0.1")]
    public async Task Only_the_nearest_hop_says_who_calls_and_only_where_it_is_trusted(bool trusted, string forwardedFor, string client)
    {
        await using var gateway = await SpecService.StartWithTokenAsync(("TRUST_DOWNSTREAM_PROXY", trusted ? "true" : "false"));
        await AssertClientAsync(gateway, forwardedFor, client);
    }

    [Theory]
    [InlineData(true, "198.51.100.7")]
    [InlineData(false, "127.0.0.1")]
    public async Task The_setting_of_the_functions_host_does_not_trust_a_hop_more(bool trusted, string client)
    {
        await using var gateway = await SpecService.StartWithTokenAsync(
            ("TRUST_DOWNSTREAM_PROXY", trusted ? "true" : "false"),
            ("FORWARDEDHEADERS_ENABLED", "true")
        );
        await AssertClientAsync(gateway, "203.0.113.66, 198.51.100.7", client);
    }

    [Fact]
    public async Task A_forwarded_host_decides_nothing()
    {
        await using var gateway = await SpecService.StartWithTokenAsync(("TRUST_DOWNSTREAM_PROXY", "true"));
        using var response = await gateway.PostAsync(
            SpecService.Initialize(),
            SpecService.Token,
            request =>
            {
                request.Headers.Host = "evil.example.com";
                request.Headers.Add("X-Forwarded-Host", "localhost");
            }
        );
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static async Task AssertClientAsync(Gateway gateway, string forwardedFor, string client)
    {
        using var response = await gateway.PostAsync("{}", configure: request => request.Headers.Add("X-Forwarded-For", forwardedFor));
        Assert.Contains($"\"client\":\"{client}\"", Assert.Single(await gateway.ReadAuditAsync()), StringComparison.Ordinal);
    }
}

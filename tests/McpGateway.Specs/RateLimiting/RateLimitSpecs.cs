using System.Net;
using System.Threading.RateLimiting;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Specs.RateLimiting;

public sealed class RateLimitSpecs
{
    private static readonly (string, string)[] Settings =
    [
        ("RATE_LIMIT_PER_SECOND", "1"),
        ("TRUST_DOWNSTREAM_PROXY", "true"),
        ("MCP_BEARER_TOKENS", "a=the-token-of-caller-a,b=the-token-of-caller-b"),
    ];

    [Fact]
    public async Task A_caller_over_its_limit_hears_429_and_when_to_try_again()
    {
        await using var gateway = await SpecService.StartAsync(Settings);
        var refused = await FloodAsync(gateway, call => ($"198.51.100.{call}", "the-token-of-caller-a"));
        Assert.NotEmpty(refused);
        Assert.All(refused, response => Assert.Equal("1", response.Headers.GetValues("Retry-After").Single()));
        Assert.Contains("Too many requests", await refused[0].TextAsync(), StringComparison.Ordinal);
        using var other = await SendAsync(gateway, "203.0.113.1", "the-token-of-caller-b");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task An_address_over_its_limit_hears_429_whatever_it_presents()
    {
        await using var gateway = await SpecService.StartAsync(Settings);
        Assert.NotEmpty(await FloodAsync(gateway, call => ("198.51.100.1", $"a-guess-at-a-token-{call}")));
        using var other = await SendAsync(gateway, "203.0.113.1", "the-token-of-caller-a");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    /// <summary>One customer has all of a /64, and a guess could come from another address each time.</summary>
    [Fact]
    public async Task The_addresses_of_one_IPv6_network_share_a_limit()
    {
        await using var gateway = await SpecService.StartAsync(Settings);
        Assert.NotEmpty(await FloodAsync(gateway, call => ($"2001:db8:0:1::{call:x}", $"a-guess-at-a-token-{call}")));
        using var other = await SendAsync(gateway, "2001:db8:0:2::1", "a-guess-at-a-token");
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
    }

    [Fact]
    public async Task Where_nobody_needs_a_token_each_address_has_a_limit_of_its_own()
    {
        await using var gateway = await SpecService.StartAsync([.. Settings[..2], ("ALLOW_ANONYMOUS", "true")]);
        Assert.NotEmpty(await FloodAsync(gateway, _ => ("198.51.100.1", "none")));
        using var other = await SendAsync(gateway, "203.0.113.1", "none");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_flood_of_strangers_takes_nothing_from_a_caller_at_the_same_address()
    {
        await using var gateway = await SpecService.StartAsync([("RATE_LIMIT_PER_SECOND", "20"), .. Settings[1..]]);
        Assert.NotEmpty(await FloodAsync(gateway, call => ("198.51.100.1", $"a-guess-at-a-token-{call}"), 200));
        Assert.Empty(await FloodAsync(gateway, _ => ("198.51.100.1", "the-token-of-caller-a")));
    }

    [Fact]
    public async Task A_service_on_loopback_has_no_limit_unless_it_is_set()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        var calls = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => gateway.PostAsync(SpecService.Initialize(), SpecService.Token))
        );
        Assert.All(calls, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
    }

    /// <summary>Its timer would run on, and keep all that the gateway was.</summary>
    [Fact]
    public async Task The_limiter_ends_with_the_gateway()
    {
        PartitionedRateLimiter<HttpContext> limiter;
        await using (var gateway = await SpecService.StartAsync(Settings))
        {
            limiter = gateway.Services.GetRequiredService<PartitionedRateLimiter<HttpContext>>();
            Assert.NotNull(limiter.GetStatistics(new DefaultHttpContext()));
        }

        Assert.Throws<ObjectDisposedException>(() => limiter.GetStatistics(new DefaultHttpContext()));
    }

    private static async Task<List<HttpResponseMessage>> FloodAsync(
        Gateway gateway,
        Func<int, (string Address, string Token)> call,
        int times = 40
    )
    {
        var responses = await Task.WhenAll(Enumerable.Range(1, times).Select(i => SendAsync(gateway, call(i).Address, call(i).Token)));
        return [.. responses.Where(response => response.StatusCode == HttpStatusCode.TooManyRequests)];
    }

    private static Task<HttpResponseMessage> SendAsync(Gateway gateway, string address, string token) =>
        gateway.PostAsync(SpecService.Initialize(), token, request => request.Headers.Add("X-Forwarded-For", address));
}

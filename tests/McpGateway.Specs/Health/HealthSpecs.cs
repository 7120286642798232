using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Health;

public sealed class HealthSpecs
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_is_the_guides_json_and_open()
    {
        var time = new FakeTimeProvider(new(2025, 10, 31, 12, 34, 56, TimeSpan.Zero));
        await using var gateway = await SpecService.StartAsync(time: time, settings: ("MCP_BEARER_TOKEN", SpecService.Token));
        using var response = await gateway.Http.GetAsync(new Uri("/health", UriKind.Relative), Cancellation);
        Assert.Equal(
            $$"""{"status":"ok","service":"spec-mcp","version":"{{SpecService.Definition.Version}}","timestamp":"2025-10-31T12:34:56Z"}""",
            await response.TextAsync()
        );
        using var head = await gateway.Http.SendAsync(new(HttpMethod.Head, "/health"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Fact]
    public async Task Ready_says_what_is_wrong_but_not_what_an_exception_says()
    {
        await using var gateway = await SpecService.StartAsync(configure: builder =>
            builder
                .Services.AddHealthChecks()
                .AddCheck("store", () => HealthCheckResult.Unhealthy("The store is read-only: check the folder's owner."))
                .AddCheck("broken", () => throw new InvalidOperationException("password=hunter2"))
                .AddCheck("fine", () => HealthCheckResult.Healthy())
        );
        using var response = await gateway.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var body = await response.JsonAsync();
        Assert.Equal("unavailable", body["status"]!.GetValue<string>());
        Assert.Equal("The store is read-only: check the folder's owner.", body["problems"]!["store"]!.GetValue<string>());
        Assert.Null(body["problems"]!["fine"]);
        Assert.Contains("the folder's owner", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_is_ok_when_nothing_is_wrong()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation);
        Assert.Equal((HttpStatusCode.OK, "ok"), (response.StatusCode, (await response.JsonAsync())["status"]!.GetValue<string>()));
    }
}

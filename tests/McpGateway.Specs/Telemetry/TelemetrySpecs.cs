using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace McpGateway.Specs.Telemetry;

public sealed class TelemetrySpecs
{
    [Fact]
    public async Task Traces_and_metrics_reach_the_collector_without_secrets_or_argument_values()
    {
        await using var collector = await StubUpstream.StartAsync();
        collector.On("POST /v1/traces", "{}").On("POST /v1/metrics", "{}").On("GET /upstream-rows", "[]");
        await using (
            var gateway = await SpecService.StartWithTokenAsync(
                ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
            )
        )
        {
            using var echo = await gateway.PostAsync(SpecService.Call("echo", """{"text":"a private note"}"""), SpecService.Token);
            using var fetch = await gateway.PostAsync(
                SpecService.Call("fetch", $$"""{"url":"{{collector.Url}}/upstream-rows?key=private"}"""),
                SpecService.Token
            );
            Assert.Equal("[]", await fetch.ToolTextAsync());
        }

        var traces = TextOf(collector, "/v1/traces");
        Assert.Contains("spec-mcp", traces, StringComparison.Ordinal);
        Assert.Contains("tools/call echo", traces, StringComparison.Ordinal);
        Assert.Contains("POST /mcp", traces, StringComparison.Ordinal);
        Assert.Contains("/upstream-rows", traces, StringComparison.Ordinal);
        var metrics = TextOf(collector, "/v1/metrics");
        Assert.Contains("mcp_gateway.tool_call.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("http.client.request.duration", metrics, StringComparison.Ordinal);
        foreach (var secret in new[] { SpecService.Token, "a private note", "key=private" })
        {
            Assert.DoesNotContain(secret, traces + metrics, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false, "http/protobuf")]
    [InlineData(true, "http/protobuf")]
    [InlineData(false, "grpc")]
    [InlineData(false, "")]
    public async Task A_collector_that_cannot_be_reached_or_refuses_is_told_of_once(bool refuses, string protocol)
    {
        await using var collector = await StubUpstream.StartAsync();
        collector.On("POST /v1/traces", "{}", 403).On("POST /v1/metrics", "{}", 403);
        var gateway = await SpecService.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", refuses ? collector.Url : "http://127.0.0.1:1"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol)
        );
        using var echo = await gateway.PostAsync(SpecService.Call("echo", """{"text":"hi"}"""));
        // The end sends what there is.
        await gateway.DisposeAsync();
        Assert.Single(
            gateway.Logs.Lines,
            line =>
                line.StartsWith("Warning", StringComparison.Ordinal)
                && line.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Without_a_collector_nothing_is_collected()
    {
        await using var gateway = await SpecService.StartAsync();
        Assert.Null(gateway.Services.GetService<TracerProvider>());
        Assert.Null(gateway.Services.GetService<MeterProvider>());
    }

    private static string TextOf(StubUpstream collector, string path) =>
        string.Concat(collector.Received.Where(request => request.Target == path).Select(request => request.Text));
}

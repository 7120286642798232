using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using McpGateway.Hosting;
using McpGateway.Secrets;
using McpGateway.Testing;
using McpGateway.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace McpGateway.Specs.Hosting;

/// <summary>The pipeline as it runs inside the one function, with a Kestrel in the place of the worker's.</summary>
public sealed class FunctionsWorkerSpecs
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SpecService.Token, false, "413 Payload Too Large")]
    [InlineData(SpecService.Token, true, "413 Payload Too Large")]
    [InlineData("not-the-right-token", false, "401 Unauthorized")]
    [InlineData("not-the-right-token", true, "401 Unauthorized")]
    public async Task A_body_is_read_to_its_end_before_it_is_refused(string token, bool chunked, string status)
    {
        await using var worker = await StartAsync(("MAX_REQUEST_BYTES", "2000"));
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(worker.Urls.First()).Port, Cancellation);
        var stream = socket.GetStream();
        const int length = 8_000_000;
        await SendAsync(
            $"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer {token}\r\n"
                + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : $"Content-Length: {length}\r\n\r\n")
                + (chunked ? $"{length:x}\r\n" : "")
        );
        // As the host does it: all of the body first, then a look at the answer.
        await stream.WriteAsync(new byte[length], Cancellation);
        await SendAsync(chunked ? "\r\n0\r\n\r\n" : "");
        await SendAsync("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync(Cancellation);
        Assert.StartsWith($"HTTP/1.1 {status}", text, StringComparison.Ordinal);
        // The connection goes on: nothing of the body was left in it.
        Assert.Contains("HTTP/1.1 200 OK", text, StringComparison.Ordinal);

        Task SendAsync(string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), Cancellation).AsTask();
    }

    [Fact]
    public async Task Twenty_large_bodies_of_strangers_in_flight_take_no_memory()
    {
        const int length = 16_000_000;
        await using var worker = await StartAsync(("MAX_REQUEST_BYTES", $"{length}"), ("RATE_LIMIT_PER_SECOND", "0"));
        var body = new byte[length];
        var before = LiveBytes();
        var sockets = Enumerable.Range(0, 20).Select(_ => new TcpClient()).ToList();
        await Task.WhenAll(
            sockets.Select(async socket =>
            {
                await socket.ConnectAsync(IPAddress.Loopback, new Uri(worker.Urls.First()).Port, Cancellation);
                var stream = socket.GetStream();
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
                    ),
                    Cancellation
                );
                // All but the last byte: each is taken in, and none is answered yet.
                await stream.WriteAsync(body.AsMemory(1), Cancellation);
            })
        );
        // 320 MB if they were kept.
        Assert.InRange(LiveBytes() - before, long.MinValue, 64_000_000);
        foreach (var socket in sockets)
        {
            await socket.GetStream().WriteAsync(body.AsMemory(0, 1), Cancellation);
            using var reader = new StreamReader(socket.GetStream());
            Assert.Equal("HTTP/1.1 401 Unauthorized", await reader.ReadLineAsync(Cancellation));
            socket.Dispose();
        }

        // Others use memory of this process too, and give it back.
        static long LiveBytes() => Enumerable.Range(0, 5).Min(_ => GC.GetTotalMemory(forceFullCollection: true));
    }

    [Fact]
    public async Task Nothing_below_a_warning_goes_to_standard_error_where_the_host_guesses_its_level()
    {
        await using var worker = await StartAsync();
        Assert.Equal(
            LogLevel.Warning,
            worker.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.LogToStandardErrorThreshold
        );
    }

    [Fact]
    public void The_host_shows_the_lines_of_the_service_and_no_stack_traces_of_clients_that_leave()
    {
        var levels = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "host.json")))!["logging"]!["logLevel"]!;
        Assert.Equal("Information", levels["Host.Function.Console"]!.GetValue<string>());
        Assert.Equal(("None", "None"), (levels["Function.gateway"]!.GetValue<string>(), levels["Host.Results"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("true", null, "TRUST_DOWNSTREAM_PROXY has no effect")]
    [InlineData("false", "true", "callers can claim any")]
    [InlineData("true", "true", null)]
    [InlineData("false", null, null)]
    public async Task The_operator_is_warned_where_the_two_settings_of_forwarded_headers_do_not_agree(
        string trust,
        string? host,
        string? warning
    )
    {
        var logs = new CapturedLogs();
        await using var worker = await StartAsync(
            [("TRUST_DOWNSTREAM_PROXY", trust), ("ASPNETCORE_FORWARDEDHEADERS_ENABLED", host ?? "")],
            logs
        );
        var warnings = logs.Lines.Where(line => line.StartsWith("Warning McpGateway", StringComparison.Ordinal)).ToList();
        Assert.Equal(warning is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, line => Assert.Contains(warning!, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("METRICS_PORT", "9464", "METRICS=true")]
    [InlineData("BIND_ADDRESS", "127.0.0.1", "--address")]
    [InlineData("DRAIN_SECONDS", "5", "GATEWAY_HOST=kestrel")]
    public async Task The_operator_is_told_which_settings_have_no_effect_because_the_host_listens(string name, string value, string remedy)
    {
        var logs = new CapturedLogs();
        await using var worker = await StartAsync([(name, value), ("METRICS", "true")], logs);
        var warning = Assert.Single(logs.Lines, line => line.StartsWith("Warning McpGateway", StringComparison.Ordinal));
        Assert.Contains($"{name} has no effect: the Functions host", warning, StringComparison.Ordinal);
        Assert.Contains(remedy, warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_for_metrics_opens_them_to_nobody_who_has_no_token()
    {
        var port = FreePort.Find();
        await using var worker = await StartAsync([("METRICS_PORT", $"{port}")], new CapturedLogs(), port);
        using var http = new HttpClient { BaseAddress = new Uri(worker.Urls.First()) };
        using var metrics = await http.GetAsync(new Uri("/metrics", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, metrics.StatusCode);
        using var health = await http.GetAsync(new Uri("/health", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task A_start_without_a_token_names_what_counts_under_the_host()
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() => StartAsync(("MCP_BEARER_TOKEN", "")));
        Assert.Contains("MCP_BEARER_TOKEN", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("BIND_ADDRESS", problem.Message, StringComparison.Ordinal);
    }

    private static Task<WebApplication> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync(settings, new CapturedLogs());

    private static async Task<WebApplication> StartAsync((string Name, string Value)[] settings, CapturedLogs logs, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["MCP_BEARER_TOKEN"] = SpecService.Token, ["AUDIT_LOG"] = "/dev/null" }
        );
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Name, string? (s) => s.Value));
        builder.Logging.ClearProviders();
        builder.AddGateway(SpecService.Definition, gateway => gateway.AddMcp().Mcp.WithTools<SpecTools>(), GatewayHostKind.FunctionsWorker);
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.Services.AddSingleton(new Gate());
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var pipeline = new FunctionPipeline(
            new ApplicationBuilder(app.Services).UseGateway(GatewayHostKind.FunctionsWorker).Build(),
            app.Services.GetRequiredService<IHttpContextAccessor>()
        );
        app.Run(context => pipeline.InvokeAsync(context, CancellationToken.None));
        await app.StartAsync(Cancellation);
        return app;
    }
}

using System.Net;
using McpGateway.Secrets;
using McpGateway.Testing;

namespace McpGateway.Specs.Telemetry;

/// <summary>Measurements in the form of Prometheus, for those who may have them.</summary>
/// <remarks>Alone, because instruments are the process's: those of other gateways would be in what is read.</remarks>
[CollectionDefinition(nameof(MetricsSpecs), DisableParallelization = true)]
[Collection(nameof(MetricsSpecs))]
public sealed class MetricsSpecs
{
    private static readonly Uri Path = new("/metrics", UriKind.Relative);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_off_unless_asked_for()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var response = await GetAsync(gateway, SpecService.Token);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_caller_with_a_token_reads_what_tools_did()
    {
        await using var gateway = await SpecService.StartWithTokenAsync(("METRICS", "true"));
        using (var call = await gateway.PostAsync(SpecService.Call("echo", """{"text":"hello"}"""), SpecService.Token))
        {
            Assert.Equal(HttpStatusCode.OK, call.StatusCode);
        }

        await gateway.ReadAuditAsync();
        using var without = await GetAsync(gateway, token: null);
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        using var response = await GetAsync(gateway, SpecService.Token);
        var text = await response.TextAsync();
        Assert.StartsWith("text/plain", response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.Matches("(?m)^mcp_gateway_tool_call_duration_seconds_count\\{[^}]*outcome=\"ok\"[^}]*tool=\"echo\"[^}]*\\} 1$", text);
        Assert.Contains("outcome=\"ok\",tool=\"echo\",le=\"0.025\"", text, StringComparison.Ordinal);
        Assert.Matches("(?m)^mcp_gateway_answer_tokens_total\\{[^}]*tool=\"echo\"[^}]*\\} ", text);
        Assert.DoesNotContain("hello", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_callers_make_up_become_no_label()
    {
        await using var gateway = await SpecService.StartWithTokenAsync(("METRICS", "true"));
        foreach (var name in (string[])["evil\\\"} 1\\n# TYPE x counter", "</td><script>alert(1)</script>", "evil_1", "evil_2"])
        {
            using var call = await gateway.PostAsync(SpecService.Call(name), SpecService.Token);
            Assert.Equal(HttpStatusCode.OK, call.StatusCode);
        }

        await gateway.ReadAuditAsync();
        using var response = await GetAsync(gateway, SpecService.Token);
        var text = await response.TextAsync();
        Assert.DoesNotContain("evil", text, StringComparison.Ordinal);
        Assert.DoesNotContain("script", text, StringComparison.Ordinal);
        // One label for all of them, however they ended.
        Assert.All(
            text.Split('\n').Where(line => line.Contains("tool_call_duration_seconds_count", StringComparison.Ordinal)),
            line => Assert.Contains("tool=\"unknown\"", line, StringComparison.Ordinal)
        );
        Assert.Contains("tool=\"unknown\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_of_its_own_serves_them_without_a_token_and_nothing_else()
    {
        var port = FreePort.Find();
        await using var gateway = await SpecService.StartWithTokenAsync(("METRICS_PORT", $"{port}"));
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        Assert.Contains("# TYPE", await http.GetStringAsync(Path, Cancellation), StringComparison.Ordinal);
        foreach (var path in (string[])["/", "/health", "/mcp", "/console"])
        {
            using var other = await http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        }

        // Nobody gets there by way of the usual port, whatever its Host header says.
        using var request = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { Host = $"127.0.0.1:{port}" } };
        using var response = await gateway.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("METRICS", "yes")]
    [InlineData("METRICS_PORT", "70000")]
    public async Task A_setting_that_means_nothing_stops_the_start(string name, string value)
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() => SpecService.StartAsync((name, value)));
        Assert.Contains(name, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_of_its_own_is_not_that_of_the_service()
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() => SpecService.StartAsync(("PORT", "8099"), ("METRICS_PORT", "8099")));
        Assert.StartsWith(
            "METRICS_PORT=8099 is the port of the service itself (PORT=8099): set METRICS_PORT",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Prometheus_scrapes_them_and_its_own_tool_finds_no_fault()
    {
        var promtool = Tool.Require("promtool", "Install Debian's package prometheus.");
        var prometheus = Tool.Require("prometheus", "Install Debian's package prometheus.");
        using var folder = new TemporaryFolder();
        var (port, own) = (FreePort.Find(), FreePort.Find());
        await using var gateway = await SpecService.StartWithTokenAsync(("METRICS_PORT", $"{port}"));
        using (var call = await gateway.PostAsync(SpecService.Call("echo", """{"text":"x"}"""), SpecService.Token))
        {
            Assert.Equal(HttpStatusCode.OK, call.StatusCode);
        }

        using var http = new HttpClient();
        var scraped = System.IO.Path.Combine(folder.Path, "scraped.txt");
        await File.WriteAllTextAsync(
            scraped,
            await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), Cancellation),
            Cancellation
        );
        var check = await RunningProcess.RunAsync("bash", ["-c", $"{promtool} check metrics < {scraped}"], cancellationToken: Cancellation);
        check.Succeeded();

        // The file of the repository, with one gateway that is here.
        var documented = await File.ReadAllTextAsync(
            System.IO.Path.Combine(Repository.Root, "docker", "grafana", "prometheus.yml"),
            Cancellation
        );
        var settings = System.IO.Path.Combine(folder.Path, "prometheus.yml");
        await File.WriteAllTextAsync(
            settings,
            documented
                .Replace("memory-mcp-gateway:9464", $"127.0.0.1:{port}", StringComparison.Ordinal)
                .Replace("30s", "1s", StringComparison.Ordinal),
            Cancellation
        );
        (await RunningProcess.RunAsync(promtool, ["check", "config", settings], cancellationToken: Cancellation)).Succeeded();
        await using var server = RunningProcess.Start(
            prometheus,
            [
                $"--config.file={settings}",
                $"--storage.tsdb.path={System.IO.Path.Combine(folder.Path, "data")}",
                $"--web.listen-address=127.0.0.1:{own}",
            ]
        );
        var question = new Uri($"http://127.0.0.1:{own}/api/v1/query?query=mcp_gateway_tool_call_duration_seconds_count{{tool=\"echo\"}}");
        var answer = "";
        await Eventually.IsAsync(
            async () =>
            {
                try
                {
                    answer = await http.GetStringAsync(question, Cancellation);
                }
                catch (HttpRequestException)
                {
                    // It is starting.
                }

                return answer.Contains("\"1\"", StringComparison.Ordinal);
            },
            "Prometheus did not scrape the gateway."
        );
        Assert.Contains("\"outcome\":\"ok\"", answer, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> GetAsync(Gateway gateway, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        return await gateway.Http.SendAsync(request, Cancellation);
    }
}

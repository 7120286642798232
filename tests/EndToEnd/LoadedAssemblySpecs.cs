using System.Net.Http.Json;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>A service pays in memory and start time for what it uses and for nothing else: read off the files that its process has mapped.</summary>
public sealed class LoadedAssemblySpecs
{
    [Fact]
    public async Task The_memory_loads_no_client_of_apis_and_nothing_of_Azure()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc tells which assemblies a process has loaded.");
        await using var gateway = await GatewayProcess.StartAsync("Memory", program: Repository.ManagedProgramOf("Memory"));
        using var response = await gateway.Http.PostAsJsonAsync(
            "/mcp",
            new
            {
                jsonrpc = "2.0",
                id = 1,
                method = "tools/call",
                @params = new { name = "read_graph", arguments = new { } },
            },
            TestContext.Current.CancellationToken
        );
        response.EnsureSuccessStatusCode();
        var loaded = await LoadedAsync(gateway.Id);
        Assert.Contains("Memory", loaded);
        Assert.Contains("Microsoft.Data.Sqlite", loaded);
        Assert.DoesNotContain(
            loaded,
            name =>
                name.StartsWith("Refit", StringComparison.Ordinal)
                || name.StartsWith("Polly", StringComparison.Ordinal)
                || name.StartsWith("Azure.", StringComparison.Ordinal)
                || name.StartsWith("OpenTelemetry", StringComparison.Ordinal)
                || name is "McpGateway.Upstream" or "Npgsql" or "Microsoft.Identity.Client" or "Microsoft.Extensions.Http.Resilience"
        );
    }

    [Fact]
    public async Task A_page_costs_nothing_before_one_is_asked_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc tells which assemblies a process has loaded.");
        await using var gateway = await GatewayProcess.StartAsync(
            "Coda",
            new Dictionary<string, string?> { ["CODA_API_TOKEN"] = "a-token-that-is-never-sent-1" }
        );
        Assert.DoesNotContain(
            await LoadedAsync(gateway.Id),
            name =>
                name is "Microsoft.AspNetCore.Html.Abstractions" or "Microsoft.AspNetCore.DataProtection" or "Microsoft.Data.Sqlite"
                || name.StartsWith("OpenTelemetry", StringComparison.Ordinal)
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Accept = { new("text/html") } } };
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        Assert.Contains("Microsoft.AspNetCore.Html.Abstractions", await LoadedAsync(gateway.Id));
    }

    [Fact]
    public async Task A_console_that_nobody_opens_costs_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc tells which assemblies a process has loaded.");
        await using var gateway = await GatewayProcess.StartAsync(
            "Coda",
            new Dictionary<string, string?>
            {
                ["CODA_API_TOKEN"] = "a-token-that-is-never-sent-1",
                ["OPERATOR_SECRET"] = OperatorBrowser.Secret,
            }
        );
        // As containers ask again and again.
        using (var ready = await gateway.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken))
        {
            ready.EnsureSuccessStatusCode();
        }

        Assert.DoesNotContain(
            await LoadedAsync(gateway.Id),
            name => name is "Microsoft.AspNetCore.Html.Abstractions" or "Microsoft.Data.Sqlite" or "System.Private.Xml"
        );
        Assert.Empty(Directory.GetFiles(gateway.Folder));
        using var browser = await OperatorBrowser.SignInAsync(gateway.Url, OperatorBrowser.Secret);
        Assert.Contains("Microsoft.Data.Sqlite", await LoadedAsync(gateway.Id));
    }

    private static async Task<HashSet<string>> LoadedAsync(int process) =>
        [
            .. (await File.ReadAllLinesAsync($"/proc/{process}/maps"))
                .Where(line => line.EndsWith(".dll", StringComparison.Ordinal))
                .Select(line => Path.GetFileNameWithoutExtension(line)),
        ];
}

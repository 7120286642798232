using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>The first command of the README.</summary>
public sealed class RunScriptSpecs
{
    [Fact]
    public async Task Run_starts_a_service_says_where_it_is_and_leaves_nothing_behind_on_ctrl_c()
    {
        using var data = new TemporaryFolder();
        var port = FreePort.Find();
        await using var run = Start(("PORT", $"{port}"), ("DATA_PATH", data.Path));
        var printed = await run.WaitForLineAsync(
            line =>
                line.Contains($"http://localhost:{port}/mcp", StringComparison.Ordinal)
                || line.Contains($"http://127.0.0.1:{port}/mcp", StringComparison.Ordinal),
            TimeSpan.FromMinutes(10),
            TestContext.Current.CancellationToken
        );
        var url = new Uri(printed[printed.IndexOf("http://", StringComparison.Ordinal)..].Split(' ', '"', ',')[0]);

        using var http = new HttpClient();
        using var content = new StringContent(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""",
            Encoding.UTF8,
            "application/json"
        );
        using (var response = await http.PostAsync(url, content, TestContext.Current.CancellationToken))
        {
            Assert.Contains(
                "memory-mcp",
                await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        }

        await run.SignalAsync("INT");
        // Less than the half minute that a running call would have.
        Assert.Equal(0, await run.WaitForExitAsync(TimeSpan.FromSeconds(25), TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(url, TestContext.Current.CancellationToken));
    }

    /// <summary>mcp-remote refuses plain HTTP to any other machine without the flag.</summary>
    [Theory]
    [InlineData("127.0.0.1", "open on loopback", "http://localhost:8082/mcp")]
    [InlineData("192.0.2.5", "open to everyone", "http://192.0.2.5:8082/mcp --allow-http")]
    [InlineData("192.0.2.5", "bearer token", "http://192.0.2.5:8082/mcp --allow-http --header Authorization:${AUTH}")]
    public async Task What_run_prints_for_Claude_Desktop_is_what_mcp_remote_takes(string address, string door, string arguments)
    {
        using var logs = new TemporaryFolder();
        await File.WriteAllTextAsync(
            Path.Combine(logs.Path, "memory.log"),
            $"memory-mcp 0.0.0 starts: {door}, data in /data\n",
            TestContext.Current.CancellationToken
        );
        var finished = await RunningProcess.RunAsync(
            "/bin/bash",
            [
                "-c",
                $". build/clients.sh; services=memory logs={logs.Path}; address() {{ echo {address}; }}; port_of() {{ echo 8082; }}; describe",
            ],
            RunningProcess.MachineEnvironment(),
            Repository.Root,
            cancellationToken: TestContext.Current.CancellationToken
        );
        var printed = finished.Succeeded();
        var block = printed[printed.IndexOf("{ \"mcpServers\"", StringComparison.Ordinal)..].Split("\n\n")[0];
        Assert.Equal(
            $"-y mcp-remote {arguments}",
            string.Join(' ', JsonNode.Parse(block)!["mcpServers"]!["memory"]!["args"]!.AsArray().Select(argument => (string?)argument))
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_tells_what_is_left_out_where_Node_is_missing(bool isBundled)
    {
        using var islands = new TemporaryFolder();
        if (isBundled)
        {
            await File.WriteAllTextAsync(islands.At(".built"), "", TestContext.Current.CancellationToken);
        }

        var finished = await RunningProcess.RunAsync(
            "/bin/bash",
            ["-c", $". build/clients.sh; services= logs={islands.Path} islands={islands.Path}; describe"],
            RunningProcess.MachineEnvironment(),
            Repository.Root,
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(!isBundled, finished.Succeeded().Contains("Built without Node.js", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_with_its_port_in_use_says_so_in_one_line()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var run = Start(("PORT", $"{port}"));
        Assert.NotEqual(0, await run.WaitForExitAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken));
        Assert.Contains($"port {port} of memory-mcp is in use", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_with_an_unknown_service_names_the_known_ones()
    {
        var finished = await RunningProcess.RunAsync(
            Path.Combine(Repository.Root, "run"),
            ["memry"],
            RunningProcess.MachineEnvironment(),
            Repository.Root,
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.NotEqual(0, finished.ExitCode);
        Assert.Contains(string.Join(", ", Repository.Services.Select(service => service.Name)), finished.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_tells_why_a_service_cannot_start_while_the_functions_host_still_lives()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("FunctionsWorker") == "false",
            "The package feed lacks the Azure Functions worker, and ./run --functions says so."
        );
        using var tools = new TemporaryFolder();
        var func = Path.Combine(tools.Path, "func");
        await File.WriteAllTextAsync(
            func,
            """
            #!/bin/sh
            echo "Azure Functions Core Tools"
            echo "[2026-11-28T12:00:00.000Z] error: memory-mcp cannot start: No bearer token is configured."
            exec sleep 600
            """,
            TestContext.Current.CancellationToken
        );
        Process.Start("chmod", ["+x", func])!.WaitForExit();
        var environment = RunningProcess.MachineEnvironment();
        environment["PATH"] = $"{tools.Path}:{environment["PATH"]}";
        environment["PORT"] = $"{FreePort.Find()}";
        await using var run = RunningProcess.Start(
            Path.Combine(Repository.Root, "run"),
            ["--functions", "memory"],
            environment,
            Repository.Root
        );
        Assert.NotEqual(0, await run.WaitForExitAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken));
        Assert.Equal("run: memory-mcp cannot start: No bearer token is configured.", Assert.Single(run.Errors));
    }

    // It builds as well, and for that the machine's package feeds and caches have to be found.
    private static RunningProcess Start(params (string Name, string Value)[] settings)
    {
        var environment = RunningProcess.MachineEnvironment();
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return RunningProcess.Start(Path.Combine(Repository.Root, "run"), ["memory"], environment, Repository.Root);
    }
}

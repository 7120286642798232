using System.Globalization;
using System.Text.Json;
using McpGateway;
using McpGateway.Console;
using McpGateway.Hosting;
using McpGateway.OAuth;
using McpGateway.Testing;
using McpGateway.Tools;
using McpGateway.Tools.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace Benchmarks.Pipeline;

/// <summary>The two ways to the same tool: the SDK's endpoint and nothing else, and the gateway's whole pipeline.</summary>
public static class PipelineServers
{
    public const string Bare = "serve-bare";
    public const string Gateway = "serve-gateway";

    /// <summary>How many tools the gateway lists besides <c>echo</c>.</summary>
    public const string FurtherTools = "BENCHMARK_TOOLS";

    public static async Task<int> RunBareAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder
            .Services.AddMcpServer()
            .WithHttpTransport(transport => transport.SessionMode = HttpServerSessionMode.Stateless)
            .WithTools([typeof(EchoTools)]);
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapMcp("/mcp");
        await app.RunAsync();
        return 0;
    }

    /// <summary>Makes a token as an operator does, in a data folder.</summary>
    public static async Task<string> MakeTokenAsync(string data, params string[] rights) =>
        (
            await RunningProcess.RunAsync(
                Environment.ProcessPath!,
                [Gateway, "token", "add", "n8n", .. rights],
                new Dictionary<string, string?> { ["DATA_PATH"] = data }
            )
        )
            .Succeeded()
            .Trim();

    /// <summary>What a server with a login is started with.</summary>
    public static Dictionary<string, string?> Login(string data) =>
        new()
        {
            ["DATA_PATH"] = data,
            ["PUBLIC_URL"] = "https://echo.example",
            ["OPERATOR_SECRET"] = "an-operator-secret-for-the-benchmark",
        };

    /// <summary>Makes a client as an operator does, in a data folder.</summary>
    /// <returns>Its id and secret.</returns>
    public static async Task<(string Id, string Secret)> MakeClientAsync(string data) =>
        ClientOf((await RunningProcess.RunAsync(Environment.ProcessPath!, [Gateway, "client", "add", "n8n"], Login(data))).Succeeded());

    /// <summary>What <c>client add</c> printed.</summary>
    public static (string Id, string Secret) ClientOf(string output)
    {
        var lines = output.Split('\n');
        return (ValueOf("client_id"), ValueOf("client_secret"));

        string ValueOf(string name) =>
            lines.Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();
    }

    /// <summary>Logs in as such a client.</summary>
    /// <returns>The access token.</returns>
    public static async Task<string> LogInAsync(Uri mcpUrl, (string Id, string Secret) client)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = client.Id,
                ["client_secret"] = client.Secret,
            }
        );
        using var response = await http.PostAsync(new Uri(mcpUrl, "/token"), form);
        response.EnsureSuccessStatusCode();
        return JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("access_token").GetString()!;
    }

    public static Task<int> RunGatewayAsync(string[] arguments) =>
        GatewayHost.RunAsync(
            arguments,
            new GatewayService("echo-mcp", 0, "Echo", "Says what it is told.") { Commands = [.. TokenCommands.All, .. ClientCommands.All] },
            gateway => gateway.AddMcp().AddOAuth().AddConsole().Mcp.WithTools([typeof(EchoTools)]).WithTools(Further())
        );

    private static List<McpServerTool> Further()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable(FurtherTools) ?? "0", CultureInfo.InvariantCulture);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    McpServerTool.Create(
                        EchoTools.Echo,
                        new()
                        {
                            Name = $"echo_{i}",
                            Description = $"Says what it is told, as the {i}th of many tools that differ in nothing but their names.",
                            ReadOnly = true,
                            UseStructuredContent = true,
                        }
                    )
                ),
        ];
    }
}

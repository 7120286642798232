using McpGateway;
using McpGateway.Hosting;
using McpGateway.Testing;
using McpGateway.Tools;
using McpGateway.Tools.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.AspNetCore;

namespace Benchmarks.Pipeline;

/// <summary>The two ways to the same tool: the SDK's endpoint and nothing else, and the gateway's whole pipeline.</summary>
public static class PipelineServers
{
    public const string Bare = "serve-bare";
    public const string Gateway = "serve-gateway";

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

    public static Task<int> RunGatewayAsync(string[] arguments) =>
        GatewayHost.RunAsync(
            arguments,
            new GatewayService("echo-mcp", 0, "Echo", "Says what it is told.") { Commands = TokenCommands.All },
            gateway => gateway.AddMcp().Mcp.WithTools([typeof(EchoTools)])
        );
}

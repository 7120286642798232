using McpGateway.Testing;
using McpGateway.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Specs;

/// <summary>The small service these specs run the pipeline with.</summary>
internal static class SpecService
{
    public const string Token = "a-token-for-specs-only-1";

    public static GatewayService Definition { get; } = new("spec-mcp", 0, "Spec", "Use echo.");

    public static GatewayService WithUpstream { get; } = Definition with { UpstreamTokenSetting = "SPEC_API_TOKEN" };

    public static Task<Gateway> StartAsync(
        Gate? gate = null,
        TimeProvider? time = null,
        Action<WebApplicationBuilder>? configure = null,
        GatewayService? service = null,
        params (string Name, string Value)[] settings
    ) =>
        Gateway.StartAsync(
            service ?? Definition,
            gateway =>
            {
                gateway.Services.AddSingleton(gate ?? new Gate());
                gateway.Services.AddHttpClient();
                gateway.Mcp.WithTools<SpecTools>();
            },
            settings.ToDictionary(s => s.Name, string? (s) => s.Value),
            time,
            configure
        );

    public static Task<Gateway> StartAsync(params (string Name, string Value)[] settings) => StartAsync(gate: null, settings: settings);

    public static Task<Gateway> StartWithTokenAsync(params (string Name, string Value)[] settings) =>
        StartAsync([("MCP_BEARER_TOKEN", Token), .. settings]);

    public static string Initialize(string version = "2025-06-18") =>
        $$"""
            {"jsonrpc":"2.0","id":1,"method":"initialize",
             "params":{"protocolVersion":"{{version}}","capabilities":{},"clientInfo":{"name":"spec","version":"1"} } }
            """;

    public static string Call(string tool, string arguments = "{}", string meta = "{}") =>
        $$"""
            {"jsonrpc":"2.0","id":7,"method":"tools/call",
             "params":{"name":"{{tool}}","arguments":{{arguments}},"_meta":{{meta}} } }
            """;
}

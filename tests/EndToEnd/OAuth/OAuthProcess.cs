using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using McpGateway.Testing;

namespace EndToEnd.OAuth;

/// <summary>memory-mcp as a process with OAuth on, at a port that its public URL names.</summary>
internal static class OAuthProcess
{
    public const string Secret = "End-2-end-operator-secret";

    /// <param name="settings">Further settings.</param>
    public static Task<GatewayProcess> StartAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var port = FreePort();
        return GatewayProcess.StartAsync(
            "Memory",
            new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>())
            {
                ["PORT"] = $"{port}",
                ["PUBLIC_URL"] = $"http://127.0.0.1:{port}",
                ["OPERATOR_SECRET"] = Secret,
            }
        );
    }

    /// <summary>Registers an app, and gives its id.</summary>
    public static async Task<string> RegisterAsync(GatewayProcess gateway, string redirect, string name = "End to end")
    {
        using var response = await gateway.Http.PostAsJsonAsync(
            new Uri("/register", UriKind.Relative),
            new
            {
                client_name = name,
                redirect_uris = new[] { redirect },
                token_endpoint_auth_method = "none",
            }
        );
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("client_id").GetString()!;
    }

    /// <summary>A port nobody listens at right now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using McpGateway.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace EndToEnd.OAuth;

/// <summary>memory-mcp as a process with OAuth on, at a port that its public URL names.</summary>
internal static class OAuthProcess
{
    public const string Secret = "End-2-end-operator-secret";

    // Those of RFC 7636, appendix B.
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    /// <param name="settings">Further settings.</param>
    public static Task<GatewayProcess> StartAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var port = FreePort.Find();
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

    /// <summary>Asks for a code and lets the operator allow it.</summary>
    public static async Task<Answer> ApproveAsync(GatewayProcess gateway, string client, string redirect)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = gateway.Url };
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["response_type"] = "code",
                ["client_id"] = client,
                ["redirect_uri"] = redirect,
                ["code_challenge"] = Challenge,
                ["code_challenge_method"] = "S256",
                ["secret"] = Secret,
                ["decision"] = "allow",
            }
        );
        using var response = await http.PostAsync(new Uri("/authorize", UriKind.Relative), form);
        return new(response.StatusCode, response.Headers.Location?.Query ?? await response.Content.ReadAsStringAsync());
    }

    /// <summary>The code that an approval gives.</summary>
    public static async Task<string> CodeOfAsync(GatewayProcess gateway, string client, string redirect)
    {
        var (status, query) = await ApproveAsync(gateway, client, redirect);
        Assert.Equal(HttpStatusCode.Redirect, status);
        return QueryHelpers.ParseQuery(query)["code"].ToString();
    }

    /// <summary>Redeems a code.</summary>
    public static Task<Answer> RedeemAsync(GatewayProcess gateway, string client, string redirect, string code) =>
        PostAsync(
            gateway,
            "/token",
            ("grant_type", "authorization_code"),
            ("client_id", client),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", Verifier)
        );

    /// <summary>Posts a form.</summary>
    public static async Task<Answer> PostAsync(GatewayProcess gateway, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.ToDictionary(field => field.Name, field => field.Value));
        using var response = await gateway.Http.PostAsync(new Uri(path, UriKind.Relative), form);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}

/// <summary>A response.</summary>
/// <param name="Text">Its body, or the query of where it redirects to.</param>
internal sealed record Answer(HttpStatusCode Status, string Text);

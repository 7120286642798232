using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpGateway.Testing;
using McpGateway.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Specs.OAuth;

/// <summary>A gateway with OAuth on, and the steps an app and its operator take, one method each.</summary>
internal sealed class OAuthGateway : IAsyncDisposable
{
    public const string Url = "https://gateway.example";
    public const string Resource = Url + "/mcp";
    public const string Secret = "Zq7-operator-secret-0412";
    public const string StaticToken = "static-bearer-5a1f9c3e7b";
    public const string Redirect = "https://claude.ai/api/mcp/auth_callback";
    public const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private readonly Gateway gateway;
    private readonly string url;

    private OAuthGateway(Gateway gateway, string url)
    {
        this.gateway = gateway;
        this.url = url;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = gateway.Http.BaseAddress,
        };
    }

    /// <summary>Speaks HTTP, and follows no redirect: they lead to claude.ai and the like.</summary>
    public HttpClient Http { get; }

    public Gateway Gateway => gateway;

    public static string Challenge => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>Starts a gateway with a static bearer as well, one tool that reads and one that writes.</summary>
    public static async Task<OAuthGateway> StartAsync(
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        TimeProvider? time = null,
        Action<WebApplicationBuilder>? configure = null,
        string name = "spec-mcp"
    )
    {
        var all = new Dictionary<string, string?>
        {
            ["PUBLIC_URL"] = Url,
            ["OPERATOR_SECRET"] = Secret,
            ["MCP_BEARER_TOKEN"] = StaticToken,
            ["RATE_LIMIT_PER_SECOND"] = "0",
        };
        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        var gateway = await Gateway.StartAsync(
            new GatewayService(name, 0, "Spec", "None"),
            service => service.Mcp.WithTools<SpecTools>(),
            all,
            time,
            configure
        );
        return new(gateway, all["PUBLIC_URL"]!);
    }

    /// <summary>What an app asks, by the book; a change with null leaves the parameter out.</summary>
    public Dictionary<string, string> Request(string clientId, params (string Name, string? Value)[] changes)
    {
        var request = new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["client_id"] = clientId,
            ["redirect_uri"] = Redirect,
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
            ["state"] = "af0ifjsldkj",
            ["scope"] = "mcp",
            ["resource"] = url + "/mcp",
        };
        return Changed(request, changes);
    }

    public Task<HttpResponseMessage> AskAsync(Dictionary<string, string> request) =>
        Http.GetAsync(new Uri(QueryHelpers.AddQueryString("/authorize", request!), UriKind.Relative));

    /// <summary>The operator presses a button of the consent page.</summary>
    public Task<HttpResponseMessage> AnswerAsync(
        Dictionary<string, string> request,
        string? secret = Secret,
        string decision = "allow",
        params (string, string?)[] more
    ) => PostAsync("/authorize", Changed(new(request), [("secret", secret), ("decision", decision), .. more]));

    public async Task<string> RegisterAsync(string redirect = Redirect, string name = "Spec app") => (
            await ReadAsync(
                await RegisterAsync(
                    new
                    {
                        client_name = name,
                        redirect_uris = new[] { redirect },
                        token_endpoint_auth_method = "none",
                    }
                )
            )
        ).GetProperty("client_id").GetString()!;

    public Task<HttpResponseMessage> RegisterAsync(object registration) =>
        Http.PostAsJsonAsync(new Uri("/register", UriKind.Relative), registration);

    /// <summary>Asks, has it allowed, and takes the code.</summary>
    public async Task<string> CodeAsync(Dictionary<string, string> request)
    {
        using var answer = await AnswerAsync(request);
        return QueryOf(answer)["code"];
    }

    public Task<HttpResponseMessage> RedeemAsync(string clientId, string code, params (string, string?)[] changes) =>
        PostAsync(
            "/token",
            Changed(
                new()
                {
                    ["grant_type"] = "authorization_code",
                    ["client_id"] = clientId,
                    ["code"] = code,
                    ["redirect_uri"] = Redirect,
                    ["code_verifier"] = Verifier,
                    ["resource"] = url + "/mcp",
                },
                changes
            )
        );

    public Task<HttpResponseMessage> RefreshAsync(string clientId, string refreshToken, params (string, string?)[] changes) =>
        PostAsync(
            "/token",
            Changed(
                new()
                {
                    ["grant_type"] = "refresh_token",
                    ["client_id"] = clientId,
                    ["refresh_token"] = refreshToken,
                },
                changes
            )
        );

    /// <summary>The whole way of an app that registers itself.</summary>
    public async Task<Tokens> ConnectAsync(params (string, string?)[] changes)
    {
        var clientId = await RegisterAsync();
        return await TokensAsync(clientId, await RedeemAsync(clientId, await CodeAsync(Request(clientId, changes))));
    }

    public static async Task<Tokens> TokensAsync(string clientId, HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await ReadAsync(response);
        return new(
            clientId,
            answer.GetProperty("access_token").GetString()!,
            answer.GetProperty("refresh_token").GetString()!,
            answer.GetProperty("scope").GetString()!
        );
    }

    /// <summary>Calls a tool and says what HTTP said.</summary>
    public async Task<HttpStatusCode> CallAsync(string token, string tool = "spec_read")
    {
        using var response = await SendCallAsync(token, tool);
        return response.StatusCode;
    }

    public Task<HttpResponseMessage> SendCallAsync(string token, string tool) =>
        gateway.PostAsync($$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{} } }""", token);

    public Task<HttpResponseMessage> PostAsync(
        string path,
        IEnumerable<KeyValuePair<string, string>> form,
        Action<HttpRequestHeaders>? headers = null
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        headers?.Invoke(request.Headers);
        return Http.SendAsync(request);
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync());

    public static async Task<string> ErrorOf(HttpResponseMessage response) => (await ReadAsync(response)).GetProperty("error").GetString()!;

    public static Dictionary<string, string> QueryOf(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return QueryHelpers.ParseQuery(response.Headers.Location!.Query).ToDictionary(p => p.Key, p => p.Value.ToString());
    }

    /// <summary>The value of a hidden field of a page.</summary>
    public static string FieldOf(string page, string name)
    {
        var start = page.IndexOf($"name=\"{name}\" value=\"", StringComparison.Ordinal) + $"name=\"{name}\" value=\"".Length;
        return WebUtility.HtmlDecode(page[start..page.IndexOf('"', start)]);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await gateway.DisposeAsync();
    }

    private static Dictionary<string, string> Changed(Dictionary<string, string> fields, (string Name, string? Value)[] changes)
    {
        foreach (var (name, value) in changes)
        {
            fields.Remove(name);
            if (value is not null)
            {
                fields.Add(name, value);
            }
        }

        return fields;
    }
}

/// <summary>What an app holds once it is connected.</summary>
internal sealed record Tokens(string ClientId, string Access, string Refresh, string Scope);

using System.Net;
using System.Text;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Specs.OAuth;

/// <summary>An app whose client id is the URL of its metadata.</summary>
public abstract class DocumentedClient : IAsyncLifetime
{
    private protected const string Id = "https://app.example/oauth/client.json";
    private protected const string Callback = "https://app.example/callback";

    private protected StubUpstream host = null!;

    public async ValueTask InitializeAsync() => host = await StubUpstream.StartAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return host.DisposeAsync();
    }

    private protected Task<OAuthGateway> StartAsync(TimeProvider? time = null) =>
        OAuthGateway.StartAsync(time: time, configure: AppHostStub.At(host));

    private protected async Task AssertRefusedAsync()
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.AnswerAsync(gateway.Request(Id, ("redirect_uri", Callback)));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Null(response.Headers.Location);
    }

    private protected static async Task<string> ProvedAsync(OAuthGateway gateway, Dictionary<string, string> request)
    {
        using var response = await gateway.AnswerAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private protected static Task<HttpResponseMessage> ConfirmAsync(
        OAuthGateway gateway,
        Dictionary<string, string> request,
        string page
    ) => gateway.AnswerAsync(request, secret: null, more: ("ticket", OAuthGateway.FieldOf(page, "ticket")));

    private protected static string Document(string name = "Example app", string redirects = $"\"{Callback}\"") =>
        $$"""{"client_id":"{{Id}}","client_name":"{{name}}","redirect_uris":[{{redirects}}],"token_endpoint_auth_method":"none"}""";

    private protected static Task AnswerAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body, Encoding.UTF8);
    }
}

using System.Net;
using System.Text;
using McpGateway.Networking;
using McpGateway.OAuth.Clients;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.OAuth;

/// <summary>Apps whose client id is the URL of their metadata.</summary>
public sealed class ClientDocumentSpecs : IAsyncLifetime
{
    private const string Id = "https://app.example/oauth/client.json";
    private const string Callback = "https://app.example/callback";

    private StubUpstream host = null!;

    public async ValueTask InitializeAsync() => host = await StubUpstream.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task An_unknown_app_is_read_after_the_secret_and_asked_about_once_more()
    {
        host.On("GET /oauth/client.json", Document());
        await using var gateway = await StartAsync();
        var request = gateway.Request(Id, ("redirect_uri", Callback));
        using var asked = await gateway.AskAsync(request);
        var first = await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<strong>app.example</strong>", first, StringComparison.Ordinal);
        Assert.Empty(host.Received);

        using var proved = await gateway.AnswerAsync(request);
        Assert.Equal(HttpStatusCode.OK, proved.StatusCode);
        var second = await proved.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Connect Example app to the Spec gateway?", second, StringComparison.Ordinal);
        Assert.Contains("<dt>Vouched for by</dt><dd><strong>app.example</strong>", second, StringComparison.Ordinal);

        using var allowed = await ConfirmAsync(gateway, request, second);
        Assert.StartsWith(Callback + "?code=", allowed.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        var tokens = await OAuthGateway.TokensAsync(
            Id,
            await gateway.RedeemAsync(Id, OAuthGateway.QueryOf(allowed)["code"], ("redirect_uri", Callback))
        );
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong-secret-wrong-secret")]
    public async Task Nobody_without_the_secret_makes_the_gateway_fetch_anything(string? secret)
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.AnswerAsync(gateway.Request(Id, ("redirect_uri", Callback)), secret);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        using var denied = await gateway.AnswerAsync(gateway.Request(Id, ("redirect_uri", Callback)), secret, decision: "deny");
        Assert.Null(denied.Headers.Location);
        Assert.Empty(host.Received);
    }

    [Fact]
    public async Task Of_twenty_at_once_with_one_ticket_one_gets_a_code()
    {
        host.On("GET /oauth/client.json", Document());
        await using var gateway = await StartAsync();
        var request = gateway.Request(Id, ("redirect_uri", Callback));
        for (var round = 0; round < 20; round++)
        {
            var page = await ProvedAsync(gateway, request);
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ConfirmAsync(gateway, request, page)));
            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        }
    }

    [Fact]
    public async Task A_ticket_is_good_once_for_five_minutes_and_for_its_own_request()
    {
        host.On("GET /oauth/client.json", Document(redirects: $"\"{Callback}\",\"https://app.example/other\""));
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var gateway = await StartAsync(time);
        var request = gateway.Request(Id, ("redirect_uri", Callback));
        var page = await ProvedAsync(gateway, request);

        foreach (
            var (name, value) in new[]
            {
                ("redirect_uri", "https://app.example/other"),
                ("scope", "mcp offline_access"),
                ("code_challenge", new string('A', 43)),
                ("state", "other"),
            }
        )
        {
            using var changed = await ConfirmAsync(gateway, new(request) { [name] = value }, page);
            Assert.Equal(HttpStatusCode.BadRequest, changed.StatusCode);
            Assert.Null(changed.Headers.Location);
        }

        using var used = await ConfirmAsync(gateway, request, page);
        Assert.Equal(HttpStatusCode.Redirect, used.StatusCode);
        using var again = await ConfirmAsync(gateway, request, page);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);

        var late = await ProvedAsync(gateway, request);
        time.Advance(TimeSpan.FromMinutes(5));
        using var expired = await ConfirmAsync(gateway, request, late);
        Assert.Equal(HttpStatusCode.BadRequest, expired.StatusCode);
    }

    [Fact]
    public async Task An_address_that_is_not_in_the_document_gets_nothing()
    {
        host.On("GET /oauth/client.json", Document());
        await using var gateway = await StartAsync();
        using var response = await gateway.AnswerAsync(gateway.Request(Id, ("redirect_uri", "https://evil.example/callback")));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }

    [Theory]
    [InlineData("""{"client_id":"https://other.example/client.json","client_name":"X","redirect_uris":["https://app.example/callback"]}""")]
    [InlineData("""{"client_id":"https://app.example/oauth/client.json","redirect_uris":["https://app.example/callback"]}""")]
    [InlineData("""{"client_id":"https://app.example/oauth/client.json","client_name":"X","redirect_uris":[]}""")]
    [InlineData("""{"client_id":"https://app.example/oauth/client.json","client_name":"X","redirect_uris":["javascript:alert(1)"]}""")]
    [InlineData(
        """{"client_id":"https://app.example/oauth/client.json","client_name":"X","redirect_uris":["https://app.example/callback"],"token_endpoint_auth_method":"private_key_jwt"}"""
    )]
    [InlineData(
        """{"client_id":"https://app.example/oauth/client.json","client_name":"X","redirect_uris":["https://app.example/callback"],"token_endpoint_auth_method":"client_secret_basic"}"""
    )]
    [InlineData(
        """{"client_id":"https://app.example/oauth/client.json","client_name":"X","redirect_uris":["https://app.example/callback"],"token_endpoint_auth_methods_supported":["client_secret_basic"]}"""
    )]
    [InlineData(
        """{"client_id":"https://app.example/oauth/client.json","client_name":"X","redirect_uris":["https://app.example/callback"],"token_endpoint_auth_method":"private_key_jwt","jwks_uri":"http://app.example/jwks"}"""
    )]
    [InlineData(
        """{"client_id":"https://app.example/oauth/client.json","client_name":"X","redirect_uris":["https://app.example/callback"],"token_endpoint_auth_method":"private_key_jwt","jwks_uri":"https://10.0.0.1/jwks"}"""
    )]
    [InlineData(
        """{"client_id":"https://app.example/oauth/client.json","client_name":"X","redirect_uris":["https://app.example/callback"],"token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[]},"jwks_uri":"https://app.example/jwks"}"""
    )]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task A_document_that_does_not_fit_gets_a_page_and_no_redirect(string document)
    {
        host.On("GET /oauth/client.json", document);
        await AssertRefusedAsync();
    }

    [Theory]
    [InlineData("none", "")]
    [InlineData("private_key_jwt", "\"none\",\"private_key_jwt\"")]
    public async Task Without_a_secret_is_a_way_that_either_field_of_the_document_may_offer(string method, string methods)
    {
        host.On(
            "GET /oauth/client.json",
            $$"""
            {"client_id":"{{Id}}","client_name":"Example app","redirect_uris":["{{Callback}}"],"token_endpoint_auth_method":"{{method}}",
             "token_endpoint_auth_methods_supported":[{{methods}}],"jwks_uri":"https://app.example/jwks.json"}
            """
        );
        await using var gateway = await StartAsync();
        await ProvedAsync(gateway, gateway.Request(Id, ("redirect_uri", Callback)));
    }

    [Theory]
    [InlineData(404, "application/json")]
    [InlineData(201, "application/json")]
    [InlineData(200, "text/html")]
    public async Task Only_a_plain_answer_with_json_counts(int status, string type)
    {
        host.On("GET /oauth/client.json", context => AnswerAsync(context, status, type, Document()));
        await AssertRefusedAsync();
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        // Followed, it would be acceptable.
        host.On("GET /oauth/client.json", "", 302, ("Location", $"{host.Url}/elsewhere.json")).On("GET /elsewhere.json", Document());
        await AssertRefusedAsync();
        Assert.Single(host.Received);
    }

    [Fact]
    public async Task A_large_document_is_not_read_to_its_end()
    {
        host.On("GET /oauth/client.json", Document(name: new string('x', 20_000)));
        await AssertRefusedAsync();
    }

    [Fact]
    public async Task A_slow_document_is_given_up_after_five_seconds()
    {
        var time = new FakeTimeProvider();
        var arrived = new TaskCompletionSource();
        host.On(
            "GET /oauth/client.json",
            async context =>
            {
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync("{");
                await context.Response.Body.FlushAsync();
                arrived.SetResult();
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                }
                catch (OperationCanceledException)
                {
                    // The gateway has hung up.
                }
            }
        );
        await using var gateway = await StartAsync(time);
        var answer = gateway.AnswerAsync(gateway.Request(Id, ("redirect_uri", Callback)));
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        time.Advance(AppHosts.Patience);
        using var response = await answer.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("max-age=600", 9, 1)]
    [InlineData("max-age=600", 11, 2)]
    [InlineData("max-age=9999999", 23 * 60, 1)]
    [InlineData("max-age=9999999", 25 * 60, 2)]
    [InlineData("no-store", 0, 2)]
    [InlineData(null, 59, 1)]
    [InlineData(null, 61, 2)]
    public async Task A_document_is_kept_as_long_as_its_host_says_a_day_at_most(string? control, int minutes, int fetches)
    {
        host.On("GET /oauth/client.json", Document(), 200, control is null ? [] : [("Cache-Control", control)]);
        var time = new FakeTimeProvider();
        await using var gateway = await StartAsync(time);
        var request = gateway.Request(Id, ("redirect_uri", Callback));
        await ProvedAsync(gateway, request);
        time.Advance(TimeSpan.FromMinutes(minutes));
        await ProvedAsync(gateway, request);
        Assert.Equal(fetches, host.Received.Count);
    }

    [Fact]
    public async Task A_failure_is_remembered_for_a_minute()
    {
        host.On("GET /oauth/client.json", "{}", 500).On("GET /oauth/client.json", Document());
        var time = new FakeTimeProvider();
        await using var gateway = await StartAsync(time);
        var request = gateway.Request(Id, ("redirect_uri", Callback));
        for (var i = 0; i < 2; i++)
        {
            using var refused = await gateway.AnswerAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        Assert.Single(host.Received);
        time.Advance(TimeSpan.FromMinutes(1));
        await ProvedAsync(gateway, request);
    }

    [Theory]
    [InlineData("http://app.example/client.json")]
    [InlineData("https://app.example")]
    [InlineData("https://app.example/")]
    [InlineData("https://app.example:8443/client.json")]
    [InlineData("https://user@app.example/client.json")]
    [InlineData("https://app.example/client.json#x")]
    [InlineData("https://app.example/a/../client.json")]
    [InlineData("https://APP.example/client.json")]
    [InlineData("https://localhost/client.json")]
    [InlineData("https://127.0.0.1/client.json")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.0.0.1/client.json")]
    [InlineData("https://2130706433/client.json")]
    [InlineData("https://0x7f000001/client.json")]
    [InlineData("https://0x7f.1/client.json")]
    [InlineData("https://017700000001/client.json")]
    [InlineData("https://[::1]/client.json")]
    [InlineData("https://[::ffff:127.0.0.1]/client.json")]
    [InlineData("https://[fd00::1]/client.json")]
    [InlineData("file:///etc/passwd")]
    public async Task An_id_that_is_no_plain_public_url_is_no_client(string id)
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.AnswerAsync(gateway.Request(id, ("redirect_uri", Callback)));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(host.Received);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("198.18.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2001:db8::1")]
    [InlineData("93.184.215.14", "10.0.0.1")]
    public async Task A_name_that_leads_to_an_address_of_the_inside_is_not_fetched(params string[] addresses)
    {
        var asked = 0;
        await using var gateway = await OAuthGateway.StartAsync(configure: builder =>
            builder.Services.AddSingleton<ResolveHost>(
                (_, _) =>
                {
                    asked++;
                    return Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());
                }
            )
        );
        using var response = await gateway.AnswerAsync(gateway.Request(Id, ("redirect_uri", Callback)));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(
            "does not resolve to public addresses only",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData("93.184.215.14")]
    [InlineData("8.8.8.8")]
    [InlineData("2606:4700:4700::1111")]
    public void An_address_of_the_outside_is_public(string address) => Assert.True(PublicNetwork.IsPublic(IPAddress.Parse(address)));

    private Task<OAuthGateway> StartAsync(TimeProvider? time = null) =>
        OAuthGateway.StartAsync(time: time, configure: AppHostStub.At(host));

    private async Task AssertRefusedAsync()
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.AnswerAsync(gateway.Request(Id, ("redirect_uri", Callback)));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Null(response.Headers.Location);
    }

    private static async Task<string> ProvedAsync(OAuthGateway gateway, Dictionary<string, string> request)
    {
        using var response = await gateway.AnswerAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static Task<HttpResponseMessage> ConfirmAsync(OAuthGateway gateway, Dictionary<string, string> request, string page) =>
        gateway.AnswerAsync(request, secret: null, more: ("ticket", OAuthGateway.FieldOf(page, "ticket")));

    private static string Document(string name = "Example app", string redirects = $"\"{Callback}\"") =>
        $$"""{"client_id":"{{Id}}","client_name":"{{name}}","redirect_uris":[{{redirects}}],"token_endpoint_auth_method":"none"}""";

    private static Task AnswerAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body, Encoding.UTF8);
    }
}

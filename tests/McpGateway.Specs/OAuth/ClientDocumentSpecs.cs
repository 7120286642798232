using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.OAuth;

/// <summary>Apps whose client id is the URL of their metadata.</summary>
public sealed class ClientDocumentSpecs : DocumentedClient
{
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
}

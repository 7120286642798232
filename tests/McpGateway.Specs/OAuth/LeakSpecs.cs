using System.Net;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.OAuth;

/// <summary>What must not get out, and what must not bring it down.</summary>
public sealed class LeakSpecs
{
    private static readonly string[] Nasty =
    [
        "",
        " ",
        "\0",
        "\u0001\u001f",
        "%00",
        "%",
        "%zz",
        "\r\nSet-Cookie: x=1",
        "../../etc/passwd",
        "'\"><script>",
        "\uD83D\uDE00",
        "\uFFFF",
        "null",
        "-1",
        "dcr.",
        "dcr.AAAA",
        "dcr.!!",
        "https://",
        "https://[",
        "https://x.example/%zz",
        new string('A', 5000),
        "{\"a\":1}",
        "a b",
        "\u202E",
    ];

    [Fact]
    public async Task No_token_code_or_secret_gets_into_a_log_or_an_audit_line()
    {
        await using var gateway = await OAuthGateway.StartAsync(configure: builder => builder.Logging.SetMinimumLevel(LogLevel.Trace));
        using var registered = await gateway.RegisterAsync(
            new { redirect_uris = new[] { OAuthGateway.Redirect }, token_endpoint_auth_method = "client_secret_post" }
        );
        var client = await OAuthGateway.ReadAsync(registered);
        var (clientId, secret) = (client.GetProperty("client_id").GetString()!, client.GetProperty("client_secret").GetString()!);
        using var asked = await gateway.AskAsync(gateway.Request(clientId));
        using var wrong = await gateway.AnswerAsync(gateway.Request(clientId), "a-wrong-secret-that-was-typed");
        var code = await gateway.CodeAsync(gateway.Request(clientId));
        using var redeemed = await gateway.RedeemAsync(clientId, code, ("client_secret", secret));
        var tokens = await OAuthGateway.TokensAsync(clientId, redeemed);
        var next = await OAuthGateway.TokensAsync(
            clientId,
            await gateway.RefreshAsync(clientId, tokens.Refresh, ("client_secret", secret))
        );
        await gateway.CallAsync(next.Access);
        await gateway.CallAsync(tokens.Refresh);
        await gateway.RefreshAsync(clientId, next.Access, ("client_secret", secret));
        await gateway.RedeemAsync(clientId, code, ("client_secret", secret));
        await gateway.PostAsync(
            "/revoke",
            new Dictionary<string, string>
            {
                ["client_id"] = clientId,
                ["client_secret"] = secret,
                ["token"] = next.Refresh,
            }
        );
        await gateway.PostAsync("/console/sign-in", [KeyValuePair.Create("secret", OAuthGateway.Secret)]);

        var everything = string.Join('\n', gateway.Gateway.Logs.Lines.Concat(await gateway.Gateway.ReadAuditAsync()));
        Assert.Contains("grant_opened", everything, StringComparison.Ordinal);
        foreach (
            var value in (string[])
                [
                    tokens.Access,
                    tokens.Refresh,
                    next.Access,
                    next.Refresh,
                    code,
                    clientId,
                    secret,
                    OAuthGateway.Secret,
                    OAuthGateway.StaticToken,
                    OAuthGateway.Verifier,
                    "a-wrong-secret-that-was-typed",
                    "af0ifjsldkj",
                ]
        )
        {
            Assert.DoesNotContain(value, everything, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_callers_token_never_goes_upstream()
    {
        await using var upstream = await StubUpstream.StartAsync();
        upstream.On("GET /look", "{}");
        await using var gateway = await OAuthGateway.StartAsync(configure: builder =>
            builder.Services.AddHttpClient("upstream", client => client.BaseAddress = new Uri(upstream.Url))
        );
        var tokens = await gateway.ConnectAsync();
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access, "spec_upstream"));
        Assert.DoesNotContain("Authorization", Assert.Single(upstream.Received).Headers.Keys);
    }

    [Fact]
    public async Task Whatever_is_sent_to_whichever_parameter_the_answer_is_never_a_500()
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var gateway = await OAuthGateway.StartAsync(time: time);
        foreach (var value in Nasty)
        {
            // Else the limits on wrong secrets and registrations would answer.
            time.Advance(TimeSpan.FromMinutes(2));
            var tokens = await gateway.ConnectAsync();
            var request = gateway.Request(tokens.ClientId);
            var code = await gateway.CodeAsync(request);
            foreach (
                var name in (string[])[.. request.Keys, "prompt", "response_mode", "secret", "decision", "ticket", "access", "unknown"]
            )
            {
                await AssertHandledAsync(gateway.AskAsync(new(request) { [name] = value }), $"GET {name}={value}");
                await AssertHandledAsync(gateway.AnswerAsync(request, more: (name, value)), $"POST {name}={value}");
            }

            foreach (
                var name in (string[])
                    ["grant_type", "client_id", "code", "redirect_uri", "code_verifier", "resource", "client_secret", "scope"]
            )
            {
                await AssertHandledAsync(gateway.RedeemAsync(tokens.ClientId, code, (name, value)), $"code {name}={value}");
                await AssertHandledAsync(gateway.RefreshAsync(tokens.ClientId, tokens.Refresh, (name, value)), $"refresh {name}={value}");
            }

            foreach (var name in (string[])["token", "token_type_hint", "client_id"])
            {
                await AssertHandledAsync(
                    gateway.PostAsync(
                        "/revoke",
                        new Dictionary<string, string>
                        {
                            ["token"] = "x",
                            ["client_id"] = tokens.ClientId,
                            [name] = value,
                        }
                    ),
                    $"revoke {name}={value}"
                );
            }

            foreach (var name in (string[])["secret", "next", "ticket"])
            {
                // The right secret opens a session, which is a cookie.
                await AssertHandledAsync(
                    gateway.PostAsync("/console/sign-in", new Dictionary<string, string> { ["secret"] = "wrong", [name] = value }),
                    $"sign-in {name}={value}"
                );
            }

            await AssertHandledAsync(
                gateway.RegisterAsync(
                    new
                    {
                        client_name = value,
                        redirect_uris = new[] { value, OAuthGateway.Redirect },
                        token_endpoint_auth_method = value,
                    }
                ),
                $"register {value}"
            );
        }

        Assert.DoesNotContain(gateway.Gateway.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("text/plain", "grant_type=authorization_code")]
    [InlineData("multipart/form-data; boundary=x", "--x--")]
    [InlineData(null, "grant_type=authorization_code")]
    [InlineData("application/x-www-form-urlencoded", "a=1&a=2")]
    [InlineData("application/x-www-form-urlencoded", "=&&&=%%%")]
    public async Task A_body_that_is_no_form_is_refused(string? type, string body)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        foreach (var path in (string[])["/token", "/revoke", "/authorize", "/console/sign-in"])
        {
            using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var response = await gateway.Http.PostAsync(
                new Uri(path, UriKind.Relative),
                content,
                TestContext.Current.CancellationToken
            );
            Assert.InRange((int)response.StatusCode, 400, 499);
        }
    }

    [Fact]
    public async Task A_form_of_a_megabyte_is_refused()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.PostAsync("/token", [KeyValuePair.Create("code", new string('x', 1_000_000))]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    private static async Task AssertHandledAsync(Task<HttpResponseMessage> request, string what)
    {
        using var response = await request;
        Assert.True((int)response.StatusCode < 500, $"{what}: {(int)response.StatusCode}");
        Assert.False(response.Headers.Contains("Set-Cookie"), what);
    }
}

using System.Net;
using McpGateway.Testing;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.OAuth;

public sealed class ConsentSpecs
{
    [Fact]
    public async Task The_operator_sees_who_asks_for_what_and_where_the_answer_goes()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var page = await PageAsync(await gateway.AskAsync(gateway.Request(await gateway.RegisterAsync(name: "My app"))));
        Assert.Contains("<dd>My app</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<strong>nobody</strong>: unverified, the app registered itself", page, StringComparison.Ordinal);
        Assert.Contains("<strong>claude.ai</strong>", page, StringComparison.Ordinal);
        Assert.Contains("https://gateway.example/mcp", page, StringComparison.Ordinal);
        Assert.Contains("(mcp)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("any program on that computer", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operator_is_warned_of_an_answer_to_his_own_machine()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var page = await PageAsync(
            await gateway.AskAsync(
                gateway.Request(
                    await gateway.RegisterAsync("http://localhost/callback"),
                    ("redirect_uri", "http://localhost:3118/callback")
                )
            )
        );
        Assert.Contains("<strong>localhost:3118</strong>", page, StringComparison.Ordinal);
        Assert.Contains("any program on that computer can receive it", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_or_a_state_with_html_stays_text()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var page = await PageAsync(
            await gateway.AskAsync(
                gateway.Request(await gateway.RegisterAsync(name: "<script>alert('x')</script>\u202E\u0007"), ("state", "\"><img src=x>"))
            )
        );
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', page);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_can_be_framed_scripted_and_cached_by_nobody()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.AskAsync(gateway.Request(await gateway.RegisterAsync()));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        AssertPageHeaders(response);
    }

    [Fact]
    public async Task Nobody_keeps_the_redirect_with_the_code()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.AnswerAsync(gateway.Request(await gateway.RegisterAsync()));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        AssertPageHeaders(response);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong-secret-wrong-secret")]
    [InlineData(OAuthGateway.StaticToken)]
    public async Task Without_the_secret_nothing_is_approved(string? secret)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.AnswerAsync(gateway.Request(await gateway.RegisterAsync()), secret);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.Contains(
            "That is not the operator secret",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Contains(await gateway.Gateway.ReadAuditAsync(), line => line.Contains("wrong operator secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("read", "read")]
    [InlineData("full", "full")]
    [InlineData(null, "full")]
    [InlineData("\"><script>", "full")]
    public async Task A_mistyped_secret_keeps_what_was_chosen(string? chosen, string kept)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.AnswerAsync(
            gateway.Request(await gateway.RegisterAsync()),
            "wrong-secret-wrong-secret",
            more: ("access", chosen)
        );
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"value=\"{kept}\" checked", page, StringComparison.Ordinal);
        Assert.Equal(1, page.Split(" checked").Length - 1);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/authorize")]
    [InlineData("/console/sign-in")]
    public async Task A_page_says_what_the_operator_secret_is_and_waits_in_its_field(string path)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var page = await PageAsync(
            path == "/authorize"
                ? await gateway.AskAsync(gateway.Request(await gateway.RegisterAsync()))
                : await gateway.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)
        );
        Assert.Contains("<code>OPERATOR_SECRET</code>", page, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"secret-help\" required autofocus", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_approval_takes_the_secret_anew()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var request = gateway.Request(await gateway.RegisterAsync());
        using var approved = await gateway.AnswerAsync(request);
        Assert.False(approved.Headers.Contains("Set-Cookie"));
        using var again = await gateway.AnswerAsync(request, secret: null);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "https://claude.ai")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_form_sent_by_another_site_is_refused_even_with_the_secret(string header, string value)
    {
        await using var gateway = await OAuthGateway.StartAsync(
            new Dictionary<string, string?> { ["ALLOWED_ORIGINS"] = "https://claude.ai" }
        );
        var form = gateway.Request(await gateway.RegisterAsync());
        form["secret"] = OAuthGateway.Secret;
        form["decision"] = "allow";
        using var response = await gateway.PostAsync("/authorize", form, headers => headers.Add(header, value));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("null")]
    [InlineData(OAuthGateway.Url)]
    public async Task The_form_as_a_browser_sends_it_is_accepted(string origin)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var form = gateway.Request(await gateway.RegisterAsync());
        form["secret"] = OAuthGateway.Secret;
        form["decision"] = "allow";
        using var response = await gateway.PostAsync(
            "/authorize",
            form,
            headers =>
            {
                headers.Add("Origin", origin);
                headers.Add("Sec-Fetch-Site", "same-origin");
            }
        );
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    [Fact]
    public async Task The_operator_can_give_less_than_was_asked()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var clientId = await gateway.RegisterAsync();
        using var answer = await gateway.AnswerAsync(gateway.Request(clientId), more: ("access", "read"));
        var tokens = await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, OAuthGateway.QueryOf(answer)["code"]));
        Assert.Equal("mcp:read", tokens.Scope);
    }

    [Fact]
    public async Task The_operator_cannot_be_made_to_give_more_than_was_asked()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var clientId = await gateway.RegisterAsync();
        using var answer = await gateway.AnswerAsync(gateway.Request(clientId, ("scope", "mcp:read")), more: ("access", "full"));
        var tokens = await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, OAuthGateway.QueryOf(answer)["code"]));
        Assert.Equal("mcp:read", tokens.Scope);
    }

    [Fact]
    public async Task Whoever_guesses_waits_after_ten_wrong_secrets()
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var gateway = await OAuthGateway.StartAsync(time: time);
        var request = gateway.Request(await gateway.RegisterAsync());
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            using var wrong = await gateway.AnswerAsync(request, $"wrong-secret-number-{attempt}");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var eleventh = await gateway.AnswerAsync(request, "wrong-secret-number-11");
        Assert.Equal(HttpStatusCode.TooManyRequests, eleventh.StatusCode);
        Assert.InRange(eleventh.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        using var console = await gateway.PostAsync("/console/sign-in", [KeyValuePair.Create("secret", "wrong-secret-number-12")]);
        Assert.Equal(HttpStatusCode.TooManyRequests, console.StatusCode);

        time.Advance(TimeSpan.FromSeconds(61));
        using var later = await gateway.AnswerAsync(request, "wrong-secret-number-13");
        Assert.Equal(HttpStatusCode.Unauthorized, later.StatusCode);
    }

    [Fact]
    public async Task The_right_secret_passes_however_many_wrong_ones_others_have_typed()
    {
        await using var gateway = await OAuthGateway.StartAsync(new Dictionary<string, string?> { ["TRUST_DOWNSTREAM_PROXY"] = "true" });
        var request = gateway.Request(await gateway.RegisterAsync());
        for (var guess = 0; guess < 120; guess++)
        {
            using var wrong = await gateway.PostAsync(
                "/authorize",
                request.Append(KeyValuePair.Create("decision", "allow")).Append(KeyValuePair.Create("secret", "guess")),
                headers => headers.Add("X-Forwarded-For", $"198.51.100.{guess % 10}")
            );
        }

        using var consent = await gateway.AnswerAsync(request);
        using var console = await gateway.PostAsync("/console/sign-in", [KeyValuePair.Create("secret", OAuthGateway.Secret)]);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.SeeOther), (consent.StatusCode, console.StatusCode));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_makes_no_wait_longer()
    {
        var clock = new SteppedClock();
        await using var gateway = await OAuthGateway.StartAsync(time: clock);
        var request = gateway.Request(await gateway.RegisterAsync());
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            using var wrong = await gateway.AnswerAsync(request, $"wrong-secret-number-{attempt}");
        }

        clock.SetBack(TimeSpan.FromHours(2));
        using var refused = await gateway.AnswerAsync(request, "wrong-secret-number-11");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        clock.Advance(TimeSpan.FromSeconds(61));
        using var later = await gateway.AnswerAsync(request, "wrong-secret-number-12");
        Assert.Equal(HttpStatusCode.Unauthorized, later.StatusCode);
    }

    [Fact]
    public async Task Guessing_from_many_addresses_is_slowed_down_together_and_longer_each_time()
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var gateway = await OAuthGateway.StartAsync(
            new Dictionary<string, string?> { ["TRUST_DOWNSTREAM_PROXY"] = "true" },
            time
        );
        var request = gateway.Request(await gateway.RegisterAsync());
        Assert.InRange(await GuessUntilRefusedAsync(), 1, 60);
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.InRange(await GuessUntilRefusedAsync(), 61, 120);

        async Task<double> GuessUntilRefusedAsync()
        {
            for (var address = 1; address <= 110; address++)
            {
                using var response = await gateway.PostAsync(
                    "/authorize",
                    request.Append(KeyValuePair.Create("decision", "allow")).Append(KeyValuePair.Create("secret", "guess")),
                    headers => headers.Add("X-Forwarded-For", $"198.51.100.{address}")
                );
                if (response.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    Assert.Equal(101, address);
                    return response.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
                }
            }

            throw new InvalidOperationException("110 guesses were all answered.");
        }
    }

    private static void AssertPageHeaders(HttpResponseMessage response)
    {
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.EndsWith("; frame-ancestors 'none'; base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    private static async Task<string> PageAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}

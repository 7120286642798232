using System.Net;
using McpGateway.Console;
using McpGateway.Testing;
using McpGateway.Text;
using McpGateway.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Console;

/// <summary>Who gets into the console, for how long, and whose forms it takes.</summary>
public sealed class SessionSpecs
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private int changes;

    [Fact]
    public async Task The_operator_signs_in_with_the_secret_and_gets_the_page_that_was_asked_for()
    {
        await using var gateway = await StartAsync();
        using var browser = new OperatorBrowser(gateway.Http.BaseAddress!);
        using var asked = await browser.GetAsync("/console/notes?x=1");
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        Assert.Equal("/console/sign-in?next=%2Fconsole%2Fnotes%3Fx%3D1", asked.Headers.Location!.OriginalString);
        Assert.Contains(
            "name=\"next\" value=\"/console/notes?x=1\"",
            await browser.ReadAsync(asked.Headers.Location.OriginalString),
            StringComparison.Ordinal
        );

        using var signed = await browser.SendSecretAsync(OperatorBrowser.Secret, "/console/notes?x=1");
        Assert.Equal("/console/notes?x=1", signed.Headers.Location!.OriginalString);
        var cookie = Assert.Single(signed.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("console-spec-mcp=", cookie, StringComparison.Ordinal);
        Assert.Contains("; max-age=43200; path=/console; samesite=strict; httponly", cookie, StringComparison.Ordinal);
        var page = await browser.ReadAsync("/console/notes?x=1");
        Assert.Contains("<h1>Notes</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/console/notes\" aria-current=\"page\">Notes</a>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/console")]
    [InlineData("//evil.example")]
    [InlineData("/consoles")]
    [InlineData("/console/\\evil.example")]
    [InlineData("/console/\r\nX: y")]
    public async Task The_sign_in_leads_nowhere_but_into_the_console(string next)
    {
        await using var gateway = await StartAsync();
        using var browser = new OperatorBrowser(gateway.Http.BaseAddress!);
        using var signed = await browser.SendSecretAsync(OperatorBrowser.Secret, next);
        Assert.Equal("/console", signed.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_cookie_of_a_public_gateway_is_for_https_alone()
    {
        await using var gateway = await StartAsync(("PUBLIC_URL", "https://gateway.example"), ("MCP_BEARER_TOKEN", SpecService.Token));
        using var browser = new OperatorBrowser(gateway.Http.BaseAddress!);
        using var signed = await browser.SendAsync(
            "/console/sign-in",
            [("secret", OperatorBrowser.Secret)],
            request => request.Headers.Host = "gateway.example"
        );
        Assert.Contains("; secure; ", Assert.Single(signed.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_opens_nothing_and_too_many_are_slowed_down()
    {
        await using var gateway = await StartAsync();
        using var browser = new OperatorBrowser(gateway.Http.BaseAddress!);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var wrong = await browser.SendSecretAsync("wrong-secret-wrong-secret");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
            Assert.False(wrong.Headers.Contains("Set-Cookie"));
        }

        using var slowed = await browser.SendSecretAsync("wrong-secret-wrong-secret");
        Assert.Equal(HttpStatusCode.TooManyRequests, slowed.StatusCode);
        // Whoever guesses does not lock the operator out.
        using var right = await browser.SendSecretAsync(OperatorBrowser.Secret);
        Assert.Equal(HttpStatusCode.SeeOther, right.StatusCode);
        Assert.Equal(11, (await gateway.ReadAuditAsync()).Count(line => line.Contains("\"login_refused\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_session_ends_by_signing_out_also_for_a_copy_of_its_cookie()
    {
        await using var gateway = await StartAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        using var copy = new OperatorBrowser(gateway.Http.BaseAddress!);
        copy.Cookies.Add(browser.Cookies.GetCookies(new Uri(gateway.Http.BaseAddress!, "/console")));
        await copy.ReadAsync("/console/notes");
        await browser.SubmitAsync("/console/notes", "/console/sign-out");
        Assert.Empty(browser.Cookies.GetCookies(new Uri(gateway.Http.BaseAddress!, "/console")));
        foreach (var one in (OperatorBrowser[])[browser, copy])
        {
            using var response = await one.GetAsync("/console/notes");
            Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        }

        var audit = await gateway.ReadAuditAsync();
        Assert.Contains(audit, line => line.Contains("\"console_opened\"", StringComparison.Ordinal));
        Assert.Contains(audit, line => line.Contains("\"console_closed\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_ends_after_half_a_day()
    {
        await using var gateway = await StartAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        time.Advance(TimeSpan.FromHours(11.9));
        await browser.ReadAsync("/console/notes");
        time.Advance(TimeSpan.FromHours(0.2));
        using var response = await browser.GetAsync("/console/notes");
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
    }

    [Fact]
    public async Task A_new_secret_ends_every_session()
    {
        using var folder = new TemporaryFolder();
        Cookie cookie;
        await using (var gateway = await StartAsync(("DATA_PATH", folder.Path)))
        {
            using var browser = await OperatorBrowser.SignInAsync(gateway);
            cookie = browser.Cookies.GetCookies(new Uri(gateway.Http.BaseAddress!, "/console")).Single();
        }

        Assert.Equal(HttpStatusCode.OK, await LookAsync(folder.Path, OperatorBrowser.Secret, cookie));
        Assert.Equal(HttpStatusCode.SeeOther, await LookAsync(folder.Path, "Another-operator-secret-77", cookie));
    }

    [Fact]
    public async Task A_form_counts_only_with_the_ticket_of_its_own_session()
    {
        await using var gateway = await StartAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        using var other = await OperatorBrowser.SignInAsync(gateway);
        var ticket = OperatorBrowser.TicketOf(await browser.ReadAsync("/console/notes"));
        var foreign = OperatorBrowser.TicketOf(await other.ReadAsync("/console/notes"));
        foreach (var wrong in (string[])["", "x", foreign])
        {
            using var refused = await browser.PostAsync("/console/notes", ("ticket", wrong));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        using var anonymous = new OperatorBrowser(gateway.Http.BaseAddress!);
        using var without = await anonymous.PostAsync("/console/notes", ("ticket", ticket));
        Assert.Equal((HttpStatusCode.Unauthorized, 0), (without.StatusCode, changes));

        var page = await browser.SubmitAsync("/console/notes", "/console/notes", ("text", "<b>hi</b>"));
        Assert.Equal(1, changes);
        Assert.Contains("<p class=\"done\" role=\"status\">Noted &lt;b&gt;hi&lt;/b&gt;.</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sentence_after_a_form_is_shown_to_the_session_that_sent_it_alone()
    {
        await using var gateway = await StartAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        using var other = await OperatorBrowser.SignInAsync(gateway);
        var ticket = OperatorBrowser.TicketOf(await browser.ReadAsync("/console/notes"));
        using var sent = await browser.PostAsync("/console/notes", ("ticket", ticket), ("text", "for me"));
        var next = sent.Headers.Location!.OriginalString;
        Assert.Contains("Noted for me.", await browser.ReadAsync(next), StringComparison.Ordinal);
        Assert.DoesNotContain("Noted for me.", await other.ReadAsync(next), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_form_of_another_site_is_refused(string header, string value)
    {
        await using var gateway = await StartAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        var ticket = OperatorBrowser.TicketOf(await browser.ReadAsync("/console/notes"));
        using var refused = await browser.SendAsync(
            "/console/notes",
            [("ticket", ticket)],
            request => request.Headers.TryAddWithoutValidation(header, value)
        );
        Assert.Equal((HttpStatusCode.Forbidden, 0), (refused.StatusCode, changes));
    }

    [Fact]
    public async Task A_page_keeps_to_its_own_files_and_out_of_frames_and_caches()
    {
        await using var gateway = await StartAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        foreach (var path in (string[])["/", "/console/sign-in", "/console/notes", "/console/nothing"])
        {
            using var response = await browser.GetAsync(path);
            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
            var page = await response.TextAsync();
            Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
            Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
            Assert.DoesNotMatch("<script>| on[a-z]+=", page);
        }
    }

    [Fact]
    public async Task A_script_is_told_in_json_what_a_person_is_told_on_a_page()
    {
        await using var gateway = await StartAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        using var script = new HttpClient(new SocketsHttpHandler { CookieContainer = browser.Cookies })
        {
            BaseAddress = gateway.Http.BaseAddress,
        };
        script.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        using var response = await script.GetAsync(
            new Uri("/console/activity?from=soon", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(
            "\"message\":\"'from' is not a day: write it as 2026-11-29.\"",
            await response.TextAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Files_of_pages_are_kept_for_good_under_a_name_of_their_content()
    {
        await using var gateway = await StartAsync();
        using var browser = new OperatorBrowser(gateway.Http.BaseAddress!);
        var page = await browser.ReadAsync("/");
        foreach (var name in (string[])["console.css", "console.js", "icon.svg"])
        {
            var stem = Path.GetFileNameWithoutExtension(name);
            var url = System
                .Text.RegularExpressions.Regex.Match(page, $"/console/assets/{stem}-[0-9a-f]{{12}}\\{Path.GetExtension(name)}")
                .Value;
            using var file = await browser.GetAsync(url);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", file.Headers.GetValues("Cache-Control").Single());
        }

        using var unknown = await browser.GetAsync("/console/assets/console.css");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Without_a_secret_the_console_is_closed_and_says_how_to_open_it()
    {
        await using var gateway = await SpecService.StartAsync();
        using var browser = new OperatorBrowser(gateway.Http.BaseAddress!);
        foreach (var path in (string[])["/console", "/console/activity", "/console/sign-in"])
        {
            using var response = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Contains("OPERATOR_SECRET=$(openssl rand -base64 24)", await response.TextAsync(), StringComparison.Ordinal);
        }
    }

    private Task<Gateway> StartAsync(params (string Name, string Value)[] settings) => StartAsync(OperatorBrowser.Secret, settings);

    private Task<Gateway> StartAsync(string secret, params (string Name, string Value)[] settings) =>
        Gateway.StartAsync(
            SpecService.Definition,
            gateway =>
            {
                gateway.Mcp.WithTools<OAuth.SpecTools>();
                gateway.Services.AddSingleton(new ConsoleSection("/console/notes", "Notes", AddNotes));
            },
            settings.Append(("OPERATOR_SECRET", secret)).ToDictionary(s => s.Item1, string? (s) => s.Item2),
            time
        );

    private void AddNotes(ConsolePages pages) =>
        pages
            .Get("/console/notes", request => request.ShowAsync("Notes", request.Form("/console/notes", Html.Of($"<button>Note</button>"))))
            .Post(
                "/console/notes",
                (request, form) =>
                {
                    changes++;
                    return request.RedirectAsync("/console/notes", $"Noted {form["text"]}.");
                }
            );

    private async Task<HttpStatusCode> LookAsync(string folder, string secret, Cookie cookie)
    {
        await using var gateway = await StartAsync(secret, ("DATA_PATH", folder));
        using var browser = new OperatorBrowser(gateway.Http.BaseAddress!);
        browser.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/console", gateway.Http.BaseAddress!.Host));
        using var response = await browser.GetAsync("/console/notes");
        return response.StatusCode;
    }
}

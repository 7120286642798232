using System.Net;
using System.Text.RegularExpressions;
using McpGateway.Specs.OAuth;
using McpGateway.Testing;

namespace McpGateway.Specs.Console;

/// <summary>The operator sees who has access, and makes, narrows, rotates and ends it.</summary>
public sealed partial class AccessSpecs
{
    [Fact]
    public async Task The_operator_makes_changes_rotates_and_ends_a_token()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway.Gateway);
        var page = await browser.SubmitAsync("/console/access", "/console/access/token", ("name", "nightly"), ("rights", "read"));
        var token = Token().Match(page).Value;
        Assert.Equal(
            (HttpStatusCode.OK, "read"),
            (await gateway.CallAsync(token), RightsIn(await browser.ReadAsync("/console/access?caller=nightly")))
        );
        Assert.DoesNotContain(token, await browser.ReadAsync("/console/access"), StringComparison.Ordinal);

        page = await browser.SubmitAsync(
            "/console/access/token/change?name=nightly",
            "/console/access/token/change",
            ("name", "nightly"),
            ("rights", "deny=spec_write;calls=1/day")
        );
        Assert.Contains("nightly has other rights, from its next call on.", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(token));
        Assert.Contains(
            "<dd>1 of calls=1/day, renewed ",
            await browser.ReadAsync("/console/access?caller=nightly"),
            StringComparison.Ordinal
        );

        page = await browser.SubmitAsync("/console/access/token/rotate?name=nightly", "/console/access/token/rotate", ("name", "nightly"));
        var second = Token().Match(page).Value;
        Assert.NotEqual(token, second);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await gateway.CallAsync(token), await gateway.CallAsync(second)));

        Assert.Contains(
            "End the token of nightly?",
            await browser.ReadAsync("/console/access/token/end?name=nightly"),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(second));
        await browser.SubmitAsync("/console/access/token/end?name=nightly", "/console/access/token/end", ("name", "nightly"));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(second));
        using var gone = await browser.GetAsync("/console/access/token/end?name=nightly");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);

        var audit = await gateway.Gateway.ReadAuditAsync();
        foreach (var @event in (string[])["token_made", "token_changed", "token_rotated", "token_ended"])
        {
            var line = Assert.Single(audit, line => line.Contains($"\"{@event}\"", StringComparison.Ordinal));
            Assert.Contains("\"caller\":\"operator\",\"token\":\"nightly\"", line, StringComparison.Ordinal);
            Assert.DoesNotContain("mcp_", line, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("two words", "", "'two words' is not a name for a token")]
    [InlineData("static", "", "A token of MCP_BEARER_TOKENS is named 'static'")]
    [InlineData("a", "reed", "'reed' is not a right")]
    [InlineData("a", "tools=nothing_*", "matches no tool")]
    [InlineData("", "", "The name is missing")]
    public async Task What_cannot_be_made_is_told_and_nothing_is_made(string name, string rights, string problem)
    {
        await using var gateway = await OAuthGateway.StartAsync(
            new Dictionary<string, string?> { ["MCP_BEARER_TOKENS"] = "static=another-static-bearer-77" }
        );
        using var browser = await OperatorBrowser.SignInAsync(gateway.Gateway);
        var page = WebUtility.HtmlDecode(
            await browser.SubmitAsync("/console/access", "/console/access/token", ("name", name), ("rights", rights))
        );
        Assert.Contains(problem, page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Token(), page);
        Assert.DoesNotContain("/console/access/token/end", await browser.ReadAsync("/console/access"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operator_narrows_and_ends_the_connection_of_an_app_that_it_found_by_its_calls()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var tokens = await gateway.ConnectAsync();
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access, "spec_write"));
        await gateway.Gateway.ReadAuditAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway.Gateway);
        var caller = WebUtility.HtmlDecode(CallerLink().Match(await browser.ReadAsync("/console/activity?event=calls")).Groups[1].Value);
        var page = await browser.ReadAsync($"/console/access?caller={caller}");
        Assert.Contains("<h2>Spec app <span class=\"tag\">app</span></h2>", page, StringComparison.Ordinal);
        Assert.Contains("nobody: the app chose its name itself", page, StringComparison.Ordinal);

        var narrow = WebUtility.HtmlDecode(NarrowLink().Match(page).Groups[1].Value);
        var id = narrow.Split("id=")[1];
        page = await browser.SubmitAsync(narrow, "/console/access/connection/narrow", ("id", id), ("access", "read"));
        Assert.Contains("The connection of Spec app is narrowed: Read only.", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await gateway.CallAsync(tokens.Access, "spec_write"));

        page = await browser.SubmitAsync($"/console/access/connection/end?id={id}", "/console/access/connection/end", ("id", id));
        Assert.Contains("The connection of Spec app has ended.", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(tokens.Access));
    }

    [Fact]
    public async Task The_operator_makes_a_client_for_a_program_and_sees_its_secret_once()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway.Gateway);
        var page = await browser.SubmitAsync(
            "/console/access",
            "/console/access/client",
            ("name", "n8n"),
            ("access", "read"),
            ("days", "30")
        );
        var (id, secret) = (Code().Matches(page)[0].Groups[1].Value, Code().Matches(page)[1].Groups[1].Value);
        using var answer = await gateway.PostAsync(
            "/token",
            [new("grant_type", "client_credentials"), new("client_id", id), new("client_secret", secret)]
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var list = await browser.ReadAsync("/console/access");
        Assert.Contains("<h2>n8n <span class=\"tag\">program</span></h2>", list, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_apps_choose_and_callers_of_addresses_never_become_markup()
    {
        const string hostile = "\"><img src=x onerror=alert(1)>";
        await using var gateway = await OAuthGateway.StartAsync();
        var client = await gateway.RegisterAsync(name: hostile);
        await OAuthGateway.TokensAsync(client, await gateway.RedeemAsync(client, await gateway.CodeAsync(gateway.Request(client))));
        using var browser = await OperatorBrowser.SignInAsync(gateway.Gateway);
        foreach (var path in (string[])["/console/access", $"/console/access?caller={Uri.EscapeDataString(hostile)}"])
        {
            var page = await browser.ReadAsync(path);
            Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
            Assert.Contains("&lt;img", page, StringComparison.Ordinal);
        }
    }

    private static string RightsIn(string page) => Rights().Match(page).Groups[1].Value;

    [GeneratedRegex("mcp_[A-Za-z0-9_-]{43}")]
    private static partial Regex Token();

    [GeneratedRegex("<dt>May</dt><dd>([^<]*)</dd>")]
    private static partial Regex Rights();

    [GeneratedRegex("href=\"/console/activity\\?caller=([^\"&]+)")]
    private static partial Regex CallerLink();

    [GeneratedRegex("href=\"(/console/access/connection/narrow[^\"]+)\"")]
    private static partial Regex NarrowLink();

    [GeneratedRegex("<code>([^<]+)</code>")]
    private static partial Regex Code();
}

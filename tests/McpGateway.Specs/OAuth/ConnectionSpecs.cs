using System.Net;
using McpGateway.Testing;

namespace McpGateway.Specs.OAuth;

/// <summary>The operator sees the connections, narrows and ends them. Each store passes all of it.</summary>
public abstract class ConnectionSpecs : GrantStoreSpecs
{
    private const string Access = "/console/access";

    [Fact]
    public async Task The_operator_sees_every_connection_and_ends_one_or_all()
    {
        await using var gateway = await StartAsync();
        var first = await gateway.ConnectAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
        var second = await gateway.ConnectAsync(("scope", "mcp:read"));

        using var browser = await OperatorBrowser.SignInAsync(gateway.Gateway);
        var page = await browser.ReadAsync(Access);
        Assert.Equal(2, CardsIn(page));
        Assert.Contains("title=\"2026-11-01 12:01:00 (UTC)\"", page, StringComparison.Ordinal);
        Assert.Contains("<dt>May</dt><dd>read only</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Answers went to</dt><dd>claude.ai</dd>", page, StringComparison.Ordinal);

        // The newest stands first, and a question ends nothing.
        var question = WebUtility.HtmlDecode(page.Split("href=\"/console/access/connection/end")[1].Split('"')[0]);
        Assert.Contains(
            "End the connection of Spec app?",
            await browser.ReadAsync($"/console/access/connection/end{question}"),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(second.Access));
        page = await browser.EndConnectionAsync();
        Assert.Contains("The connection of Spec app has ended.", page, StringComparison.Ordinal);
        Assert.Equal(1, CardsIn(page));
        Assert.DoesNotContain("End all connections", page, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Unauthorized),
            (await gateway.CallAsync(first.Access), await gateway.CallAsync(second.Access))
        );

        var third = await gateway.ConnectAsync();
        Assert.Contains(
            "href=\"/console/access/connections/end\">End all connections",
            await browser.ReadAsync(Access),
            StringComparison.Ordinal
        );
        Assert.Contains("End all 2 connections?", await browser.ReadAsync("/console/access/connections/end"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(third.Access));
        page = await browser.SubmitAsync("/console/access/connections/end", "/console/access/connections/end", ("all", "yes"));
        Assert.Contains("All connections have ended.", page, StringComparison.Ordinal);
        Assert.Equal(0, CardsIn(page));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized),
            (await gateway.CallAsync(first.Access), await gateway.CallAsync(third.Access))
        );
        Assert.Equal(
            3,
            (await gateway.Gateway.ReadAuditAsync()).Count(line => line.Contains("revoked by the operator", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task The_operator_narrows_a_connection_and_with_it_the_tokens_that_are_out()
    {
        await using var gateway = await StartAsync();
        var tokens = await gateway.ConnectAsync();
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access, "spec_write"));
        using var browser = await OperatorBrowser.SignInAsync(gateway.Gateway);
        var page = await browser.NarrowConnectionAsync("read");
        Assert.Contains("is narrowed: Read only.", page, StringComparison.Ordinal);
        // Nothing is left to take.
        Assert.DoesNotContain("/console/access/connection/narrow", page, StringComparison.Ordinal);
        // A table's grants are remembered for a while.
        Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Forbidden),
            (await gateway.CallAsync(tokens.Access), await gateway.CallAsync(tokens.Access, "spec_write"))
        );
        var next = await OAuthGateway.TokensAsync(tokens.ClientId, await gateway.RefreshAsync(tokens.ClientId, tokens.Refresh));
        Assert.Equal("mcp:read", next.Scope);
        Assert.Equal(HttpStatusCode.Forbidden, await gateway.CallAsync(next.Access, "spec_write"));
    }

    [Fact]
    public async Task The_operator_sees_when_a_connection_was_used_and_who_vouches_for_it()
    {
        await using var gateway = await StartAsync();
        var tokens = await gateway.ConnectAsync();
        Time.Advance(TimeSpan.FromMinutes(42));
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
        using var browser = await OperatorBrowser.SignInAsync(gateway.Gateway);
        var page = await browser.ReadAsync(Access);
        Assert.Contains(
            "<dt>Since</dt><dd><time datetime=\"2026-11-01T12:00:00Z\" title=\"2026-11-01 12:00:00 (UTC)\">42 minutes ago</time></dd>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "<dt>Last used</dt><dd><time datetime=\"2026-11-01T12:42:00Z\" title=\"2026-11-01 12:42:00 (UTC)\">just now</time></dd>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("nobody: the app chose its name itself", page, StringComparison.Ordinal);

        const string claude = "https://claude.ai/oauth/mcp-oauth-client-metadata";
        await OAuthGateway.TokensAsync(claude, await gateway.RedeemAsync(claude, await gateway.CodeAsync(gateway.Request(claude))));
        Assert.Contains("<dt>Vouched for by</dt><dd>claude.ai</dd>", await browser.ReadAsync(Access), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_sees_or_ends_a_connection_without_a_session_or_with_a_ticket_of_something_else()
    {
        await using var gateway = await StartAsync();
        var tokens = await gateway.ConnectAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway.Gateway);
        var ticket = OperatorBrowser.TicketOf(await browser.ReadAsync(Access));
        using var stranger = new OperatorBrowser(gateway.Gateway.Http.BaseAddress!);
        foreach (
            var fields in ((string, string)[][])
                [
                    [],
                    [("secret", OAuthGateway.Secret)],
                    [("ticket", ticket)],
                ]
        )
        {
            using var refused = await stranger.PostAsync("/console/access/connections/end", [("all", "yes"), .. fields]);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.DoesNotContain(
                "Spec app",
                await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        }

        foreach (var wrong in (string[])["", tokens.Refresh, tokens.Access])
        {
            using var refused = await browser.PostAsync("/console/access/connections/end", ("all", "yes"), ("ticket", wrong));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
    }

    private static int CardsIn(string page) => page.Split("<span class=\"tag\">app</span>").Length - 1;
}

public sealed class ConnectionsInStateSpecs : ConnectionSpecs
{
    internal override Task<Dictionary<string, string?>> StoreAsync() => Task.FromResult(new Dictionary<string, string?>());
}

public sealed class ConnectionsInTablesSpecs(Azurite azurite) : ConnectionSpecs, IClassFixture<Azurite>
{
    internal override async Task<Dictionary<string, string?>> StoreAsync() => new(await azurite.SettingsAsync());
}

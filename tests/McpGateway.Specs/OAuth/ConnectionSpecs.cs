using System.Net;

namespace McpGateway.Specs.OAuth;

/// <summary>The operator sees the connections, narrows and ends them. Each store passes all of it.</summary>
public abstract class ConnectionSpecs : GrantStoreSpecs
{
    [Fact]
    public async Task The_operator_sees_every_connection_and_ends_one_or_all()
    {
        await using var gateway = await StartAsync();
        var first = await gateway.ConnectAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
        var second = await gateway.ConnectAsync(("scope", "mcp:read"));

        var page = await ConnectionsAsync(gateway, ("secret", OAuthGateway.Secret));
        Assert.Equal(2, page.Split("<li>").Length - 1);
        Assert.Contains("2026-11-01 12:01 (UTC)", page, StringComparison.Ordinal);
        Assert.Contains("read only", page, StringComparison.Ordinal);

        // The newest stands first.
        page = await ConnectionsAsync(
            gateway,
            ("ticket", OAuthGateway.FieldOf(page, "ticket")),
            ("revoke", OAuthGateway.FieldOf(page, "revoke"))
        );
        Assert.Contains("End the connection of Spec app?", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(second.Access));
        page = await ConnectionsAsync(
            gateway,
            ("ticket", OAuthGateway.FieldOf(page, "ticket")),
            ("revoke", OAuthGateway.FieldOf(page, "revoke")),
            ("sure", "yes")
        );
        Assert.Contains("The connection of Spec app has ended.", page, StringComparison.Ordinal);
        Assert.Equal(1, page.Split("<li>").Length - 1);
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Unauthorized),
            (await gateway.CallAsync(first.Access), await gateway.CallAsync(second.Access))
        );

        var third = await gateway.ConnectAsync();
        page = await ConnectionsAsync(gateway, ("ticket", OAuthGateway.FieldOf(page, "ticket")), ("revoke", "all"));
        Assert.Contains("End all 2 connections?", page, StringComparison.Ordinal);
        page = await ConnectionsAsync(
            gateway,
            ("ticket", OAuthGateway.FieldOf(page, "ticket")),
            ("revoke", OAuthGateway.FieldOf(page, "revoke")),
            ("sure", "yes")
        );
        Assert.Contains("No app is connected", page, StringComparison.Ordinal);
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
        var page = await ConnectionsAsync(gateway, ("secret", OAuthGateway.Secret));
        page = await ConnectionsAsync(
            gateway,
            ("ticket", OAuthGateway.FieldOf(page, "ticket")),
            ("narrow", OAuthGateway.FieldOf(page, "narrow"))
        );
        Assert.Contains("Narrow the connection of Spec app?", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access, "spec_write"));
        page = await ConnectionsAsync(
            gateway,
            ("ticket", OAuthGateway.FieldOf(page, "ticket")),
            ("narrow", OAuthGateway.FieldOf(page, "narrow")),
            ("sure", "yes")
        );
        Assert.Contains("is narrowed: Read only.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"narrow\"", page, StringComparison.Ordinal);
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
        var page = await ConnectionsAsync(gateway, ("secret", OAuthGateway.Secret));
        Assert.Contains(
            "<dt>Connected</dt><dd><time datetime=\"2026-11-01T12:00:00Z\" title=\"2026-11-01 12:00:00 (UTC)\">42 minutes ago</time></dd>",
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
        Assert.Contains(
            "<dt>Vouched for by</dt><dd>claude.ai</dd>",
            await ConnectionsAsync(gateway, ("secret", OAuthGateway.Secret)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_connections_page_shows_and_ends_nothing_without_the_secret_or_with_an_old_ticket()
    {
        await using var gateway = await StartAsync();
        var tokens = await gateway.ConnectAsync();
        var page = await ConnectionsAsync(gateway, ("secret", OAuthGateway.Secret));
        var ticket = OAuthGateway.FieldOf(page, "ticket");
        foreach (
            var form in (Dictionary<string, string>[])
                [
                    new() { ["revoke"] = "all", ["sure"] = "yes" },
                    new()
                    {
                        ["revoke"] = "all",
                        ["sure"] = "yes",
                        ["secret"] = "wrong-secret-wrong-secret",
                    },
                    new()
                    {
                        ["revoke"] = "all",
                        ["sure"] = "yes",
                        ["ticket"] = tokens.Refresh,
                    },
                ]
        )
        {
            using var refused = await gateway.PostAsync("/connections", form);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.DoesNotContain(
                "Spec app",
                await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        }

        Time.Advance(TimeSpan.FromMinutes(6));
        using var late = await gateway.PostAsync(
            "/connections",
            new Dictionary<string, string>
            {
                ["revoke"] = "all",
                ["sure"] = "yes",
                ["ticket"] = ticket,
            }
        );
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
    }

    private static async Task<string> ConnectionsAsync(OAuthGateway gateway, params (string Name, string Value)[] form)
    {
        using var response = await gateway.PostAsync("/connections", form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}

public sealed class ConnectionsInStateSpecs : ConnectionSpecs
{
    internal override Task<Dictionary<string, string?>> StoreAsync() => Task.FromResult(new Dictionary<string, string?>());
}

public sealed class ConnectionsInTablesSpecs(Azurite azurite) : ConnectionSpecs, IClassFixture<Azurite>
{
    internal override async Task<Dictionary<string, string?>> StoreAsync() => new(await azurite.SettingsAsync());
}

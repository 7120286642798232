using System.Net;
using McpGateway.Testing;

namespace McpGateway.Specs.OAuth;

/// <summary>Artefacts where they do not belong, and keys that are gone.</summary>
public sealed class ConfusionSpecs : IClassFixture<Azurite>
{
    private readonly Azurite azurite;

    public ConfusionSpecs(Azurite azurite) => this.azurite = azurite;

    [Fact]
    public async Task Nothing_but_an_access_token_opens_the_gateway()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var tokens = await gateway.ConnectAsync();
        var code = await gateway.CodeAsync(gateway.Request(tokens.ClientId));
        foreach (
            var artefact in (string[])
                [
                    tokens.Refresh,
                    code,
                    tokens.ClientId,
                    tokens.ClientId[4..],
                    OAuthGateway.Secret,
                    tokens.Access + "x",
                    tokens.Access[..^1],
                    "",
                ]
        )
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(artefact));
        }

        foreach (var artefact in (string[])[tokens.Access, code, tokens.ClientId, OAuthGateway.StaticToken])
        {
            using var refresh = await gateway.RefreshAsync(tokens.ClientId, artefact);
            Assert.Equal("invalid_grant", await OAuthGateway.ErrorOf(refresh));
            using var redeemed = await gateway.RedeemAsync(tokens.ClientId, artefact == code ? tokens.Refresh : artefact);
            Assert.Equal("invalid_grant", await OAuthGateway.ErrorOf(redeemed));
        }

        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
    }

    [Fact]
    public async Task A_token_counts_in_the_header_alone()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var tokens = await gateway.ConnectAsync();
        using var content = new StringContent(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
            System.Text.Encoding.UTF8,
            "application/json"
        );
        using var response = await gateway.Http.PostAsync(
            new Uri($"/mcp?access_token={tokens.Access}", UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_one_gateway_has_given_out_is_nothing_at_another_even_with_the_same_keys(bool sameName)
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        await using (var a = await OAuthGateway.StartAsync(new Dictionary<string, string?> { ["DATA_PATH"] = folder }))
        {
            var tokens = await a.ConnectAsync();
            var code = await a.CodeAsync(a.Request(tokens.ClientId));
            await using var b = await OAuthGateway.StartAsync(
                new Dictionary<string, string?>
                {
                    ["DATA_PATH"] = folder,
                    ["PUBLIC_URL"] = "https://other.example",
                    ["MCP_BEARER_TOKEN"] = "static-bearer-of-another",
                },
                name: sameName ? "spec-mcp" : "other-mcp"
            );
            Assert.Equal(HttpStatusCode.Unauthorized, await b.CallAsync(tokens.Access));
            Assert.Equal(HttpStatusCode.Unauthorized, await b.CallAsync(OAuthGateway.StaticToken));
            using var asked = await b.AskAsync(b.Request(tokens.ClientId));
            Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
            using var client = await b.RefreshAsync(tokens.ClientId, tokens.Refresh);
            Assert.Equal("invalid_client", await OAuthGateway.ErrorOf(client));

            var own = await b.RegisterAsync();
            using var refresh = await b.RefreshAsync(own, tokens.Refresh);
            Assert.Equal("invalid_grant", await OAuthGateway.ErrorOf(refresh));
            using var redeemed = await b.RedeemAsync(own, code);
            Assert.Equal("invalid_grant", await OAuthGateway.ErrorOf(redeemed));
            Assert.Equal(HttpStatusCode.OK, await a.CallAsync(tokens.Access));
        }
    }

    [Fact]
    public async Task With_the_key_ring_lost_everything_is_refused_cleanly_and_apps_can_connect_again()
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        Tokens tokens;
        string code;
        await using (var before = await OAuthGateway.StartAsync(new Dictionary<string, string?> { ["DATA_PATH"] = folder }))
        {
            tokens = await before.ConnectAsync();
            code = await before.CodeAsync(before.Request(tokens.ClientId));
        }

        await StateRows.RunAsync(folder, "DELETE FROM keys");
        await using (var after = await OAuthGateway.StartAsync(new Dictionary<string, string?> { ["DATA_PATH"] = folder }))
        {
            await AssertForgottenAsync(after, tokens, code);
        }
    }

    [Fact]
    public async Task A_new_key_makes_nothing_worthless()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var tokens = await gateway.ConnectAsync();
        var keys = (Microsoft.AspNetCore.DataProtection.KeyManagement.IKeyManager)
            gateway.Gateway.Services.GetService(typeof(Microsoft.AspNetCore.DataProtection.KeyManagement.IKeyManager))!;
        keys.CreateNewKey(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(300));
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
        await OAuthGateway.TokensAsync(tokens.ClientId, await gateway.RefreshAsync(tokens.ClientId, tokens.Refresh));
    }

    [Fact]
    public async Task The_state_is_for_this_user_alone_and_holds_no_token()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var tokens = await gateway.ConnectAsync();
        var files = Directory.GetFiles(gateway.Gateway.Folder, "state.db*");
        Assert.Equal(3, files.Length);
        foreach (var file in files)
        {
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }

            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(content, System.Text.Encoding.Latin1);
            var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(tokens.Access, text, StringComparison.Ordinal);
            Assert.DoesNotContain(tokens.Refresh, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task With_a_certificate_the_keys_are_encrypted_and_a_retired_certificate_still_opens_them()
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        var retired = Azurite.MakeCertificate();
        Tokens tokens;
        await using (
            var before = await OAuthGateway.StartAsync(
                new Dictionary<string, string?> { ["DATA_PATH"] = folder, ["OAUTH_KEY_CERTIFICATE"] = retired }
            )
        )
        {
            tokens = await before.ConnectAsync();
        }

        var key = Assert.Single(await StateRows.ReadAsync(folder, "SELECT content FROM keys"));
        Assert.Contains("EncryptedData", key, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", key, StringComparison.Ordinal);

        await using (
            var after = await OAuthGateway.StartAsync(
                new Dictionary<string, string?>
                {
                    ["DATA_PATH"] = folder,
                    ["OAUTH_KEY_CERTIFICATE"] = $"{Azurite.MakeCertificate()},{retired}",
                }
            )
        )
        {
            Assert.Equal(HttpStatusCode.OK, await after.CallAsync(tokens.Access));
        }
    }

    [Fact]
    public async Task Keys_in_the_cloud_are_encrypted_shared_by_instances_and_their_loss_is_clean()
    {
        var settings = await azurite.SettingsAsync();
        var name = $"keys-{Guid.NewGuid():N}";
        var container = new Azure.Storage.Blobs.BlobContainerClient(settings["OAUTH_STORAGE_CONNECTION"], "mcpoauth");
        await using var first = await OAuthGateway.StartAsync(settings, name: name);
        await using var second = await OAuthGateway.StartAsync(settings, name: name);
        var tokens = await first.ConnectAsync();
        var code = await first.CodeAsync(first.Request(tokens.ClientId));
        Assert.Equal(HttpStatusCode.OK, await second.CallAsync(tokens.Access));
        await OAuthGateway.TokensAsync(tokens.ClientId, await second.RefreshAsync(tokens.ClientId, tokens.Refresh));

        var blobs = container
            .GetBlobs(prefix: name + "/", traits: default, states: default, cancellationToken: TestContext.Current.CancellationToken)
            .ToList();
        var blob = container.GetBlobClient(Assert.Single(blobs).Name);
        var key = (await blob.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToString();
        Assert.Contains("EncryptedData", key, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", key, StringComparison.Ordinal);

        await blob.DeleteAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var third = await OAuthGateway.StartAsync(settings, name: name);
        await AssertForgottenAsync(third, tokens, code);
    }

    [Fact]
    public async Task Two_instances_on_one_table_let_one_of_twenty_have_the_code_and_all_refresh()
    {
        var settings = await azurite.SettingsAsync();
        var name = $"twins-{Guid.NewGuid():N}";
        await using var first = await OAuthGateway.StartAsync(settings, name: name);
        await using var second = await OAuthGateway.StartAsync(settings, name: name);
        var tokens = await first.ConnectAsync();
        var refreshed = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? first : second).RefreshAsync(tokens.ClientId, tokens.Refresh))
        );
        Assert.All(refreshed, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));

        var code = await first.CodeAsync(first.Request(tokens.ClientId));
        var redeemed = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? first : second).RedeemAsync(tokens.ClientId, code))
        );
        Assert.Single(redeemed, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    private static async Task AssertForgottenAsync(OAuthGateway gateway, Tokens tokens, string code)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(tokens.Access));
        using var refresh = await gateway.RefreshAsync(tokens.ClientId, tokens.Refresh);
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (refresh.StatusCode, await OAuthGateway.ErrorOf(refresh)));
        using var redeemed = await gateway.RedeemAsync(tokens.ClientId, code);
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (redeemed.StatusCode, await OAuthGateway.ErrorOf(redeemed)));
        using var asked = await gateway.AskAsync(gateway.Request(tokens.ClientId));
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync((await gateway.ConnectAsync()).Access));
    }
}

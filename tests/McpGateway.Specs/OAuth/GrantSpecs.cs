using System.Net;
using System.Security.Cryptography;
using System.Text;
using McpGateway.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace McpGateway.Specs.OAuth;

/// <summary>The life of codes, tokens and grants. Each store passes all of it.</summary>
public abstract class GrantSpecs : GrantStoreSpecs
{
    /// <summary>How often a race is run.</summary>
    internal abstract int Rounds { get; }

    [Fact]
    public async Task A_connected_app_calls_tools_and_its_answer_is_kept_by_no_cache()
    {
        await using var gateway = await StartAsync();
        var clientId = await gateway.RegisterAsync();
        using var response = await gateway.RedeemAsync(clientId, await gateway.CodeAsync(gateway.Request(clientId)));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        var answer = await OAuthGateway.ReadAsync(response);
        Assert.Equal(
            ["access_token", "expires_in", "refresh_token", "scope", "token_type"],
            answer.EnumerateObject().Select(p => p.Name).Order()
        );
        Assert.Equal(("Bearer", 3600), (answer.GetProperty("token_type").GetString(), answer.GetProperty("expires_in").GetInt32()));
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(answer.GetProperty("access_token").GetString()!, "spec_write"));
        Assert.Contains(
            await gateway.Gateway.ReadAuditAsync(),
            line =>
                line.Contains("\"tool_call\"", StringComparison.Ordinal)
                && line.Contains("\"caller\":\"oauth:Spec app:", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_code_that_comes_twice_ends_the_connection()
    {
        await using var gateway = await StartAsync();
        var clientId = await gateway.RegisterAsync();
        var code = await gateway.CodeAsync(gateway.Request(clientId));
        var tokens = await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, code));
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));

        await AssertInvalidGrantAsync(await gateway.RedeemAsync(clientId, code));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(tokens.Access));
        await AssertInvalidGrantAsync(await gateway.RefreshAsync(clientId, tokens.Refresh));
        await AssertInvalidGrantAsync(await gateway.RedeemAsync(clientId, code));
        Assert.Contains(
            await gateway.Gateway.ReadAuditAsync(),
            line => line.Contains("authorization code used twice", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Of_twenty_at_once_with_one_code_one_gets_tokens_and_the_connection_ends()
    {
        await using var gateway = await StartAsync();
        var clientId = await gateway.RegisterAsync();
        var request = gateway.Request(clientId);
        // Two winners in a round were one in some forty: a single round proves nothing.
        for (var round = 0; round < Rounds; round++)
        {
            var code = await gateway.CodeAsync(request);
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.RedeemAsync(clientId, code)));
            var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
            Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.BadRequest));
            var tokens = await OAuthGateway.TokensAsync(clientId, winner);
            Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(tokens.Access));
        }

        Assert.Equal(
            Rounds,
            (await gateway.Gateway.ReadAuditAsync()).Count(line => line.Contains("authorization code used twice", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_lengthen_the_life_of_an_old_refresh_token()
    {
        var clock = new SteppedClock();
        await using var gateway = await OAuthGateway.StartAsync(time: clock);
        var first = await gateway.ConnectAsync();
        await OAuthGateway.TokensAsync(first.ClientId, await gateway.RefreshAsync(first.ClientId, first.Refresh));
        clock.SetBack(TimeSpan.FromHours(2));
        clock.Advance(TimeSpan.FromMinutes(31));
        await AssertInvalidGrantAsync(await gateway.RefreshAsync(first.ClientId, first.Refresh));
    }

    [Fact]
    public async Task Twenty_refreshes_at_once_all_carry_on_the_same_connection()
    {
        await using var gateway = await StartAsync();
        var tokens = await gateway.ConnectAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.RefreshAsync(tokens.ClientId, tokens.Refresh)));
        var family = await Task.WhenAll(answers.Select(answer => OAuthGateway.TokensAsync(tokens.ClientId, answer)));
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(family[19].Access));

        // Any of them is the current one: whichever the app kept works, and is exchanged once for all.
        var next = await OAuthGateway.TokensAsync(tokens.ClientId, await gateway.RefreshAsync(tokens.ClientId, family[7].Refresh));
        await OAuthGateway.TokensAsync(tokens.ClientId, await gateway.RefreshAsync(tokens.ClientId, family[3].Refresh));
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(next.Access));
    }

    [Fact]
    public async Task A_retired_refresh_token_answers_for_half_an_hour_with_the_present_tokens_and_then_ends_the_connection()
    {
        await using var gateway = await StartAsync();
        var first = await gateway.ConnectAsync();
        var second = await OAuthGateway.TokensAsync(first.ClientId, await gateway.RefreshAsync(first.ClientId, first.Refresh));
        Time.Advance(TimeSpan.FromMinutes(10));
        var third = await OAuthGateway.TokensAsync(first.ClientId, await gateway.RefreshAsync(first.ClientId, second.Refresh));
        Time.Advance(TimeSpan.FromMinutes(19));
        // A second session of the client still has the first one.
        var again = await OAuthGateway.TokensAsync(first.ClientId, await gateway.RefreshAsync(first.ClientId, first.Refresh));
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(again.Access));
        // What it got is the present one: to exchange it retires the one of the other session, and both go on.
        var fourth = await OAuthGateway.TokensAsync(first.ClientId, await gateway.RefreshAsync(first.ClientId, again.Refresh));
        await OAuthGateway.TokensAsync(first.ClientId, await gateway.RefreshAsync(first.ClientId, third.Refresh));

        Time.Advance(TimeSpan.FromMinutes(2));
        await AssertInvalidGrantAsync(await gateway.RefreshAsync(first.ClientId, first.Refresh));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(fourth.Access));
        await AssertInvalidGrantAsync(await gateway.RefreshAsync(first.ClientId, fourth.Refresh));
        Assert.Contains(
            await gateway.Gateway.ReadAuditAsync(),
            line => line.Contains("old refresh token used again", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task How_long_a_retired_refresh_token_answers_is_the_operators_choice()
    {
        await using var gateway = await StartAsync(new(await StoreAsync()) { ["OAUTH_REUSE_MINUTES"] = "1" });
        var first = await gateway.ConnectAsync();
        var second = await OAuthGateway.TokensAsync(first.ClientId, await gateway.RefreshAsync(first.ClientId, first.Refresh));
        Time.Advance(TimeSpan.FromSeconds(61));
        await AssertInvalidGrantAsync(await gateway.RefreshAsync(first.ClientId, first.Refresh));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(second.Access));
    }

    [Fact]
    public async Task A_stolen_refresh_token_is_nothing_to_another_client()
    {
        await using var gateway = await StartAsync();
        var tokens = await gateway.ConnectAsync();
        await AssertInvalidGrantAsync(await gateway.RefreshAsync(await gateway.RegisterAsync(), tokens.Refresh));
        using var elsewhere = await gateway.RefreshAsync(tokens.ClientId, tokens.Refresh, ("resource", "https://other.example/mcp"));
        Assert.Equal("invalid_target", await OAuthGateway.ErrorOf(elsewhere));
        await OAuthGateway.TokensAsync(tokens.ClientId, await gateway.RefreshAsync(tokens.ClientId, tokens.Refresh));
    }

    [Theory]
    [InlineData("code_verifier", null)]
    [InlineData("code_verifier", "short")]
    [InlineData("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXx")]
    [InlineData("code_verifier", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")]
    [InlineData("redirect_uri", null)]
    [InlineData("redirect_uri", "https://claude.com/api/mcp/auth_callback")]
    [InlineData("code", "nonsense")]
    public async Task A_code_is_nothing_without_all_that_belongs_to_it_and_a_wrong_try_does_not_burn_it(string name, string? value)
    {
        await using var gateway = await StartAsync();
        var clientId = await gateway.RegisterAsync();
        var code = await gateway.CodeAsync(gateway.Request(clientId));
        await AssertInvalidGrantAsync(await gateway.RedeemAsync(clientId, code, (name, value)));
        await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, code));
    }

    [Fact]
    public async Task A_code_of_an_ended_connection_stays_used_while_others_are_opened()
    {
        await using var gateway = await StartAsync();
        var clientId = await gateway.RegisterAsync();
        var code = await gateway.CodeAsync(gateway.Request(clientId));
        await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, code));
        await AssertInvalidGrantAsync(await gateway.RedeemAsync(clientId, code));
        Time.Advance(TimeSpan.FromSeconds(1));
        await gateway.ConnectAsync();
        await AssertInvalidGrantAsync(await gateway.RedeemAsync(clientId, code));
    }

    /// <summary>RFC 7636 section 4.1: a shorter one could be guessed.</summary>
    [Theory]
    [InlineData(42, false)]
    [InlineData(43, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public async Task A_verifier_has_43_to_128_characters(int length, bool accepted)
    {
        await using var gateway = await StartAsync();
        var clientId = await gateway.RegisterAsync();
        var verifier = new string('v', length);
        var request = gateway.Request(clientId);
        request["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        using var response = await gateway.RedeemAsync(clientId, await gateway.CodeAsync(request), ("code_verifier", verifier));
        Assert.Equal(accepted ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_stolen_code_is_nothing_to_another_client_or_resource()
    {
        await using var gateway = await StartAsync();
        var clientId = await gateway.RegisterAsync();
        var code = await gateway.CodeAsync(gateway.Request(clientId));
        await AssertInvalidGrantAsync(await gateway.RedeemAsync(await gateway.RegisterAsync(), code));
        using var elsewhere = await gateway.RedeemAsync(clientId, code, ("resource", "https://other.example/mcp"));
        Assert.Equal("invalid_target", await OAuthGateway.ErrorOf(elsewhere));
        await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, code));
    }

    [Fact]
    public async Task A_code_lives_ninety_seconds()
    {
        await using var gateway = await StartAsync();
        var clientId = await gateway.RegisterAsync();
        var early = await gateway.CodeAsync(gateway.Request(clientId));
        var late = await gateway.CodeAsync(gateway.Request(clientId));
        Time.Advance(TimeSpan.FromSeconds(89));
        await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, early));
        Time.Advance(TimeSpan.FromSeconds(1));
        await AssertInvalidGrantAsync(await gateway.RedeemAsync(clientId, late));
    }

    [Fact]
    public async Task An_access_token_lives_an_hour_and_a_connection_thirty_days_after_its_last_use_a_year_at_most()
    {
        await using var gateway = await StartAsync();
        var tokens = await gateway.ConnectAsync();
        Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(tokens.Access));

        for (var days = 0; days + 29 < 365; days += 29)
        {
            Time.Advance(TimeSpan.FromDays(29));
            tokens = await OAuthGateway.TokensAsync(tokens.ClientId, await gateway.RefreshAsync(tokens.ClientId, tokens.Refresh));
        }

        Time.Advance(TimeSpan.FromDays(29));
        await AssertInvalidGrantAsync(await gateway.RefreshAsync(tokens.ClientId, tokens.Refresh));

        var unused = await gateway.ConnectAsync();
        Time.Advance(TimeSpan.FromDays(31));
        await AssertInvalidGrantAsync(await gateway.RefreshAsync(unused.ClientId, unused.Refresh));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_app_that_gives_either_token_back_has_neither_any_more(bool access)
    {
        await using var gateway = await StartAsync();
        var tokens = await gateway.ConnectAsync();
        using var revoked = await RevokeAsync(gateway, tokens.ClientId, access ? tokens.Access : tokens.Refresh);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(tokens.Access));
        await AssertInvalidGrantAsync(await gateway.RefreshAsync(tokens.ClientId, tokens.Refresh));
    }

    [Fact]
    public async Task Only_the_client_of_a_token_can_give_it_back_and_an_unknown_one_is_as_good_as_gone()
    {
        await using var gateway = await StartAsync();
        var tokens = await gateway.ConnectAsync();
        var other = await gateway.RegisterAsync();
        using var foreign = await RevokeAsync(gateway, other, tokens.Refresh);
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
        using var unknown = await RevokeAsync(gateway, other, "nonsense");
        Assert.Equal(HttpStatusCode.OK, unknown.StatusCode);
    }

    [Fact]
    public async Task Client_ids_and_tokens_survive_a_restart()
    {
        var settings = await StoreAsync();
        using var folder = new TemporaryFolder();
        settings["DATA_PATH"] = folder.Path;
        Tokens tokens;
        string code;
        await using (var before = await StartAsync(settings))
        {
            tokens = await before.ConnectAsync();
            code = await before.CodeAsync(before.Request(tokens.ClientId));
        }

        await using (var after = await StartAsync(settings))
        {
            Assert.Equal(HttpStatusCode.OK, await after.CallAsync(tokens.Access));
            await OAuthGateway.TokensAsync(tokens.ClientId, await after.RefreshAsync(tokens.ClientId, tokens.Refresh));
            await OAuthGateway.TokensAsync(tokens.ClientId, await after.RedeemAsync(tokens.ClientId, code));
        }
    }

    [Fact]
    public async Task Ended_connections_are_forgotten_after_a_while_and_not_before_their_codes()
    {
        await using var gateway = await StartAsync();
        var clientId = await gateway.RegisterAsync();
        var code = await gateway.CodeAsync(gateway.Request(clientId));
        var tokens = await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, code));
        await RevokeAsync(gateway, clientId, tokens.Access);
        await gateway.ConnectAsync();
        await AssertInvalidGrantAsync(await gateway.RedeemAsync(clientId, code));
        Assert.Equal(2, await CountAsync(gateway));

        Time.Advance(TimeSpan.FromDays(2));
        await gateway.ConnectAsync();
        Assert.Equal(2, await CountAsync(gateway));
    }

    [Fact]
    public async Task A_grant_that_has_changed_meanwhile_is_not_replaced_so_that_no_refresh_undoes_a_revocation()
    {
        await using var gateway = await StartAsync();
        await gateway.ConnectAsync();
        var cancelled = TestContext.Current.CancellationToken;
        var store = StoreOf(gateway);
        var id = (await store.ListAsync(cancelled).SingleAsync(cancelled)).Id;
        var read = (await store.FindAsync(id, cancelled))!;
        Assert.True(await store.TryReplaceAsync(read.Grant with { Revoked = Time.GetUtcNow() }, read.Version, cancelled));
        Assert.False(await store.TryReplaceAsync(read.Grant with { Sequence = 1 }, read.Version, cancelled));
        Assert.NotNull((await store.FindAsync(id, cancelled))!.Grant.Revoked);
        await store.DeleteAsync(id, cancelled);
        Assert.False(await store.TryReplaceAsync(read.Grant, read.Version, cancelled));
    }

    private static Task<HttpResponseMessage> RevokeAsync(OAuthGateway gateway, string clientId, string token) =>
        gateway.PostAsync("/revoke", new Dictionary<string, string> { ["client_id"] = clientId, ["token"] = token });
}

public sealed class GrantsInStateSpecs : GrantSpecs
{
    internal override Task<Dictionary<string, string?>> StoreAsync() => Task.FromResult(new Dictionary<string, string?>());

    internal override int Rounds => 200;
}

public sealed class GrantsInTablesSpecs(Azurite azurite) : GrantSpecs, IClassFixture<Azurite>
{
    internal override async Task<Dictionary<string, string?>> StoreAsync() => new(await azurite.SettingsAsync());

    internal override int Rounds => 10;
}

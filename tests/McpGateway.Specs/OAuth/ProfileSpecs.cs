using System.Net;
using McpGateway.Testing;

namespace McpGateway.Specs.OAuth;

/// <summary>Connections that have the rights of a profile of PROFILES.</summary>
public sealed class ProfileSpecs : IDisposable
{
    private const string Profiles = "team: deny=spec_write | look: read;tools=spec_read";

    private readonly string data = TemporaryFolder.Create("profile-spec-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task The_operator_chooses_a_profile_which_a_mistyped_secret_keeps()
    {
        await using var gateway = await StartAsync();
        var request = gateway.Request(await gateway.RegisterAsync());
        using var asked = await gateway.AskAsync(request);
        var page = await asked.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("value=\"full\" checked", page, StringComparison.Ordinal);
        Assert.Contains("Profile look <span class=\"soft\">(read;tools=spec_read)</span>", page, StringComparison.Ordinal);
        Assert.Contains("Profile team <span class=\"soft\">(deny=spec_write)</span>", page, StringComparison.Ordinal);

        using var wrong = await gateway.AnswerAsync(request, "wrong-secret-wrong-secret", more: ("access", "profile:team"));
        page = await wrong.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("value=\"profile:team\" checked", page, StringComparison.Ordinal);
        Assert.Equal(1, page.Split(" checked").Length - 1);
    }

    [Fact]
    public async Task An_app_finds_the_names_of_the_profiles_and_not_what_they_allow()
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.Http.GetAsync(new Uri("/.well-known/oauth-protected-resource", UriKind.Relative), Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("\"profiles_supported\":[\"look\",\"team\"]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("spec_", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("profile:team", "mcp", HttpStatusCode.OK, "whose rights are")]
    [InlineData("profile:look", "mcp:read", HttpStatusCode.Forbidden, "")]
    public async Task A_connection_has_the_rights_of_its_profile(string access, string scope, HttpStatusCode status, string told)
    {
        await using var gateway = await StartAsync();
        var tokens = await ConnectAsync(gateway, access);
        Assert.Equal(scope, tokens.Scope);
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
        using var refused = await gateway.SendCallAsync(tokens.Access, "spec_write");
        Assert.Equal(status, refused.StatusCode);
        var text = await refused.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("\"done\"", text, StringComparison.Ordinal);
        if (told.Length > 0)
        {
            Assert.Contains("profile=team (deny=spec_write)", text, StringComparison.Ordinal);
        }

        var next = await OAuthGateway.TokensAsync(tokens.ClientId, await gateway.RefreshAsync(tokens.ClientId, tokens.Refresh));
        using var again = await gateway.SendCallAsync(next.Access, "spec_write");
        Assert.DoesNotContain("\"done\"", await again.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains(
            await gateway.Gateway.ReadAuditAsync(),
            line =>
                line.Contains("consent_given", StringComparison.Ordinal)
                && line.Contains($"\"profile\":\"{access["profile:".Length..]}\"", StringComparison.Ordinal)
        );
        using var browser = await OperatorBrowser.SignInAsync(gateway.Gateway);
        Assert.Contains($"profile {access["profile:".Length..]} (", await browser.ReadAsync("/console/access"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("profile:other")]
    [InlineData("profile:")]
    [InlineData("everything")]
    public async Task An_access_that_does_not_exist_approves_nothing(string access)
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.AnswerAsync(gateway.Request(await gateway.RegisterAsync()), more: ("access", access));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }

    [Fact]
    public async Task An_app_that_asks_to_read_gets_no_writes_by_a_profile()
    {
        await using var gateway = await StartAsync();
        var tokens = await ConnectAsync(gateway, "profile:team", ("scope", "mcp:read"));
        Assert.Equal("mcp:read", tokens.Scope);
        Assert.Equal(HttpStatusCode.Forbidden, await gateway.CallAsync(tokens.Access, "spec_write"));
    }

    [Fact]
    public async Task A_connection_is_narrowed_to_a_profile_and_one_without_its_profile_is_refused()
    {
        Tokens tokens;
        await using (var gateway = await StartAsync())
        {
            tokens = await ConnectAsync(gateway, "full");
            using var browser = await OperatorBrowser.SignInAsync(gateway.Gateway);
            Assert.Contains("is narrowed: Profile team.", await browser.NarrowConnectionAsync("profile:team"), StringComparison.Ordinal);
            using var refused = await gateway.SendCallAsync(tokens.Access, "spec_write");
            Assert.Contains("profile=team", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
        }

        await using var after = await OAuthGateway.StartAsync(new Dictionary<string, string?> { ["DATA_PATH"] = data });
        Assert.Equal(HttpStatusCode.Unauthorized, await after.CallAsync(tokens.Access));
        Assert.Contains(
            after.Gateway.Logs.Lines,
            line => line.Contains("its profile team is not in PROFILES any more", StringComparison.Ordinal)
        );
        using var operatorAfter = await OperatorBrowser.SignInAsync(after.Gateway);
        Assert.Contains(
            "nothing: its profile team is not in PROFILES any more",
            await operatorAfter.ReadAsync("/console/access"),
            StringComparison.Ordinal
        );
    }

    private Task<OAuthGateway> StartAsync() =>
        OAuthGateway.StartAsync(new Dictionary<string, string?> { ["DATA_PATH"] = data, ["PROFILES"] = Profiles });

    private static async Task<Tokens> ConnectAsync(OAuthGateway gateway, string access, params (string, string?)[] changes)
    {
        var clientId = await gateway.RegisterAsync();
        using var answer = await gateway.AnswerAsync(gateway.Request(clientId, changes), more: ("access", access));
        return await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, OAuthGateway.QueryOf(answer)["code"]));
    }
}

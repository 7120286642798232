using System.Net;
using System.Text.Json;
using McpGateway.Testing;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.OAuth;

/// <summary>Grants and keys in the gateway's state: what disks, other processes and older releases do to it.</summary>
public sealed class StateSpecs : IDisposable
{
    private readonly string data = TemporaryFolder.Create("state-spec-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Dictionary<string, string?> Settings => new() { ["DATA_PATH"] = data };

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task A_gateway_without_a_login_makes_no_state()
    {
        await using var gateway = await SpecService.StartWithTokenAsync(("DATA_PATH", data));
        using var response = await gateway.PostAsync(SpecService.Call("echo", """{"text":"hi"}"""), SpecService.Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["audit.jsonl"], Directory.GetFiles(data).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_state_that_cannot_be_written_is_said_in_oauths_form_and_nothing_is_decided()
    {
        await using var gateway = await OAuthGateway.StartAsync(Settings);
        var clientId = await gateway.RegisterAsync();
        var tokens = await gateway.ConnectAsync();
        var code = await gateway.CodeAsync(gateway.Request(clientId));
        var file = Path.Combine(data, "state.db");
        File.Move(file, file + ".away");

        using var refused = await gateway.RedeemAsync(clientId, code);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("temporarily_unavailable", await OAuthGateway.ErrorOf(refused));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await gateway.CallAsync(tokens.Access));

        File.Move(file + ".away", file);
        await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, code));
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
    }

    [Fact]
    public async Task A_use_that_cannot_be_noted_does_not_stop_the_call()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var gateway = await OAuthGateway.StartAsync(Settings, time);
        var tokens = await gateway.ConnectAsync();
        await StateRows.RunAsync(data, "CREATE TRIGGER full BEFORE UPDATE ON grants BEGIN SELECT RAISE(ABORT, 'full'); END");
        time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
        Assert.Single(gateway.Gateway.Logs.Lines, line => line.Contains("was used last cannot be noted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_processes_on_one_file_redeem_a_code_once()
    {
        await using var one = await OAuthGateway.StartAsync(Settings);
        var clientId = await one.RegisterAsync();
        var request = one.Request(clientId);
        await one.ConnectAsync();
        await using var other = await OAuthGateway.StartAsync(Settings);
        for (var round = 0; round < 20; round++)
        {
            var code = await one.CodeAsync(request);
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? one : other).RedeemAsync(clientId, code)));
            var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
            Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.BadRequest));
            var tokens = await OAuthGateway.TokensAsync(clientId, winner);
            Assert.Equal(
                (HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized),
                (await one.CallAsync(tokens.Access), await other.CallAsync(tokens.Access))
            );
        }
    }

    [Fact]
    public async Task What_one_process_ends_the_other_refuses_within_a_second()
    {
        await using var one = await OAuthGateway.StartAsync(Settings);
        var tokens = await one.ConnectAsync();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var other = await OAuthGateway.StartAsync(Settings, time);
        Assert.Equal(HttpStatusCode.OK, await other.CallAsync(tokens.Access));
        using var revoked = await one.PostAsync(
            "/revoke",
            new Dictionary<string, string> { ["client_id"] = tokens.ClientId, ["token"] = tokens.Access }
        );
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await one.CallAsync(tokens.Access));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await other.CallAsync(tokens.Access));
    }

    [Fact]
    public async Task Files_of_an_older_release_are_taken_over_once_and_never_again()
    {
        Tokens tokens;
        await using (var before = await OAuthGateway.StartAsync(Settings))
        {
            tokens = await before.ConnectAsync();
        }

        await WriteFilesOfAnOlderReleaseAsync();
        await using (var after = await OAuthGateway.StartAsync(Settings))
        {
            Assert.Equal(HttpStatusCode.OK, await after.CallAsync(tokens.Access));
            tokens = await OAuthGateway.TokensAsync(tokens.ClientId, await after.RefreshAsync(tokens.ClientId, tokens.Refresh));
            Assert.False(Directory.Exists(Path.Combine(data, "oauth", "grants")));
            Assert.Equal(3, Directory.GetFiles(Path.Combine(data, "oauth", "grants.taken-over")).Length);
            Assert.Single(Directory.GetFiles(Path.Combine(data, "oauth", "keys.taken-over")));
            using var revoked = await after.PostAsync(
                "/revoke",
                new Dictionary<string, string> { ["client_id"] = tokens.ClientId, ["token"] = tokens.Refresh }
            );
        }

        // An older release has run in between, or somebody has put a backup there: what was ended stays ended.
        Directory.Move(Path.Combine(data, "oauth", "grants.taken-over"), Path.Combine(data, "oauth", "grants"));
        await StateRows.RunAsync(data, "DELETE FROM grants");
        await using var later = await OAuthGateway.StartAsync(Settings);
        Assert.Equal(HttpStatusCode.Unauthorized, await later.CallAsync(tokens.Access));
        Assert.Empty(await StateRows.ReadAsync(data, "SELECT id FROM grants"));
        Assert.True(Directory.Exists(Path.Combine(data, "oauth", "grants.taken-over")));
        Assert.Contains(later.Gateway.Logs.Lines, line => line.Contains("never are twice", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PRAGMA user_version=999", "newer release")]
    [InlineData("PRAGMA application_id=7", "not a gateway's state")]
    public async Task A_file_that_is_not_of_this_release_stops_the_start(string change, string told)
    {
        await using (var before = await OAuthGateway.StartAsync(Settings))
        {
            await before.ConnectAsync();
        }

        await StateRows.RunAsync(data, change);
        var refused = await Assert.ThrowsAnyAsync<Exception>(async () => await OAuthGateway.StartAsync(Settings));
        Assert.Contains(told, refused.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(await StateRows.ReadAsync(data, "SELECT id FROM grants"));
    }

    /// <summary>Moves what is in the state into files as they were, with one that a killed process left empty and one that is broken.</summary>
    private async Task WriteFilesOfAnOlderReleaseAsync()
    {
        var grants = Directory.CreateDirectory(Path.Combine(data, "oauth", "grants")).FullName;
        var keys = Directory.CreateDirectory(Path.Combine(data, "oauth", "keys")).FullName;
        var key = Assert.Single(await StateRows.ReadAsync(data, "SELECT content FROM keys"));
        await File.WriteAllTextAsync(Path.Combine(keys, "key-1.xml"), key, Cancellation);
        var grant = Assert.Single(await StateRows.ReadAsync(data, "SELECT content FROM grants"));
        var id = JsonElement.Parse(grant).GetProperty("id").GetString();
        await File.WriteAllTextAsync(Path.Combine(grants, $"{id}.json"), grant, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(grants, $"{Guid.NewGuid():N}.json"), "", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(grants, $"{Guid.NewGuid():N}.json"), "{\"id\":", Cancellation);
        foreach (var file in Directory.GetFiles(data, "state.db*"))
        {
            File.Delete(file);
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using EndToEnd.OAuth;
using McpGateway.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace EndToEnd.Instances;

/// <summary>Logins and budgets over four instances on one PostgreSQL, of which one instance and the database are killed meanwhile.</summary>
public sealed class StateInstanceSpecs
{
    private const int Instances = 4;
    private const int MostTurns = 20_000;
    private const string Redirect = "http://localhost:9/callback";
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_graph","arguments":{}}}""";

    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<string> wrong = new();
    private int logins;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_login_that_was_acknowledged_stays_when_an_instance_and_the_database_are_killed()
    {
        const int Apps = 20;
        await using var instances = await StateInstances.StartAsync(Instances);
        using var end = new CancellationTokenSource();
        var client = await OAuthProcess.RegisterAsync(instances[0], Redirect);
        var apps = Enumerable.Range(0, Apps).Select(app => LogInAsync(instances, client, app, end.Token)).ToList();
        try
        {
            await GoOnAsync();
            await instances.ReplaceAsync(1);
            await GoOnAsync();
            await instances.Postgres.KillAsync();
            await instances.Postgres.StartServerAsync();
            var before = logins;
            await Eventually.IsAsync(() => logins > before, "Nobody can log in any more.", Recovery);
            await GoOnAsync();
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(apps);
        }

        Assert.Empty(wrong);
        var stay = (await Task.WhenAll(apps)).SelectMany(login => login).ToList();
        Assert.True(stay.Count >= Apps, $"{stay.Count} logins are left of {logins}.");
        foreach (var (login, i) in stay.Select((login, i) => (login, i)))
        {
            var renewed = await RefreshAsync(instances[i], login);
            Assert.True(renewed.Status == HttpStatusCode.OK, $"{renewed.Status} {renewed.Text}");
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(instances[i + 1], TokenOf(renewed.Text, "access_token")));
        }
    }

    [Fact]
    public async Task A_budget_is_counted_to_the_call_also_when_the_database_is_killed()
    {
        const int Most = 1_200;
        await using var instances = await StateInstances.StartAsync(
            Instances,
            ("MCP_BEARER_TOKENS", $"n8n={StateInstances.Token};calls={Most}/day")
        );
        var ran = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 32)
                .Select(async caller =>
                {
                    // Until each instance says that the budget is used up.
                    for (var (turn, refused) = (caller, 0); refused < Instances && turn < caller + MostTurns; turn++)
                    {
                        using var response = await instances[turn].PostAsync(Call, StateInstances.Token, Cancellation);
                        var text = await response.Content.ReadAsStringAsync(Cancellation);
                        var hasRun = response.IsSuccessStatusCode && !text.Contains("\"isError\":true", StringComparison.Ordinal);
                        refused = !hasRun && text.Contains("is used up", StringComparison.Ordinal) ? refused + 1 : 0;
                        if (hasRun && Interlocked.Increment(ref ran) == Most / 2)
                        {
                            await instances.Postgres.KillAsync();
                            await instances.Postgres.StartServerAsync();
                        }
                    }
                })
        );
        Assert.Equal(Most, ran);
    }

    /// <summary>Logs in, calls and renews at instances in turn, again and again, until it is told to end.</summary>
    /// <returns>The logins whose last answer was heard.</returns>
    private async Task<List<Login>> LogInAsync(StateInstances instances, string client, int app, CancellationToken end)
    {
        var kept = new List<Login>();
        for (var turn = app; !end.IsCancellationRequested && turn < app + MostTurns; turn++)
        {
            // What became of a login that got no answer, nobody knows: the next one begins.
            try
            {
                var (status, query) = await OAuthProcess.ApproveAsync(instances[turn], client, Redirect);
                if (status != HttpStatusCode.Redirect || QueryHelpers.ParseQuery(query)["code"] is not [{ } code])
                {
                    continue;
                }

                var redeemed = await OAuthProcess.RedeemAsync(instances[turn + 1], client, Redirect, code);
                if (redeemed.Status != HttpStatusCode.OK)
                {
                    continue;
                }

                await CheckAsync(instances[turn + 2], redeemed);
                var renewed = await RefreshAsync(instances[turn + 3], new(client, TokenOf(redeemed.Text, "refresh_token")));
                if (renewed.Status != HttpStatusCode.OK)
                {
                    continue;
                }

                await CheckAsync(instances[turn], renewed);
                kept.Add(new(client, TokenOf(renewed.Text, "refresh_token")));
                Interlocked.Increment(ref logins);
            }
            catch (HttpRequestException)
            {
                // The instance was killed.
            }
        }

        return kept;
    }

    private async Task CheckAsync(GatewayProcess gateway, Answer tokens)
    {
        if (await StatusAsync(gateway, TokenOf(tokens.Text, "access_token")) is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            wrong.Enqueue("A token that was just given is not taken.");
        }
    }

    private async Task GoOnAsync()
    {
        var before = logins;
        await Eventually.IsAsync(() => logins > before + 20, "Logins stand still.");
    }

    private static async Task<HttpStatusCode> StatusAsync(GatewayProcess gateway, string token)
    {
        using var response = await gateway.PostAsync(Call, token, Cancellation);
        return response.StatusCode;
    }

    private static Task<Answer> RefreshAsync(GatewayProcess gateway, Login login) =>
        OAuthProcess.PostAsync(
            gateway,
            "/token",
            ("grant_type", "refresh_token"),
            ("client_id", login.Client),
            ("refresh_token", login.Refresh)
        );

    private static string TokenOf(string json, string name) => JsonElement.Parse(json).GetProperty(name).GetString()!;

    private sealed record Login(string Client, string Refresh);
}

using System.Net;
using McpGateway.Secrets;
using McpGateway.Specs.OAuth;
using McpGateway.Specs.Rights;
using McpGateway.Testing;

namespace McpGateway.Specs.State;

/// <summary>Instances that share their state in PostgreSQL: what one of them decides holds at all of them.</summary>
public abstract class SharedDatabaseSpecs(SharedDatabase database) : IAsyncLifetime
{
    // A right that ended at one instance has ended at all within this time.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly TemporaryFolder folder = new();
    private string url = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        url = await database.CreateAsync();
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_connection_made_at_one_works_at_all_and_ends_at_all()
    {
        await using var first = await OAuthGateway.StartAsync([new("STATE", url)]);
        await using var second = await OAuthGateway.StartAsync([new("STATE", url)]);
        var tokens = await first.ConnectAsync();
        Assert.Equal(HttpStatusCode.OK, await second.CallAsync(tokens.Access));

        var renewed = await OAuthGateway.TokensAsync(tokens.ClientId, await second.RefreshAsync(tokens.ClientId, tokens.Refresh));
        Assert.Equal(HttpStatusCode.OK, await first.CallAsync(renewed.Access));

        using var end = await first.PostAsync(
            "/revoke",
            new Dictionary<string, string> { ["client_id"] = tokens.ClientId, ["token"] = renewed.Refresh }
        );
        Assert.Equal(HttpStatusCode.OK, end.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await first.CallAsync(renewed.Access));
        await Eventually.IsAsync(
            async () => await second.CallAsync(renewed.Access) == HttpStatusCode.Unauthorized,
            "The second instance still takes the token of a connection that has ended.",
            Soon
        );
    }

    [Fact]
    public async Task Of_twenty_at_once_with_one_code_one_gets_tokens()
    {
        await using var first = await OAuthGateway.StartAsync([new("STATE", url)]);
        await using var second = await OAuthGateway.StartAsync([new("STATE", url)]);
        OAuthGateway[] instances = [first, second];
        var client = await first.RegisterAsync();
        for (var round = 0; round < 5; round++)
        {
            var code = await instances[round % 2].CodeAsync(first.Request(client));
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => instances[i % 2].RedeemAsync(client, code)));
            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_token_made_beside_them_works_at_all_until_it_is_ended()
    {
        var log = new UseLog();
        (string, string)[] settings = [("STATE", url), ("MCP_BEARER_TOKEN", SpecService.Token)];
        await using var first = await RightsService.StartAsync(log, null, settings);
        await using var second = await RightsService.StartAsync(log, null, settings);
        var (code, output, errors) = await RightsService.RunTokenAsync(folder.Path, ["add", "n8n", "--read"], settings);
        Assert.Equal((0, ""), (code, errors));
        foreach (var gateway in new[] { first, second })
        {
            await Eventually.IsAsync(
                async () => await StatusAsync(gateway, output.Trim()) == HttpStatusCode.OK,
                "A token that was made does not work.",
                Soon
            );
        }

        await RightsService.RunTokenAsync(folder.Path, ["end", "n8n"], settings);
        foreach (var gateway in new[] { first, second })
        {
            await Eventually.IsAsync(
                async () => await StatusAsync(gateway, output.Trim()) == HttpStatusCode.Unauthorized,
                "A token that was ended still works.",
                Soon
            );
        }
    }

    [Fact]
    public async Task A_budget_is_counted_to_the_call_over_all_of_them()
    {
        const int Most = 100;
        var log = new UseLog();
        (string, string)[] settings = [("STATE", url), ("MCP_BEARER_TOKENS", $"n8n={SpecService.Token};calls={Most}/day")];
        await using var first = await RightsService.StartAsync(log, null, settings);
        await using var second = await RightsService.StartAsync(log, null, settings);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => CallUntilRefusedAsync(i % 2 == 0 ? [first, second] : [second, first])));
        Assert.Equal(Most, log.Uses.Count);
    }

    [Fact]
    public async Task While_the_database_is_down_nobody_gets_in_by_it_and_the_health_says_why()
    {
        var log = new UseLog();
        (string, string)[] settings = [("STATE", url), ("MCP_BEARER_TOKEN", SpecService.Token)];
        await using var gateway = await RightsService.StartAsync(log, null, settings);
        var (_, output, _) = await RightsService.RunTokenAsync(folder.Path, ["add", "n8n"], settings);
        var token = output.Trim();
        await Eventually.IsAsync(async () => await StatusAsync(gateway, token) == HttpStatusCode.OK, "The token does not work.", Soon);

        await database.Server.KillAsync();
        await Eventually.IsAsync(
            async () => await StatusAsync(gateway, token) == HttpStatusCode.ServiceUnavailable,
            "A token is taken that cannot be looked up."
        );
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, SpecService.Token));
        using var ready = await gateway.Http.GetAsync("/health/ready", Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);

        // Whoever starts meanwhile lets in nobody without a token: some may have been made.
        await using (var open = await RightsService.StartAsync(log, null, ("STATE", url)))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(open, null));
        }

        await database.Server.StartServerAsync();
        await Eventually.IsAsync(async () => await StatusAsync(gateway, token) == HttpStatusCode.OK, "It does not come back by itself.");
    }

    [Theory]
    [InlineData("mysql://user:s3cret@localhost/x")]
    [InlineData("postgres://user:s3cret@localhost")]
    public async Task A_wrong_url_is_told_without_its_password(string wrong)
    {
        var refused = await Assert.ThrowsAsync<SettingException>(() => RightsService.StartAsync(new(), null, ("STATE", wrong)));
        Assert.Contains("STATE", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.Message, StringComparison.Ordinal);
    }

    private static async Task CallUntilRefusedAsync(IReadOnlyList<Gateway> gateways)
    {
        for (var (turn, refused) = (0, 0); refused < gateways.Count; turn++)
        {
            using var response = await gateways[turn % gateways.Count].PostAsync(SpecService.Call("add_book"), SpecService.Token);
            refused = (await response.ToolTextAsync()).StartsWith("done", StringComparison.Ordinal) ? 0 : refused + 1;
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(Gateway gateway, string? token)
    {
        using var response = await gateway.PostAsync(SpecService.Call("search_books"), token);
        return response.StatusCode;
    }
}

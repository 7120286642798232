using System.Net;
using System.Text.Json;
using EndToEnd.OAuth;
using McpGateway.Testing;

namespace EndToEnd.Instances;

/// <summary>
/// Two processes on one state in PostgreSQL: a right that was ended at one has ended at the other within 2 s, and a yes given at one counts at
/// the other.
/// </summary>
public sealed class EndedRightSpecs
{
    private const string Redirect = "http://localhost:9/callback";
    private const string Read = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_graph","arguments":{}}}""";
    private const string Delete =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete_entities","arguments":{"entityNames":["Anna"]}}}""";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Made_tokens_and_connections_of_apps_end_at_both()
    {
        await using var instances = await StateInstances.StartAsync(2, ("MCP_BEARER_TOKEN", StateInstances.Token));
        var made = (await TokenAsync(instances, "add", "n8n")).Trim();
        await BecomesAsync(instances, made, HttpStatusCode.OK);
        await TokenAsync(instances, "end", "n8n");
        await BecomesAsync(instances, made, HttpStatusCode.Unauthorized);

        var client = await OAuthProcess.RegisterAsync(instances[0], Redirect);
        var code = await OAuthProcess.CodeOfAsync(instances[1], client, Redirect);
        var tokens = JsonElement.Parse((await OAuthProcess.RedeemAsync(instances[0], client, Redirect, code)).Text);
        var access = tokens.GetProperty("access_token").GetString()!;
        await BecomesAsync(instances, access, HttpStatusCode.OK);
        var revoked = await OAuthProcess.PostAsync(
            instances[0],
            "/revoke",
            ("client_id", client),
            ("token", tokens.GetProperty("refresh_token").GetString()!)
        );
        Assert.Equal(HttpStatusCode.OK, revoked.Status);
        await BecomesAsync(instances, access, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_call_that_waits_at_one_runs_when_the_operator_says_yes_at_the_other_and_only_once()
    {
        await using var instances = await StateInstances.StartAsync(
            2,
            ("MCP_BEARER_TOKEN", StateInstances.Token),
            ("CONFIRM_DESTRUCTIVE", "page")
        );
        var waiting = CallAsync(instances[0], Delete);
        using var there = await OperatorBrowser.SignInAsync(instances[1].Url, OAuthProcess.Secret);
        await AnswerAsync(there, "allow");
        Assert.DoesNotContain("\"isError\":true", await waiting, StringComparison.Ordinal);

        // The yes is used up, at both.
        var again = CallAsync(instances[1], Delete);
        using var here = await OperatorBrowser.SignInAsync(instances[0].Url, OAuthProcess.Secret);
        await AnswerAsync(here, "refuse");
        Assert.Contains("The operator refused", await again, StringComparison.Ordinal);
    }

    private static async Task BecomesAsync(StateInstances instances, string token, HttpStatusCode expected)
    {
        for (var i = 0; i < 2; i++)
        {
            await Eventually.IsAsync(
                async () =>
                {
                    using var response = await instances[i].PostAsync(Read, token, Cancellation);
                    return response.StatusCode == expected;
                },
                $"Instance {i} does not come to {expected}.",
                Soon
            );
        }
    }

    private static async Task<string> CallAsync(GatewayProcess gateway, string call)
    {
        using var response = await gateway.PostAsync(call, StateInstances.Token, Cancellation);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    /// <summary>Runs <c>Memory token …</c> beside them.</summary>
    private static async Task<string> TokenAsync(StateInstances instances, params string[] arguments) =>
        (
            await RunningProcess.RunAsync(
                Repository.ProgramOf("Memory"),
                ["token", .. arguments],
                new Dictionary<string, string?>(instances.Settings) { ["DATA_PATH"] = instances[0].Folder },
                cancellationToken: Cancellation
            )
        ).Succeeded();

    /// <summary>Answers the call that waits, once one does.</summary>
    private static async Task AnswerAsync(OperatorBrowser browser, string answer)
    {
        const string approvals = "/console/approvals";
        var field = $"name=\"{answer}\" value=\"";
        var page = "";
        await Eventually.IsAsync(
            async () => (page = await browser.ReadAsync(approvals)).Contains(field, StringComparison.Ordinal),
            "The call is not shown at the other instance."
        );
        var call = WebUtility.HtmlDecode(page.Split(field)[1].Split('"')[0]);
        await browser.SubmitAsync(approvals, approvals, (answer, call));
    }
}

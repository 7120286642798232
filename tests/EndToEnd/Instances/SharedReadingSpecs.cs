using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EndToEnd.OAuth;
using McpGateway.Testing;

namespace EndToEnd.Instances;

/// <summary>
/// Two processes on one state in PostgreSQL: what was too long to send at one is read on at the other, whose console shows the calls of both.
/// </summary>
public sealed class SharedReadingSpecs
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_result_is_read_by_turns_and_every_console_shows_all_calls()
    {
        await using var instances = await StateInstances.StartAsync(
            2,
            ("MCP_BEARER_TOKEN", StateInstances.Token),
            ("ANSWER_TOKENS", "4000")
        );
        var text = string.Concat(Enumerable.Range(0, 4_000).Select(i => $"{i} Sätze "));
        await CallAsync(
            instances[0],
            "create_entities",
            new
            {
                entities = new[]
                {
                    new
                    {
                        name = "Large",
                        entityType = "t",
                        observations = new[] { text },
                    },
                },
            }
        );
        var part = await CallAsync(instances[0], "export_graph", new { });
        var read = new StringBuilder((string)part["observations"]![0]!);
        var parts = 1;
        for (; part["moreCursor"] is { } cursor; parts++)
        {
            part = await CallAsync(instances[parts], "read_more", new { cursor = (string)cursor! });
            foreach (var piece in part["continued"]!.AsArray())
            {
                Assert.Equal("$.observations[0]", (string)piece!["path"]!);
                Assert.Equal(read.Length, (int)piece["from"]!);
                read.Append((string)piece["value"]!);
            }
        }

        Assert.Equal(text, read.ToString());
        Assert.InRange(parts, 4, 100);

        for (var i = 0; i < 2; i++)
        {
            using var browser = await OperatorBrowser.SignInAsync(instances[i].Url, OAuthProcess.Secret);
            await Eventually.IsAsync(
                async () => (await browser.ReadAsync("/console/activity?event=calls")).Split("<tr data-id=").Length - 1 == parts + 1,
                $"The console of instance {i} does not show the calls of both."
            );
        }
    }

    private static async Task<JsonNode> CallAsync(GatewayProcess gateway, string tool, object arguments)
    {
        var call = JsonSerializer.Serialize(
            new
            {
                jsonrpc = "2.0",
                id = 1,
                method = "tools/call",
                @params = new { name = tool, arguments },
            }
        );
        using var response = await gateway.PostAsync(call, StateInstances.Token, Cancellation);
        var result = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["result"]!;
        Assert.NotEqual(true, (bool?)result["isError"]);
        return JsonNode.Parse((string)result["content"]![0]!["text"]!)!;
    }
}

using System.Collections.Concurrent;
using System.Text.Json;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;

namespace EndToEnd;

/// <summary>Clients that give up before Coda is done, and make the same call again, leave each row once.</summary>
public sealed class CodaOnceSpecs
{
    private const string Token = "caller-token-0123456789abcdef0123456789abcdef";
    private const string Doc = "/apis/v1/docs/AbCDeFGHij";

    [Theory]
    [InlineData("sdk-v1")]
    [InlineData("sdk-v2")]
    public async Task Twenty_writers_at_once_whose_time_is_over_leave_each_row_once(string sdk)
    {
        var calls = Enumerable.Range(1, 20).Select(n => new { name = "coda_upsert_rows", arguments = Rows("tasks", n, 1) });
        var (written, timeouts) = await WriteAsync(sdk, calls);
        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"Row {n}"), written);
        Assert.NotEqual(0, timeouts);
    }

    [Theory]
    [InlineData("sdk-v1")]
    [InlineData("sdk-v2")]
    public async Task A_large_import_whose_time_is_over_leaves_each_row_once(string sdk)
    {
        var (written, timeouts) = await WriteAsync(sdk, [new { name = "coda_upsert_rows", arguments = Rows("grid-1", 1, 2_000) }]);
        Assert.Equal(Enumerable.Range(1, 2_000).Select(n => $"Row {n}"), written);
        Assert.NotEqual(0, timeouts);
    }

    private static object Rows(string table, int first, int count) =>
        new
        {
            docId = "AbCDeFGHij",
            tableIdOrName = table,
            rows = Enumerable.Range(first, count).Select(n => new { Task = $"Row {n}" }),
        };

    /// <summary>The rows as they are in the end, and how often the client's time was over.</summary>
    private static async Task<(IReadOnlyList<string> Written, int Timeouts)> WriteAsync(string sdk, IEnumerable<object> calls)
    {
        await using var coda = await StubUpstream.StartAsync();
        var written = new ConcurrentQueue<string>();
        coda.On($"GET {Doc}/tables", """{"items":[{"id":"grid-1","name":"Tasks","tableType":"table"}]}""")
            .On($"GET {Doc}/tables/grid-1", """{"id":"grid-1","name":"Tasks","tableType":"table"}""")
            .On($"GET {Doc}/tables/grid-1/columns", """{"items":[{"id":"c-1","name":"Task","format":{"type":"text","isArray":false}}]}""")
            .On("GET /apis/v1/mutationStatus/r1", """{"completed":false}""")
            .On(
                $"POST {Doc}/tables/grid-1/rows",
                async context =>
                {
                    using var body = await JsonDocument.ParseAsync(context.Request.Body);
                    foreach (var row in body.RootElement.GetProperty("rows").EnumerateArray())
                    {
                        written.Enqueue(row.GetProperty("cells")[0].GetProperty("value").GetString()!);
                    }

                    context.Response.StatusCode = 202;
                    await context.Response.WriteAsync("""{"requestId":"r1"}""");
                }
            );
        await using var gateway = await GatewayProcess.StartAsync(
            "Coda",
            new Dictionary<string, string?>
            {
                ["MCP_BEARER_TOKEN"] = Token,
                ["CODA_API_TOKEN"] = "coda-token-of-the-test",
                ["CODA_API_BASE_URL"] = $"{coda.Url}/apis/v1",
                // Coda's pace and a client's patience, ten times as fast.
                ["CODA_LIMIT_CONTENT_WRITES"] = "3/1",
                ["CALL_DEADLINE_SECONDS"] = "20",
            }
        );
        var finished = await NodeProgram.RunClientAsync(
            "patient.mjs",
            [sdk, gateway.McpUrl.AbsoluteUri, Token],
            JsonSerializer.Serialize(new { timeout = 3_000, calls }),
            TestContext.Current.CancellationToken
        );
        using var told = JsonDocument.Parse(finished.Succeeded());
        return (
            [.. written.OrderBy(name => int.Parse(name[4..], System.Globalization.CultureInfo.InvariantCulture))],
            told.RootElement.GetProperty("timeouts").GetInt32()
        );
    }
}

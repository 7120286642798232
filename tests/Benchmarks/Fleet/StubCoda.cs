using System.Text.Json;
using McpGateway.Testing;

namespace Benchmarks.Fleet;

/// <summary>Coda's API as far as the sample calls need it: the pages of a doc, and a table of 25 rows.</summary>
internal static class StubCoda
{
    private const string Doc = "GET /apis/v1/docs/AbCDeFGHij";

    public static async Task<StubUpstream> StartAsync()
    {
        var api = await StubUpstream.StartAsync();
        return api.On(
                $"{Doc}/pages",
                Items(i => new
                {
                    id = $"canvas-{i}",
                    type = "page",
                    name = $"Plan of \"week {i}\"",
                    contentType = "canvas",
                    browserLink = $"https://coda.io/d/_dAbCDeFGHij/Plan_su{i}",
                    isHidden = false,
                    children = Array.Empty<object>(),
                })
            )
            .On(
                $"{Doc}/tables/grid-1x",
                """{"id":"grid-1x","type":"table","name":"Tasks","tableType":"table","displayColumn":{"id":"c-name","type":"column","href":"h"},"rowCount":25,"layout":"default"}"""
            )
            .On($"{Doc}/tables", """{"items":[{"id":"grid-1x","name":"Tasks","tableType":"table"}]}""")
            .On(
                $"{Doc}/tables/grid-1x/columns",
                """
                {"items":[{"id":"c-name","name":"Task","display":true,"format":{"type":"text","isArray":false}},
                          {"id":"c-done","name":"Done","format":{"type":"checkbox","isArray":false,"displayType":"check"}},
                          {"id":"c-due","name":"Due","format":{"type":"date","isArray":false,"format":"YYYY-MM-DD"}},
                          {"id":"c-owner","name":"Owner","format":{"type":"person","isArray":false}}]}
                """
            )
            .On(
                $"{Doc}/tables/grid-1x/rows",
                Items(i => new
                {
                    id = $"i-{i}",
                    type = "row",
                    name = $"Call number {i}",
                    index = i,
                    browserLink = $"https://coda.io/d/_dAbCDeFGHij#_tugrid-1/r{i}",
                    createdAt = "2026-01-01T00:00:00Z",
                    updatedAt = "2026-01-02T00:00:00Z",
                    values = new Dictionary<string, object>
                    {
                        ["c-name"] = $"```Call number {i}, about the \"offer\"```",
                        ["c-done"] = i % 2 == 0,
                        ["c-due"] = "2026-01-03",
                        ["c-owner"] = new Dictionary<string, string>
                        {
                            ["@type"] = "Person",
                            ["name"] = "Ann",
                            ["email"] = "ann@example.com",
                        },
                    },
                })
            );
    }

    private static string Items(Func<int, object> item) => JsonSerializer.Serialize(new { items = Enumerable.Range(1, 25).Select(item) });
}

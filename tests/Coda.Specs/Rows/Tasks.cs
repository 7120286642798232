namespace Coda.Specs.Rows;

/// <summary>A table of tasks with a column of every kind, on the spec's doc.</summary>
internal static class Tasks
{
    private const string Columns = """
        {"items":[
          {"id":"c-name","name":"Task","display":true,"format":{"type":"text","isArray":false}},
          {"id":"c-done","name":"Done","format":{"type":"checkbox","isArray":false,"displayType":"check"}},
          {"id":"c-due","name":"Due","format":{"type":"date","isArray":false,"format":"YYYY-MM-DD"}},
          {"id":"c-at","name":"At","format":{"type":"time","isArray":false}},
          {"id":"c-n","name":"Hours","format":{"type":"number","isArray":false,"precision":1}},
          {"id":"c-share","name":"Share","format":{"type":"percent","isArray":false}},
          {"id":"c-price","name":"Price","format":{"type":"currency","isArray":false,"currencyCode":"USD"}},
          {"id":"c-status","name":"Status","format":{"type":"select","isArray":false,"options":[{"name":"Open"},{"name":"Closed"}]}},
          {"id":"c-tags","name":"Tags","format":{"type":"select","isArray":true,"options":[{"name":"a"},{"name":"b"}]}},
          {"id":"c-owner","name":"Owner","format":{"type":"person","isArray":false}},
          {"id":"c-project","name":"Project","format":{"type":"lookup","isArray":true,"table":{"id":"grid-2x","type":"table","name":"Projects"}}},
          {"id":"c-parent","name":"Parent","format":{"type":"lookup","isArray":false,"table":{"id":"grid-2x","type":"table","name":"Projects"}}},
          {"id":"c-link","name":"Link","format":{"type":"link","isArray":false}},
          {"id":"c-img","name":"Picture","format":{"type":"image","isArray":true}},
          {"id":"c-calc","name":"Total","calculated":true,"formula":"1+1","format":{"type":"number","isArray":false}},
          {"id":"c-button","name":"Send","format":{"type":"button","isArray":false,"label":"Send"}},
          {"id":"c-dup1","name":"Twin","format":{"type":"text","isArray":false}},
          {"id":"c-dup2","name":"Twin","format":{"type":"brandNew","isArray":false}}]}
        """;

    public static async Task<CodaGateway> StartAsync(params (string Name, string? Value)[] settings) =>
        (await CodaGateway.StartAsync(settings))
            .OnDoc(
                "GET /tables",
                """{"items":[{"id":"grid-1x","name":"Tasks","tableType":"table"},{"id":"table-7x","name":"My tasks","tableType":"view"}]}"""
            )
            .OnDoc(
                "GET /tables/grid-1x",
                """{"id":"grid-1x","type":"table","name":"Tasks","tableType":"table","displayColumn":{"id":"c-name","type":"column","href":"h"},"rowCount":3,"layout":"default"}"""
            )
            .OnDoc(
                "GET /tables/grid-2x",
                """{"id":"grid-2x","type":"table","name":"Projects","tableType":"table","displayColumn":{"id":"c-title"}}"""
            )
            .OnDoc(
                "GET /tables/table-7x",
                """{"id":"table-7x","type":"table","name":"My tasks","tableType":"view","parentTable":{"id":"grid-1x","name":"Tasks"}}"""
            )
            .OnDoc("GET /tables/grid-1x/columns", Columns);

    /// <summary>And rows that can be read back when they are written.</summary>
    public static async Task<CodaGateway> StartWithRowsAsync(params (string Name, string? Value)[] settings) =>
        (await StartAsync(settings))
            .OnDoc("GET /tables/grid-1x/rows/i-1x", Row("i-1x"))
            .OnDoc("GET /tables/grid-1x/rows/i-2x", Row("i-2x"))
            .OnDoc("GET /tables/grid-1x/rows/i-3x", Row("i-3x"))
            .OnDoc("GET /tables/grid-1x/rows/i-5x", Row("i-5x"));

    /// <summary>A row as it is read back.</summary>
    private static string Row(string id) => $$"""{"id":"{{id}}","name":"T","values":{"c-name":"T","c-done":true,"c-calc":2,"c-n":""} }""";
}

using Coda.Specs.Rows;

namespace Coda.Specs;

/// <summary>Names that look like ids, and ids that look like names.</summary>
public sealed class LookalikeSpecs
{
    private const string Table = "\"docId\":\"AbCDeFGHij\",\"tableIdOrName\":\"grid-1x\"";

    [Theory]
    [InlineData("coda_get_page", "pageIdOrName", "canvas-prints", "pages", "canvas-7x")]
    [InlineData("coda_get_page", "pageIdOrName", "canvas-Übersicht 2", "pages", "canvas-7x")]
    [InlineData("coda_get_table", "tableIdOrName", "grid-layout", "tables", "grid-7x")]
    [InlineData("coda_get_table", "tableIdOrName", "table-tennis", "tables", "grid-7x")]
    [InlineData("coda_get_page", "pageIdOrName", "canvas-7", "pages", "canvas-7x")]
    [InlineData("coda_get_table", "tableIdOrName", "table-2", "tables", "grid-7x")]
    [InlineData("coda_get_table", "tableIdOrName", "table-A", "tables", "grid-7x")]
    [InlineData("coda_get_formula", "formulaIdOrName", "f-1", "formulas", "f-7x")]
    [InlineData("coda_get_control", "controlIdOrName", "ctrl-12", "controls", "ctrl-7x")]
    [InlineData("coda_get_formula", "formulaIdOrName", "f-score", "formulas", "f-7x")]
    [InlineData("coda_get_control", "controlIdOrName", "ctrl-alt-delete", "controls", "ctrl-7x")]
    public async Task A_name_that_begins_as_an_id_is_found(string tool, string parameter, string name, string kind, string id)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        coda.OnDoc($"GET /{kind}", $$"""{"items":[{"id":"other","name":"Other"},{"id":"{{id}}","name":"{{name}}"}]}""")
            .OnDoc($"GET /{kind}/{id}", $$"""{"id":"{{id}}","name":"{{name}}","value":1,"controlType":"slider"}""");
        Assert.Equal(
            id,
            (await coda.CallAsync(tool, $$"""{"docId":"AbCDeFGHij","{{parameter}}":"{{name}}"}""")).Json.GetProperty("id").GetString()
        );
    }

    [Theory]
    [InlineData("coda_get_page", "pageIdOrName", "canvas-prints", "pages")]
    [InlineData("coda_get_table", "tableIdOrName", "grid-layout", "tables")]
    public async Task Two_of_such_a_name_are_told_apart_by_their_ids(string tool, string parameter, string name, string kind)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc($"GET /{kind}", $$"""{"items":[{"id":"x-7","name":"{{name}}"},{"id":"x-8","name":"{{name}}"}]}""");
        Assert.Equal(
            $"{parameter}='{name}' is the name of 2: '{name}' (x-7), '{name}' (x-8). Give the id of one.",
            (await coda.CallAsync(tool, $$"""{"docId":"AbCDeFGHij","{{parameter}}":"{{name}}"}""")).Error
        );
    }

    [Theory]
    [InlineData("coda_get_page", "pageIdOrName", "canvas-prints", "pages")]
    [InlineData("coda_get_table", "tableIdOrName", "grid-layout", "tables")]
    public async Task An_id_that_looks_like_a_name_counts_before_a_name_and_also_where_lists_lag_behind(
        string tool,
        string parameter,
        string id,
        string kind
    )
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc($"GET /{kind}", $$"""{"items":[{"id":"{{id}}","name":"A"},{"id":"x-8","name":"{{id}}"}]}""")
            .OnDoc($"GET /{kind}", """{"items":[]}""")
            .OnDoc($"GET /{kind}/{id}", $$"""{"id":"{{id}}","name":"A"}""");
        for (var call = 0; call < 2; call++)
        {
            Assert.Equal(
                id,
                (await coda.CallAsync(tool, $$"""{"docId":"AbCDeFGHij","{{parameter}}":"{{id}}"}""")).Json.GetProperty("id").GetString()
            );
        }
    }

    [Theory]
    [InlineData("i-phone")]
    [InlineData("i-7")]
    public async Task A_row_whose_name_begins_as_an_id_is_written_by_its_id(string name)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        // Coda takes a name in the place of an id.
        coda.OnDoc($"GET /tables/grid-1x/rows/{name}", $$"""{"id":"i-5x","name":"{{name}}","values":{} }""")
            .OnDoc(ByName(name), $$"""{"items":[{"id":"i-5x","name":"{{name}}"}]}""")
            .OnApplied("PUT /tables/grid-1x/rows/i-5x");
        var written = await coda.CallAsync("coda_update_row", $$"""{{{Table}},"rowIdOrName":"{{name}}","cells":{"Done":true} }""");
        Assert.Equal("i-5x", written.Json.GetProperty("ids")[0].GetString());
    }

    [Theory]
    [InlineData("coda_update_row", "i-phone", ""","cells":{"Done":true}""")]
    [InlineData("coda_update_row", "i-7", ""","cells":{"Done":true}""")]
    [InlineData("coda_delete_row", "i-phone", "")]
    [InlineData("coda_delete_row", "i-7", "")]
    [InlineData("coda_push_button", "i-7", ""","columnIdOrName":"Send" """)]
    public async Task Of_two_rows_of_such_a_name_none_is_taken(string tool, string name, string arguments)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc($"GET /tables/grid-1x/rows/{name}", $$"""{"id":"i-5x","name":"{{name}}","values":{} }""")
            .OnDoc(ByName(name), $$"""{"items":[{"id":"i-5x","name":"{{name}}"},{"id":"i-6x","name":"{{name}}"}]}""");
        Assert.Equal(
            $"rowIdOrName='{name}' is the name of several rows of 'Tasks': i-5x, i-6x. Give the id of one.",
            (await coda.CallAsync(tool, $$"""{{{Table}},"rowIdOrName":"{{name}}"{{arguments}}}""")).Error
        );
        Assert.All(coda.Requests, request => Assert.StartsWith("GET", request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""[{"id":"i-5x","name":"i-7"}]""", null)]
    [InlineData("""[{"id":"i-5x","name":"i-7"},{"id":"i-6x","name":"i-7"}]""", "is the name of several rows of 'Tasks': i-5x, i-6x")]
    public async Task Rows_are_deleted_by_what_such_a_name_stands_for(string named, string? error)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("GET /tables/grid-1x/rows/i-7", """{"id":"i-5x","name":"i-7","values":{}}""")
            .OnDoc(ByName("i-7"), $$"""{"items":{{named}}}""")
            .OnApplied("DELETE /tables/grid-1x/rows", """{"requestId":"r1","rowIds":["i-1x","i-5x"]}""");
        var deleted = await coda.CallAsync("coda_delete_rows", $$"""{{{Table}},"rowIds":["i-1x","i-7"]}""");
        if (error is not null)
        {
            Assert.Contains(error, deleted.Error, StringComparison.Ordinal);
            Assert.All(coda.Requests, request => Assert.StartsWith("GET", request, StringComparison.Ordinal));
            return;
        }

        Assert.Equal("""["i-1x","i-5x"]""", deleted.Json.GetProperty("ids").GetRawText());
        Assert.Equal("""{"rowIds":["i-1x","i-5x"]}""", coda.Coda.Received.Single(request => request.Method == "DELETE").Text);
    }

    [Fact]
    public async Task A_row_id_that_looks_like_a_name_counts_before_a_name()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("GET /tables/grid-1x/rows/i-phone", """{"id":"i-phone","name":"A","values":{}}""");
        Assert.Equal(
            "i-phone",
            (await coda.CallAsync("coda_get_row", $$"""{{{Table}},"rowIdOrName":"i-phone"}""")).Json.GetProperty("id").GetString()
        );
    }

    [Theory]
    [InlineData("""[{"id":"i-9x","name":"i-phone"}]""", "")]
    [InlineData(
        """[{"id":"i-9x","name":"i-phone"},{"id":"i-8x","name":"i-phone"}]""",
        "is the name of several rows of 'Projects': i-9x, i-8x"
    )]
    [InlineData("[]", "no row has this id")]
    public async Task A_relation_to_a_row_of_such_a_name_is_found_too(string named, string error)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("GET /tables/grid-2x/rows/i-phone", "{}", 404)
            .OnDoc("GET /tables/grid-2x/rows", $$"""{"items":{{named}}}""")
            .OnApplied("PUT /tables/grid-1x/rows/i-1x");
        var written = await coda.CallAsync("coda_update_row", $$"""{{{Table}},"rowIdOrName":"i-1x","cells":{"Parent":"i-phone"} }""");
        if (error.Length > 0)
        {
            Assert.Contains(error, written.Error, StringComparison.Ordinal);
            return;
        }

        Assert.Contains("\"value\":\"i-9x\"", coda.Coda.Received.Single(request => request.Method == "PUT").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("product_description")]
    [InlineData("roadmap-v2")]
    [InlineData("2026-roadmap-v2")]
    [InlineData("Launch-plan-B")]
    public async Task A_doc_is_found_by_a_name_that_could_be_an_id_or_a_piece_of_a_link(string name)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs", $$"""{"items":[{"id":"AbCDeFGHij","name":"{{name}}"}]}""")
            .On("GET /docs/AbCDeFGHij", $$"""{"id":"AbCDeFGHij","name":"{{name}}"}""");
        Assert.Equal(name, (await coda.CallAsync("coda_get_doc", $$"""{"docId":"{{name}}"}""")).Json.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("Launch_dabcdefghij", "abcdefghij")]
    [InlineData("roadmap-v2", "roadmap-v2")]
    public async Task What_no_doc_is_called_is_an_id(string text, string id)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs", """{"items":[]}""").On($"GET /docs/{id}", $$"""{"id":"{{id}}","name":"A"}""");
        Assert.False((await coda.CallAsync("coda_get_doc", $$"""{"docId":"{{text}}"}""")).IsError);
    }

    private static string ByName(string name) => $"GET /tables/grid-1x/rows?query=c-name%3A%22{name}%22&valueFormat=simple&limit=5";
}

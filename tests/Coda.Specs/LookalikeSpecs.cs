using Coda.Specs.Rows;

namespace Coda.Specs;

/// <summary>Names that look like ids, and ids that look like names.</summary>
public sealed class LookalikeSpecs
{
    private const string Table = "\"docId\":\"AbCDeFGHij\",\"tableIdOrName\":\"grid-1\"";
    private const string ByName = "GET /tables/grid-1/rows?query=c-name%3A%22i-phone%22&valueFormat=simple&limit=5";

    [Theory]
    [InlineData("coda_get_page", "pageIdOrName", "canvas-prints", "pages", "canvas-7")]
    [InlineData("coda_get_page", "pageIdOrName", "canvas-Übersicht 2", "pages", "canvas-7")]
    [InlineData("coda_get_table", "tableIdOrName", "grid-layout", "tables", "grid-7")]
    [InlineData("coda_get_table", "tableIdOrName", "table-tennis", "tables", "grid-7")]
    [InlineData("coda_get_formula", "formulaIdOrName", "f-score", "formulas", "f-7")]
    [InlineData("coda_get_control", "controlIdOrName", "ctrl-alt-delete", "controls", "ctrl-7")]
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

    [Fact]
    public async Task A_row_whose_name_begins_as_an_id_is_written_by_its_id()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        // Coda takes a name in the place of an id.
        coda.OnDoc("GET /tables/grid-1/rows/i-phone", """{"id":"i-5","name":"i-phone","values":{}}""")
            .OnDoc(ByName, """{"items":[{"id":"i-5","name":"i-phone"}]}""")
            .OnApplied("PUT /tables/grid-1/rows/i-5");
        var written = await coda.CallAsync("coda_update_row", $$"""{{{Table}},"rowIdOrName":"i-phone","cells":{"Done":true} }""");
        Assert.Equal("i-5", written.Json.GetProperty("ids")[0].GetString());
    }

    [Theory]
    [InlineData("coda_update_row", ""","cells":{"Done":true}""")]
    [InlineData("coda_delete_row", "")]
    [InlineData("coda_push_button", ""","columnIdOrName":"Send" """)]
    public async Task Of_two_rows_of_such_a_name_none_is_taken(string tool, string arguments)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("GET /tables/grid-1/rows/i-phone", """{"id":"i-5","name":"i-phone","values":{}}""")
            .OnDoc(ByName, """{"items":[{"id":"i-5","name":"i-phone"},{"id":"i-6","name":"i-phone"}]}""");
        Assert.Equal(
            "rowIdOrName='i-phone' is the name of several rows of 'Tasks': i-5, i-6. Give the id of one.",
            (await coda.CallAsync(tool, $$"""{{{Table}},"rowIdOrName":"i-phone"{{arguments}}}""")).Error
        );
        Assert.All(coda.Requests, request => Assert.StartsWith("GET", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_id_that_looks_like_a_name_counts_before_a_name()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("GET /tables/grid-1/rows/i-phone", """{"id":"i-phone","name":"A","values":{}}""");
        Assert.Equal(
            "i-phone",
            (await coda.CallAsync("coda_get_row", $$"""{{{Table}},"rowIdOrName":"i-phone"}""")).Json.GetProperty("id").GetString()
        );
    }

    [Theory]
    [InlineData("""[{"id":"i-9","name":"i-phone"}]""", "")]
    [InlineData("""[{"id":"i-9","name":"i-phone"},{"id":"i-8","name":"i-phone"}]""", "is the name of several rows of 'Projects': i-9, i-8")]
    [InlineData("[]", "no row has this id")]
    public async Task A_relation_to_a_row_of_such_a_name_is_found_too(string named, string error)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("GET /tables/grid-2/rows/i-phone", "{}", 404)
            .OnDoc("GET /tables/grid-2/rows", $$"""{"items":{{named}}}""")
            .OnApplied("PUT /tables/grid-1/rows/i-1");
        var written = await coda.CallAsync("coda_update_row", $$"""{{{Table}},"rowIdOrName":"i-1","cells":{"Parent":"i-phone"} }""");
        if (error.Length > 0)
        {
            Assert.Contains(error, written.Error, StringComparison.Ordinal);
            return;
        }

        Assert.Contains("\"value\":\"i-9\"", coda.Coda.Received.Single(request => request.Method == "PUT").Text, StringComparison.Ordinal);
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
}

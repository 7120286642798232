using System.Text.Json;

namespace Coda.Specs;

/// <summary>Tables that are made of text.</summary>
public sealed class TableCreationSpecs
{
    [Theory]
    [InlineData("""["A",""]""", "columns[1] is empty")]
    [InlineData("""["A"," "]""", "columns[1] is empty")]
    [InlineData("""["A","A"]""", "each of them once")]
    public async Task A_table_needs_a_title_for_each_column(string columns, string said)
    {
        await using var coda = await CodaGateway.StartAsync();
        var refused = await coda.CallAsync(
            "coda_create_table",
            $$"""{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","columns":{{columns}}}"""
        );
        Assert.Contains(said, refused.Error, StringComparison.Ordinal);
        Assert.Empty(coda.Requests);
    }

    [Theory]
    [InlineData("*x* __init__ ~~no~~ `a`", @"\*x\* \_\_init\_\_ \~\~no\~\~ \`a\`")]
    [InlineData("<b>&amp;</b>", @"\<b\>\&amp;\</b\>")]
    [InlineData(@"a|b\", @"a\|b\\")]
    [InlineData("[a](https://b.example/c_d_e)", @"\[a\](https\://b.example/c\_d\_e)")]
    [InlineData("www.b.example/c_d", @"www\.b.example/c\_d")]
    [InlineData(":smile: $x$ ==y== Ä 日本 🚀", @"\:smile: \$x\$ \=\=y\=\= Ä 日本 🚀")]
    [InlineData("""# 1. "Don't" - 50%, a/b; 10:30 (x)? no!""", """# 1. "Don't" - 50%, a/b; 10:30 (x)? no!""")]
    [InlineData(" one line\n", "one line")]
    public async Task The_cells_of_a_new_table_are_no_markdown(string text, string drawn)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /tables", """{"items":[]}""").OnApplied("PUT /pages/canvas-1x");
        var said = JsonSerializer.Serialize(text);
        await coda.CallAsync(
            "coda_create_table",
            $$"""{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","columns":[{{said}},"B"],"rows":[{{{said}}:{{said}},"B":true}]}"""
        );
        var sent = JsonElement.Parse(coda.Coda.Received.Single(request => request.Method == "PUT").Text);
        Assert.Equal(
            $"| {drawn} | B |\n| --- | --- |\n| {drawn} | true |\n",
            sent.GetProperty("contentUpdate").GetProperty("canvasContent").GetProperty("content").GetString()
        );
    }

    [Theory]
    [InlineData("""["a\nb"]""", "[]", "columns[0] has several lines")]
    [InlineData("""["A","B"]""", """[{"A":"x"},{"B":"a\r\nb"}]""", "rows[1].B has several lines")]
    [InlineData("""["A","A "]""", "[]", "each of them once")]
    public async Task What_a_table_of_text_cannot_hold_is_refused(string columns, string rows, string said)
    {
        await using var coda = await CodaGateway.StartAsync();
        var refused = await coda.CallAsync(
            "coda_create_table",
            $$"""{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","columns":{{columns}},"rows":{{rows}}}"""
        );
        Assert.Contains(said, refused.Error, StringComparison.Ordinal);
        Assert.Empty(coda.Requests);
    }

    [Fact]
    public async Task A_table_that_is_not_listed_yet_is_not_to_be_created_again()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /tables", """{"items":[]}""").OnApplied("PUT /pages/canvas-1x");
        var made = await coda.CallAsync("coda_create_table", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","columns":["A"]}""");
        Assert.StartsWith("Coda does not list the new table yet", made.Json.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"c-1":"A b"},{"c-1":"*x*"},{"c-1":7}""", null)]
    [InlineData(
        """{"c-1":"A b"},{"c-1":"x"},{"c-1":7}""",
        "Coda shows otherwise than given: '*x*'. Mend these cells with coda_update_rows."
    )]
    [InlineData("", "Its cells could not be compared with what was given: look at them with coda_list_rows.")]
    public async Task A_text_that_a_new_table_shows_otherwise_is_told(string shown, string? told)
    {
        await using var coda = await CodaGateway.StartAsync();
        var rows =
            shown.Length == 0
                ? ""
                : $$"""{"id":"i-1x","values":{{shown.Replace("},", "}},{\"id\":\"i-2x\",\"values\":", StringComparison.Ordinal)}} }""";
        coda.OnDoc("GET /tables", """{"items":[]}""")
            .OnDoc("GET /tables", """{"items":[{"id":"grid-5x","name":"Table 1","tableType":"table"}]}""")
            .OnDoc("GET /tables/grid-5x/rows", $$"""{"items":[{{rows}}]}""")
            .OnApplied("PUT /pages/canvas-1x");
        var made = await coda.CallAsync(
            "coda_create_table",
            """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","columns":["A b"],"rows":[{"A b":"*x*"},{"A b":7},{"A b":""}]}"""
        );
        Assert.Equal("grid-5x", made.Json.GetProperty("tables")[0].GetProperty("id").GetString());
        Assert.Equal(
            $"{told} Its first row holds the titles. Columns are text until somebody changes them in Coda.".TrimStart(),
            made.Json.GetProperty("note").GetString()
        );
    }
}

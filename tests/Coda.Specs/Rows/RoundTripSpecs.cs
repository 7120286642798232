using System.Text.Json;

namespace Coda.Specs.Rows;

/// <summary>What reading a row gives can be written back, whatever its columns hold, and leaves them as they are.</summary>
public sealed class RoundTripSpecs
{
    private const string Person = """{"@context":"http://schema.org/","@type":"Person","name":"Bob Miller","email":"bob@example.com"}""";
    private const string Nameless = """{"@context":"http://schema.org/","@type":"Person","name":"Bob Miller"}""";
    private const string Relation =
        """{"@context":"http://schema.org/","@type":"StructuredValue","additionalType":"row","name":"Alpha","rowId":"i-7x","tableId":"grid-2x","url":"u","tableUrl":"u"}""";
    private const string Money = """{"@context":"http://schema.org/","@type":"MonetaryAmount","currency":"USD","amount":"12.50"}""";
    private const string Web = """{"@context":"http://schema.org/","@type":"WebPage","url":"https://x.example/a","name":"A"}""";
    private const string Image =
        """{"@context":"http://schema.org/","@type":"ImageObject","name":"a.png","url":"https://x.example/a.png","status":"live"}""";

    [Theory]
    [InlineData("text", false, "\"```plain```\"", "\"plain\"")]
    [InlineData("text", false, "\"**bold** text\"", "\"**bold** text\"")]
    [InlineData("canvas", false, "\"Line\"", "\"Line\"")]
    [InlineData("email", false, "\"ann@example.com\"", "\"ann@example.com\"")]
    [InlineData("person", false, Person, "\"bob@example.com\"")]
    [InlineData("person", false, Nameless, "\"bob@example.com\"")]
    [InlineData("person", true, $"[{Person},{Nameless}]", """["bob@example.com","bob@example.com"]""")]
    [InlineData("lookup", false, Relation, "\"i-7x\"")]
    [InlineData("lookup", true, $"[{Relation}]", """["i-7x"]""")]
    [InlineData("number", false, "12.5", "12.5")]
    [InlineData("percent", false, "0.5", "0.5")]
    [InlineData("currency", false, Money, "12.5")]
    [InlineData("slider", false, "3", "3")]
    [InlineData("scale", false, "4", "4")]
    [InlineData("checkbox", false, "true", "true")]
    [InlineData("date", false, "\"2026-11-23T00:00:00.000-08:00\"", "\"2026-11-23\"")]
    [InlineData("dateTime", false, "\"2026-11-23T14:30:00.000-08:00\"", "\"2026-11-23T14:30:00.000-08:00\"")]
    [InlineData("time", false, "\"1899-12-30T14:30:00.000-08:00\"", "\"1899-12-30T14:30:00.000-08:00\"")]
    [InlineData("duration", false, "\"2 hrs\"", "\"2 hrs\"")]
    [InlineData("link", false, Web, "\"https://x.example/a\"")]
    [InlineData("image", true, $"[{Image}]", """["https://x.example/a.png"]""")]
    [InlineData("imageReference", false, Image, "\"https://x.example/a.png\"")]
    [InlineData("attachments", true, $"[{Image}]", """["https://x.example/a.png"]""")]
    [InlineData("select", false, "\"Open\"", "\"Open\"")]
    [InlineData("select", true, """["Open","Done"]""", """["Open","Done"]""")]
    [InlineData("other", false, "\"x\"", "\"x\"")]
    public async Task A_cell_that_was_read_is_written_as_it_was(string type, bool isArray, string stored, string sent)
    {
        await using var coda = await CodaGateway.StartAsync();
        var format =
            $$"""{"type":"{{type}}","isArray":{{(isArray ? "true" : "false")}},"table":{"id":"grid-2x","name":"P"},"options":[{"name":"Open"},{"name":"Done"}]}""";
        coda.OnDoc("GET /tables/grid-1x/columns", $$"""{"items":[{"id":"c-1","name":"X","format":{{format}} }]}""")
            .OnDoc("GET /tables/grid-1x/rows/i-1x", $$"""{"id":"i-1x","values":{"c-1":{{stored}} } }""")
            .OnApplied("PUT /tables/grid-1x/rows/i-1x");
        if (type == "lookup")
        {
            coda.OnDoc("GET /tables/grid-2x/rows/i-7x", """{"id":"i-7x","values":{}}""");
        }

        if (stored.Contains(Nameless, StringComparison.Ordinal))
        {
            coda.OnDoc("GET /acl/principals/search", """{"users":[{"name":"Bob Miller","loginId":"bob@example.com"}],"groups":[]}""");
        }

        const string Row = "\"docId\":\"AbCDeFGHij\",\"tableIdOrName\":\"grid-1x\",\"rowIdOrName\":\"i-1x\"";
        var cells = (await coda.CallAsync("coda_get_row", $$"""{{{Row}}}""")).Json.GetProperty("cells");
        var written = (await coda.CallAsync("coda_update_row", $$"""{{{Row}},"cells":{{cells}} }""")).Json;
        Assert.Equal(
            sent,
            JsonDocument
                .Parse(coda.Coda.Received.Single(r => r.Method == "PUT").Body)
                .RootElement.GetProperty("row")
                .GetProperty("cells")[0]
                .GetProperty("value")
                .GetRawText()
        );
        Assert.Equal(cells.GetRawText(), written.GetProperty("rows")[0].GetProperty("cells").GetRawText());
    }
}

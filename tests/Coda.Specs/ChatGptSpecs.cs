using ModelContextProtocol.Protocol;

namespace Coda.Specs;

/// <summary>The two tools ChatGPT looks for, in its forms: https://developers.openai.com/api/docs/mcp.</summary>
public sealed class ChatGptSpecs
{
    [Fact]
    public async Task Search_finds_docs_and_pages_by_their_names_and_fetch_reads_them()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On(
                "GET /docs?query=plan&limit=10",
                """{"items":[{"id":"AbCDeFGHij","name":"Launch plan","browserLink":"https://coda.io/d/_dAbCDeFGHij"}]}"""
            )
            .On(
                "GET /docs?limit=10",
                """{"items":[{"id":"AbCDeFGHij","name":"Launch plan"},{"id":"KlMNoPQRst","name":"Notes"},{"id":"gone000000","name":"Gone"}]}"""
            )
            .On("GET /docs/AbCDeFGHij/pages?limit=100", """{"items":[{"id":"canvas-1x","name":"Goals"}]}""")
            .On(
                "GET /docs/KlMNoPQRst/pages?limit=100",
                """{"items":[{"id":"canvas-2x","name":"The Plan","browserLink":"https://coda.io/p"}]}"""
            )
            .On("GET /docs/gone000000/pages?limit=100", "{}", 404);
        var search = await coda.CallAsync("search", """{"query":"plan"}""");
        const string Found =
            """{"results":[{"id":"AbCDeFGHij","title":"Launch plan","url":"https://coda.io/d/_dAbCDeFGHij"},{"id":"KlMNoPQRst/canvas-2x","title":"Notes: The Plan","url":"https://coda.io/p"}]}""";
        Assert.Equal(Found, Assert.IsType<TextContentBlock>(Assert.Single(search.Result.Content)).Text);
        Assert.Equal(Found, search.Result.StructuredContent!.Value.GetRawText());

        coda.On(
                "GET /docs/KlMNoPQRst/pages/canvas-2x",
                """{"id":"canvas-2x","name":"The Plan","contentType":"canvas","browserLink":"https://coda.io/p"}"""
            )
            .On("POST /docs/KlMNoPQRst/pages/canvas-2x/export", """{"id":"e1","status":"inProgress"}""", 202)
            .On(
                "GET /docs/KlMNoPQRst/pages/canvas-2x/export/e1",
                $$"""{"id":"e1","status":"complete","downloadLink":"{{coda.Coda.Url}}/blob/1"}"""
            );
        coda.Coda.On("GET /blob/1", "# The Plan");
        var page = (await coda.CallAsync("fetch", """{"id":"KlMNoPQRst/canvas-2x"}""")).Json;
        Assert.Equal(
            """{"id":"KlMNoPQRst/canvas-2x","title":"The Plan","text":"# The Plan","url":"https://coda.io/p"}""",
            page.GetRawText()
        );

        coda.On("GET /docs/AbCDeFGHij", """{"id":"AbCDeFGHij","name":"Launch plan"}""");
        var doc = (await coda.CallAsync("fetch", """{"id":"AbCDeFGHij"}""")).Json;
        Assert.Contains("- Goals (id AbCDeFGHij/canvas-1x)", doc.GetProperty("text").GetString(), StringComparison.Ordinal);
    }
}

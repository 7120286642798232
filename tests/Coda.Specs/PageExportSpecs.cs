using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Protocol;
using static Coda.Specs.PageExports;

namespace Coda.Specs;

public sealed class PageExportSpecs
{
    [Fact]
    public async Task A_page_is_read_as_markdown_through_404_a_gzip_body_and_without_the_token()
    {
        await using var coda = await ExportingAsync();
        coda.OnDoc("GET /pages/canvas-1x/export/e1", "{}", 404)
            .OnDoc("GET /pages/canvas-1x/export/e1", """{"id":"e1","status":"complete","href":"h"}""")
            .OnDoc(
                "GET /pages/canvas-1x/export/e1",
                $$"""{"id":"e1","status":"inProgress","href":"h","downloadLink":"{{coda.Coda.Url}}/blob/1?sig=abc"}"""
            );
        coda.Coda.On("GET /blob/1", Gzip("# Plan\n\nText ü"));
        var page = (await coda.CallAsync("coda_get_page_content", Read)).Result;
        Assert.Equal(
            [
                "# Plan\n\nText ü",
                """{"content":"(text 1 of this result)","format":"markdown","offset":0,"totalChars":14,"complete":true}""",
            ],
            page.Content.Select(block => ((TextContentBlock)block).Text)
        );
        // Clients that know structured content show nothing else.
        Assert.Null(page.StructuredContent);
        var download = coda.Coda.Received.Single(r => r.Target.StartsWith("/blob", StringComparison.Ordinal));
        Assert.False(download.Headers.ContainsKey("Authorization"));
        Assert.Equal("""{"outputFormat":"markdown"}""", coda.Coda.Received.Single(r => r.Method == "POST").Text);
    }

    [Fact]
    public async Task A_gateway_that_stops_does_not_wait_for_an_export()
    {
        await using var coda = await ExportingAsync();
        coda.OnDoc("GET /pages/canvas-1x/export/e1", """{"id":"e1","status":"inProgress"}""");
        coda.Coda.OnReceived = request =>
        {
            if (request.Target.Split('?')[0].EndsWith("/e1", StringComparison.Ordinal))
            {
                coda.Gateway.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            }
        };
        Assert.Contains(
            "The gateway is being restarted, so this did not wait any longer. Export the page again",
            (await coda.CallAsync("coda_get_page_content", Read)).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_export_that_fails_or_never_ends_is_an_error()
    {
        await using var coda = await ExportingAsync();
        coda.OnDoc("GET /pages/canvas-1x/export/e1", """{"id":"e1","status":"failed","error":"Too big"}""")
            .OnDoc("GET /pages/canvas-1x/export/e1", """{"id":"e1","status":"inProgress"}""");
        Assert.Contains(
            "Coda could not export the page: Too big.",
            (await coda.CallAsync("coda_get_page_content", Read)).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "The export was not ready after 5 s.",
            (await coda.CallAsync("coda_get_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","waitSeconds":5}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_read_only_token_gets_plain_text_and_is_told_so()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages/canvas-1x", """{"id":"canvas-1x","name":"Plan","contentType":"canvas"}""")
            .OnDoc("POST /pages/canvas-1x/export", "{}", 403)
            .OnDoc("GET /pages/canvas-1x/content", """{"items":[{"id":"cl-1","itemContent":{"content":"One"}}],"nextPageToken":"t"}""")
            .OnDoc(
                "GET /pages/canvas-1x/content?pageToken=t",
                """{"items":[{"id":"cl-2"},{"id":"cl-3","itemContent":{"content":"Two"}}]}"""
            );
        var page = (await coda.CallAsync("coda_get_page_content", Read)).Json;
        Assert.Equal("One\n\nTwo", page.GetProperty("content").GetString());
        Assert.Equal("plainText", page.GetProperty("format").GetString());
        Assert.StartsWith("As plainText, because the token may not export", page.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("embed")]
    [InlineData("syncPage")]
    [InlineData("table")]
    public async Task A_page_that_cannot_be_exported_is_said_to_be_so_before_any_export(string type)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages/canvas-1x", $$"""{"id":"canvas-1x","name":"Plan","contentType":"{{type}}"}""");
        Assert.Contains(
            $"'Plan' is a page of type {type}, which Coda cannot export",
            (await coda.CallAsync("coda_get_page_content", Read)).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_long_page_is_read_on_without_another_export_and_past_its_end_there_is_nothing()
    {
        await using var coda = await ExportingAsync();
        coda.OnDoc("GET /pages/canvas-1x/export/e1", $$"""{"id":"e1","downloadLink":"{{coda.Coda.Url}}/blob/1"}""");
        coda.Coda.On("GET /blob/1", Text("abc😀def", 200));
        var parts = new List<string>();
        int? offset = 0;
        while (offset is { } at)
        {
            var part = (
                await coda.CallAsync(
                    "coda_get_page_content",
                    $$"""{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","maxChars":4,"offset":{{at}}}"""
                )
            ).Json;
            parts.Add(part.GetProperty("content").GetString()!);
            offset = part.TryGetProperty("nextOffset", out var next) ? next.GetInt32() : null;
        }

        Assert.Equal(["abc", "😀de", "f"], parts);
        Assert.Single(coda.Coda.Received, r => r.Method == "POST");
        var past = (
            await coda.CallAsync("coda_get_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","offset":99}""")
        ).Json;
        Assert.Equal(
            """{"content":"","format":"markdown","offset":99,"totalChars":8,"note":"offset is past the end: the content has 8 characters.","complete":true}""",
            past.GetRawText()
        );
    }

    [Theory]
    [InlineData("coda_append_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","content":"x","waitSeconds":0}""")]
    [InlineData("coda_delete_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","elementIds":["cl-1"],"waitSeconds":0}""")]
    public async Task After_a_write_the_rest_of_a_page_is_read_anew(string tool, string arguments)
    {
        await using var coda = await ExportingAsync();
        coda.OnDoc("GET /pages/canvas-1x/export/e1", $$"""{"id":"e1","downloadLink":"{{coda.Coda.Url}}/blob/1"}""")
            .OnDoc("GET /pages/canvas-1x/content", """{"items":[{"id":"cl-1","type":"line"}]}""")
            .OnDoc("PUT /pages/canvas-1x", """{"requestId":"r1","id":"canvas-1x"}""", 202)
            .OnDoc("DELETE /pages/canvas-1x/content", """{"requestId":"r1","id":"canvas-1x"}""", 202);
        coda.Coda.On("GET /blob/1", Text("abc def", 200)).On("GET /blob/1", Text("abc ghi", 200));
        Assert.Equal("abc ", await ReadFromAsync(coda, 0));
        Assert.False((await coda.CallAsync(tool, arguments)).IsError);
        Assert.Equal("ghi", await ReadFromAsync(coda, 4));
    }

    [Fact]
    public async Task A_page_in_another_format_is_another_export()
    {
        await using var coda = await ExportingAsync();
        coda.OnDoc("GET /pages/canvas-1x/export/e1", $$"""{"id":"e1","downloadLink":"{{coda.Coda.Url}}/blob/1"}""");
        coda.Coda.On("GET /blob/1", Text("# abc def", 200)).On("GET /blob/1", Text("<p>abc</p>", 200));
        Assert.Equal("# ab", await ReadFromAsync(coda, 0));
        Assert.Equal("abc<", await ReadFromAsync(coda, 3, "html"));
        Assert.Equal("c de", await ReadFromAsync(coda, 4));
    }

    private static async Task<string?> ReadFromAsync(CodaGateway coda, int offset, string format = "markdown") =>
        (
            await coda.CallAsync(
                "coda_get_page_content",
                $$"""{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","maxChars":4,"offset":{{offset}},"format":"{{format}}"}"""
            )
        )
            .Json.GetProperty("content")
            .GetString();

    [Fact]
    public async Task Exports_of_one_page_go_one_after_another()
    {
        await using var coda = await ExportingAsync();
        coda.OnDoc("GET /pages/canvas-1x/export/e1", $$"""{"id":"e1","downloadLink":"{{coda.Coda.Url}}/blob/1"}""");
        coda.Coda.On("GET /blob/1", Text("x", 200));
        await Task.WhenAll(
            coda.CallAsync("coda_get_page_content", Read),
            coda.CallAsync("coda_get_page_content", Read),
            coda.CallAsync("coda_get_page_content", Read)
        );
        var steps = coda
            .Coda.Received.Where(r => r.Method == "POST" || r.Target.StartsWith("/blob", StringComparison.Ordinal))
            .Select(r => r.Method);
        Assert.Equal(["POST", "GET", "POST", "GET", "POST", "GET"], steps);
    }

    [Fact]
    public async Task Several_pages_are_exported_as_links_to_read()
    {
        await using var coda = await ExportingAsync();
        coda.OnDoc(
                "GET /pages",
                """{"items":[{"id":"canvas-1x","name":"Plan"},{"id":"canvas-2x","name":"Below","parent":{"id":"canvas-1x"}},{"id":"canvas-3x","name":"Beside"}]}"""
            )
            .OnDoc("GET /pages/canvas-1x/export/e1", $$"""{"id":"e1","downloadLink":"{{coda.Coda.Url}}/blob/1"}""")
            .OnDoc("GET /pages/canvas-2x", """{"id":"canvas-2x","name":"Below","contentType":"embed"}""");
        coda.Coda.On("GET /blob/1", Text("# Plan", 200));
        var reply = await coda.CallAsync("coda_export_pages", """{"docId":"AbCDeFGHij","rootPageIdOrName":"Plan"}""");
        var items = reply.Json.GetProperty("items");
        Assert.Equal(
            """{"pageId":"canvas-1x","name":"Plan","uri":"coda://docs/AbCDeFGHij/pages/canvas-1x/markdown","format":"markdown","chars":6}""",
            items[0].GetRawText()
        );
        Assert.Contains("cannot export", items[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, items.GetArrayLength());
        Assert.False(reply.Json.GetProperty("complete").GetBoolean());
        var link = Assert.Single(reply.Result.Content.OfType<ModelContextProtocol.Protocol.ResourceLinkBlock>());
        var resource = await coda.Client.Mcp.ReadResourceAsync(link.Uri, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("# Plan", Assert.IsType<ModelContextProtocol.Protocol.TextResourceContents>(Assert.Single(resource.Contents)).Text);
    }

    [Fact]
    public async Task Pages_are_searched_by_name_and_by_text()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc(
                "GET /pages",
                """{"items":[{"id":"canvas-1x","name":"Launch plan","contentType":"canvas"},{"id":"canvas-2x","name":"Notes","contentType":"canvas"},{"id":"canvas-3x","name":"Web","contentType":"embed"}]}"""
            )
            .OnDoc(
                "GET /pages/canvas-2x/content",
                """{"items":[{"id":"cl-1","itemContent":{"content":"other"}},{"id":"cl-2","itemContent":{"content":"The LAUNCH is near, plan it"}}]}"""
            );
        var names = (await coda.CallAsync("coda_search_pages", """{"docId":"AbCDeFGHij","query":"plan launch"}""")).Json;
        Assert.Equal("""[{"id":"canvas-1x","name":"Launch plan"}]""", names.GetProperty("items").GetRawText());
        var all = (
            await coda.CallAsync("coda_search_pages", """{"docId":"AbCDeFGHij","query":"plan launch","includeContent":true}""")
        ).Json;
        Assert.Equal("The LAUNCH is near, plan it", all.GetProperty("items")[1].GetProperty("text").GetString());
        Assert.True(all.GetProperty("complete").GetBoolean());
    }
}

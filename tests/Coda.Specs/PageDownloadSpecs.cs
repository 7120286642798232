using System.IO.Compression;
using System.Text;
using static Coda.Specs.PageExports;

namespace Coda.Specs;

/// <summary>What is exported is fetched from a link that may be dead, cut short or lead elsewhere.</summary>
public sealed class PageDownloadSpecs
{
    [Fact]
    public async Task A_page_whose_compressed_text_is_cut_short_is_none()
    {
        await using var coda = await ExportingAsync();
        coda.OnDoc("GET /pages/canvas-1x/export/e1", $$"""{"id":"e1","downloadLink":"{{coda.Coda.Url}}/blob/1"}""");
        coda.Coda.On(
            "GET /blob/1",
            async context =>
            {
                var zipped = new MemoryStream();
                await using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
                {
                    await zip.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 5_000).Select(i => $"Line {i}"))));
                }

                context.Response.ContentType = "text/plain";
                context.Response.Headers.ContentEncoding = "gzip";
                await context.Response.Body.WriteAsync(zipped.GetBuffer().AsMemory(0, (int)zipped.Length / 2));
            }
        );
        Assert.StartsWith(
            "Coda returned 200 with an unexpected response: a compressed body that is broken",
            (await coda.CallAsync("coda_get_page_content", Read)).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_dead_link_is_asked_for_anew_and_its_xml_is_never_content()
    {
        await using var coda = await ExportingAsync();
        coda.OnDoc("GET /pages/canvas-1x/export/e1", $$"""{"id":"e1","downloadLink":"{{coda.Coda.Url}}/blob/1"}""");
        coda.Coda.On("GET /blob/1", Text("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", 403))
            .On("GET /blob/1", Text("<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>", 200))
            .On("GET /blob/1", Text("alive", 200));
        Assert.Equal("alive", (await coda.CallAsync("coda_get_page_content", Read)).Json.GetProperty("content").GetString());
        Assert.Equal(
            3,
            coda.Requests.Count(request => request.StartsWith($"GET /docs/AbCDeFGHij/pages/canvas-1x/export/e1", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_link_that_stays_dead_is_given_up()
    {
        await using var coda = await ExportingAsync();
        coda.OnDoc("GET /pages/canvas-1x/export/e1", $$"""{"id":"e1","downloadLink":"{{coda.Coda.Url}}/blob/1"}""");
        coda.Coda.On("GET /blob/1", Text("<?xml version=\"1.0\"?><Error/>", 403));
        Assert.Contains(
            "the download was refused 3 times (last: 403)",
            (await coda.CallAsync("coda_get_page_content", Read)).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("https://evilcoda.io/blob")]
    [InlineData("https://coda.io.evil.example/blob")]
    [InlineData("http://coda.io/blob")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    public async Task A_link_to_a_foreign_host_is_not_fetched(string link)
    {
        await using var coda = await ExportingAsync();
        coda.OnDoc("GET /pages/canvas-1x/export/e1", $$"""{"id":"e1","downloadLink":"{{link}}"}""");
        Assert.Contains(
            "is not a known download host",
            (await coda.CallAsync("coda_get_page_content", Read)).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_redirect_of_the_download_to_a_foreign_host_is_not_followed()
    {
        await using var coda = await ExportingAsync();
        coda.OnDoc("GET /pages/canvas-1x/export/e1", $$"""{"id":"e1","downloadLink":"{{coda.Coda.Url}}/blob/1"}""");
        coda.Coda.On("GET /blob/1", "{}", 302, ("Location", "https://evilcoda.io/x"));
        Assert.Contains(
            "https://evilcoda.io, which is not a known download host",
            (await coda.CallAsync("coda_get_page_content", Read)).Error,
            StringComparison.Ordinal
        );
    }
}

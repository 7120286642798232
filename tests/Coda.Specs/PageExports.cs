using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Coda.Specs;

/// <summary>A page that Coda exports, and what its link leads to.</summary>
internal static class PageExports
{
    public const string Read = """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x"}""";

    public static async Task<CodaGateway> ExportingAsync() =>
        (await CodaGateway.StartAsync(("CODA_TOOLSETS", "all")))
            .OnDoc("GET /pages/canvas-1x", """{"id":"canvas-1x","name":"Plan","contentType":"canvas"}""")
            .OnDoc("POST /pages/canvas-1x/export", """{"id":"e1","status":"inProgress","href":"h"}""", 202);

    public static Func<HttpContext, Task> Text(string text, int status) =>
        context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/plain";
            return context.Response.WriteAsync(text);
        };

    public static Func<HttpContext, Task> Gzip(string text) =>
        async context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync(Encoding.UTF8.GetBytes(text));
        };
}

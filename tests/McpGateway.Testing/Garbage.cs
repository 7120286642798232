using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Testing;

/// <summary>Responses that are a success by their status and that no API promises, as broken servers, proxies and login pages send them.</summary>
public static class Garbage
{
    private const string Json = "application/json";

    private static readonly byte[] Whole = Encoding.UTF8.GetBytes($$"""{"id":"a","name":"{{new string('n', 2_000)}}","items":[]}""");

    /// <summary>Every kind by its name.</summary>
    public static IReadOnlyDictionary<string, Func<HttpContext, Task>> Kinds { get; } =
        new Dictionary<string, Func<HttpContext, Task>>(StringComparer.Ordinal)
        {
            ["HTML"] = Text("<html><body>Sign in</body></html>", "text/html; charset=utf-8"),
            ["HTML without a type"] = Text("<!DOCTYPE html><html><body>Sign in</body></html>", type: null),
            ["HTML called JSON"] = Text("<html><body>Bad gateway</body></html>"),
            ["an empty HTML page"] = Text("", "text/html"),
            ["XML"] = Text("<?xml version=\"1.0\"?><Error/>", "application/xml"),
            ["plain text"] = Text("upstream connect error", "text/plain"),
            ["text called JSON"] = Text("upstream connect error"),
            ["an event stream"] = Text("data: {}\n\n", "text/event-stream"),
            ["a picture"] = Bytes([0x89, (byte)'P', (byte)'N', (byte)'G', 0, 1, 2, 255], "image/png"),
            ["null"] = Text("null"),
            ["true"] = Text("true"),
            ["a number"] = Text("0"),
            ["a text"] = Text("\"text\""),
            ["an empty text"] = Text("\"\""),
            ["NaN"] = Text("NaN"),
            ["an object without members"] = Text("{}"),
            ["a message"] = Text("""{"message":"ok"}"""),
            ["success alone"] = Text("""{"success":true}"""),
            ["success: false"] = Text("""{"success":false,"error":"Request timed out"}"""),
            ["an error under 200"] = Text("""{"error":"backend unavailable"}"""),
            ["errors that are a text"] = Text("""{"errors":"text"}"""),
            ["errors that are null"] = Text("""{"errors":[null]}"""),
            ["members that are null"] = Text("""{"id":null,"name":null,"status":null,"data":null,"items":null}"""),
            ["members of another kind"] = Text("""{"id":{},"name":[1],"status":7,"data":"x","items":7,"number":"x"}"""),
            ["members twice"] = Text("""{"id":"a","id":"b","name":"x","name":"y"}"""),
            ["items: null"] = Text("""{"items":null}"""),
            ["items: an object"] = Text("""{"items":{}}"""),
            ["items: a text"] = Text("""{"items":"none"}"""),
            ["items: [null]"] = Text("""{"items":[null]}"""),
            ["items: [1]"] = Text("""{"items":[1,2]}"""),
            ["items: [{}]"] = Text("""{"items":[{}]}"""),
            ["items: [[]]"] = Text("""{"items":[[]]}"""),
            ["items in another case"] = Text("""{"Things":[{"id":"a"}]}"""),
            ["data: null"] = Text("""{"data":null}"""),
            ["data: {}"] = Text("""{"data":{}}"""),
            ["data: a text"] = Text("""{"data":"x"}"""),
            ["data: [null]"] = Text("""{"data":[null]}"""),
            ["data: members that are null"] = Text("""{"data":{"repository":null,"node":null,"viewer":null,"holder":null}}"""),
            ["[null]"] = Text("[null]"),
            ["[{}]"] = Text("[{}]"),
            ["[1]"] = Text("[1,2]"),
            ["[[]]"] = Text("[[]]"),
            ["[text]"] = Text("""["a","b"]"""),
            ["an object that breaks off"] = Text("""{"id":"a","na"""),
            ["a list that breaks off"] = Text("""[{"id":"a"},{"id":"""),
            ["items that break off"] = Text("""{"items":[{"id":"a"},"""),
            ["two values"] = Text("{}{}"),
            ["single quotes"] = Text("{'id':'a'}"),
            ["nesting without end"] = Text(new string('[', 20_000)),
            ["a number too large"] = Text("""{"id":1e999,"number":99999999999999999999}"""),
            ["half a character"] = Text("""{"message":"\ud83d"}"""),
            ["bytes that are not UTF-8"] = Bytes([(byte)'{', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)':', (byte)'1', (byte)'}'], Json),
            ["UTF-16 without saying so"] = Bytes(Encoding.Unicode.GetBytes("""{"id":1}"""), Json),
            ["zeros"] = Bytes(new byte[64], Json),
            ["a charset that does not exist"] = Text("{}", "application/json; charset=bogus-1"),
            ["spaces"] = Text("  \r\n "),
            ["an empty body"] = Text(""),
            ["an empty body without a type"] = Text("", type: null),
            ["204"] = context =>
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            },
            ["broken gzip"] = Encoded("gzip", [0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]),
            ["no gzip"] = Encoded("gzip", Whole),
            ["gzip that breaks off"] = Encoded("gzip", Zipped()[..40]),
            ["broken brotli"] = Encoded("br", Whole),
            ["broken deflate"] = Encoded("deflate", Whole),
            ["an encoding that does not exist"] = Encoded("bogus", [1, 2, 3]),
            ["a body shorter than its length"] = async context =>
            {
                context.Response.ContentType = Json;
                context.Response.ContentLength = Whole.Length;
                await context.Response.Body.WriteAsync(Whole.AsMemory(0, 100));
                await context.Response.Body.FlushAsync();
                context.Abort();
            },
            ["a body that breaks off"] = async context =>
            {
                context.Response.ContentType = Json;
                await context.Response.Body.WriteAsync(Whole.AsMemory(0, 100));
                await context.Response.Body.FlushAsync();
                context.Abort();
            },
        };

    private static Func<HttpContext, Task> Text(string text, string? type = Json) => Bytes(Encoding.UTF8.GetBytes(text), type);

    private static Func<HttpContext, Task> Bytes(byte[] body, string? type) =>
        context =>
        {
            context.Response.ContentType = type;
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body).AsTask();
        };

    private static Func<HttpContext, Task> Encoded(string encoding, byte[] body) =>
        context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            return Bytes(body, Json)(context);
        };

    private static byte[] Zipped()
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Whole);
        }

        return zipped.ToArray();
    }
}

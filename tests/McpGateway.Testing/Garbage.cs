using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace McpGateway.Testing;

/// <summary>Responses that are a success by their status and that no API promises, as broken servers, proxies and login pages send them.</summary>
public static class Garbage
{
    private const string Json = "application/json";

    private static readonly byte[] Whole = Encoding.UTF8.GetBytes($$"""{"id":"a","name":"{{new string('n', 2_000)}}","items":[]}""");

    /// <summary>
    /// Kinds that every call meets with the same code, between the socket and whatever reads the body: what breaks off or is packed wrongly.
    /// </summary>
    public static IReadOnlySet<string> Broken { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "what is not HTTP",
            "two lengths",
            "a chunk of no length",
            "chunks cut short",
            "broken gzip",
            "no gzip",
            "gzip that breaks off",
            "broken brotli",
            "gzip in gzip, told once",
            "two encodings of which one is there",
            "broken deflate",
            "an encoding that does not exist",
            "a body shorter than its length",
            "a body that breaks off",
        };

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
            ["nesting of objects without end"] = Text(string.Concat(Enumerable.Repeat("""{"data":""", 10_000))),
            ["a list nested too deep in its items"] = Text($$"""{"items":[{"id":{{new string('[', 100)}}{{new string(']', 100)}}}]}"""),
            ["members twice, further in"] = Text("""{"data":{"a":1,"a":2},"items":[{"id":"a","id":"b"}]}"""),
            ["days that do not exist"] = Text(
                """{"id":"a","created_at":"2026-13-45T99:99:99Z","updatedAt":"0000-00-00","items":[{"createdAt":1e30}]}"""
            ),
            ["Infinity"] = Text("""{"id":Infinity,"number":-Infinity}"""),
            ["numbers beyond 64 bits"] = Text("""{"id":18446744073709551616,"number":-9223372036854775809,"total_count":1e400}"""),
            ["a comment"] = Text("/* cached */ {\"id\":\"a\"}"),
            ["a comma too many"] = Text("""{"items":[{"id":"a"},],}"""),
            ["lines of JSON"] = Text("""{"id":"a"}""" + "\n" + """{"id":"b"}""" + "\n"),
            ["a guard before JSON"] = Text(")]}',\n{\"id\":\"a\"}"),
            ["a call around JSON"] = Text("callback({\"id\":\"a\"});", "application/javascript"),
            ["a zero within a text"] = Text("{\"id\":\"a\\u0000b\",\"name\":\"\0\"}"),
            ["a byte order mark twice"] = Text("\uFEFF\uFEFF{\"id\":\"a\"}"),
            ["UTF-8 called UTF-16"] = Text("""{"id":"ä"}""", "application/json; charset=utf-16"),
            ["a type that cannot be read"] = Text("""{"message":"ok"}""", ";;=, application/json"),
            ["a number too large"] = Text("""{"id":1e999,"number":99999999999999999999}"""),
            ["half a character"] = Text("""{"message":"\ud83d"}"""),
            ["bytes that are not UTF-8"] = Bytes([(byte)'{', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)':', (byte)'1', (byte)'}'], Json),
            ["UTF-16 without saying so"] = Bytes(Encoding.Unicode.GetBytes("""{"id":1}"""), Json),
            ["zeros"] = Bytes(new byte[64], Json),
            ["a charset that does not exist"] = Text("{}", "application/json; charset=bogus-1"),
            ["spaces"] = Text("  \r\n "),
            ["an empty body"] = Text(""),
            ["an empty body without a type"] = Text("", type: null),
            ["a redirect to itself"] = Redirect(302, context => context.Request.GetEncodedPathAndQuery()),
            ["a redirect that keeps the method, to itself"] = Redirect(307, context => context.Request.GetEncodedPathAndQuery()),
            ["a redirect to another host"] = Redirect(302, _ => "https://elsewhere.example/x"),
            ["a redirect to another scheme"] = Redirect(308, _ => "file:///etc/passwd"),
            ["a redirect to nowhere"] = Redirect(301, _ => ""),
            ["a redirect that is no address"] = Redirect(307, _ => "//"),
            ["300"] = Status(StatusCodes.Status300MultipleChoices),
            ["304 unasked"] = Status(StatusCodes.Status304NotModified),
            ["205"] = Status(StatusCodes.Status205ResetContent),
            ["206"] = Status(StatusCodes.Status206PartialContent),
            ["299"] = Status(299),
            ["599"] = Status(599),
            ["a header of 80 kB"] = context =>
            {
                context.Response.Headers["X-Long"] = new string('x', 80_000);
                return Text("{}")(context);
            },
            ["what is not HTTP"] = Raw("SSH-2.0-OpenSSH_9.2\r\n"),
            ["a status alone"] = Raw("HTTP/1.1 200 OK\r\n"),
            ["two lengths"] = Raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\n{}"),
            ["a chunk of no length"] = Raw(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}"
            ),
            ["chunks cut short"] = Raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"i"),
            ["204"] = context =>
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            },
            ["broken gzip"] = Encoded("gzip", [0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]),
            ["no gzip"] = Encoded("gzip", Whole),
            ["gzip that breaks off"] = Encoded("gzip", Zipped(Whole)[..40]),
            ["broken brotli"] = Encoded("br", Whole),
            ["gzip in gzip, told once"] = Encoded("gzip", Zipped(Zipped(Whole))),
            ["two encodings of which one is there"] = Encoded("gzip, br", Zipped(Whole)),
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

    private static Func<HttpContext, Task> Status(int status) =>
        context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };

    private static Func<HttpContext, Task> Redirect(int status, Func<HttpContext, string> target) =>
        context =>
        {
            context.Response.Headers.Location = target(context);
            return Status(status)(context);
        };

    /// <summary>Bytes past the server, which would not send them.</summary>
    private static Func<HttpContext, Task> Raw(string response) =>
        async context =>
        {
            var output = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
            await output.WriteAsync(Encoding.ASCII.GetBytes(response));
            await output.CompleteAsync();
        };

    private static Func<HttpContext, Task> Encoded(string encoding, byte[] body) =>
        context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            return Bytes(body, Json)(context);
        };

    private static byte[] Zipped(byte[] body)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return zipped.ToArray();
    }
}

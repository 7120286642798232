using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace McpGateway.Upstream.Reading;

/// <summary>
/// Makes the text of a response readable before anything looks into it. JSON, and what a failure says, becomes
/// valid UTF-8, whatever its charset and with U+FFFD for halves of
/// characters: servers in JavaScript send those where they cut a text within an emoji (<c>\ud83e</c> alone), and .NET refuses a text with one as a
/// whole, and the response with it. HTML as a success is refused: no API of ours returns it, but proxies and login pages do, with 200.
/// </summary>
internal sealed class ResponseTextHandler(UpstreamApi api) : DelegatingHandler
{
    // \u and four digits.
    private const int EscapeLength = 6;

    private static readonly UTF8Encoding Lenient = new(encoderShouldEmitUTF8Identifier: false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var body = await WholeBody.OfAsync(response.Content, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            MakeValid(response, body);
            return response;
        }

        if (IsHtml(response, body))
        {
            using (response)
            {
                throw UnreadableResponse.Create(api, response, "HTML, as a proxy or a login page sends");
            }
        }

        if (body.Length == 0)
        {
            FillEmpty(request, response);
        }
        else if (IsJson(response, body))
        {
            if (!WantsJson(request) && (IsNested(body) || Parses(body)))
            {
                using (response)
                {
                    throw UnreadableResponse.Create(api, response, "JSON in place of what was asked for");
                }
            }

            MakeValid(response, body);
        }
        else if (EncodingOf(response) is null && response.Content.Headers.ContentType is { } type)
        {
            // What .NET does not know stops it from reading a text at all.
            type.CharSet = null;
        }

        return response;
    }

    private static void MakeValid(HttpResponseMessage response, byte[] body)
    {
        var text = ToUtf8(response, body);
        if (Repair(text) || !ReferenceEquals(text, body))
        {
            response.Content = WithHeadersOf(response.Content, text);
        }
    }

    /// <summary>
    /// 202 and 204 say all there is to say of a write: their empty body reads as an object without members. Any other is a blank, which cannot be read.
    /// Refit would take an empty body, and any of a 204, for null, and hand that on.
    /// </summary>
    private static void FillEmpty(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (WantsJson(request))
        {
            var isAcknowledged =
                request.Method != HttpMethod.Get && response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.NoContent;
            response.Content = new ByteArrayContent(isAcknowledged ? "{}"u8.ToArray() : " "u8.ToArray());
            UnreadableResponse.Remember(request, response.StatusCode);
            response.StatusCode = HttpStatusCode.OK;
        }
    }

    private static bool WantsJson(HttpRequestMessage request) =>
        request.Headers.Accept.Count == 0
        || request.Headers.Accept.Any(type =>
            type.MediaType is { } name && (name.EndsWith("json", StringComparison.Ordinal) || name == "*/*")
        );

    private static bool IsHtml(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        if (response.Content.Headers.ContentType?.MediaType is { } type)
        {
            return type.Equals("text/html", StringComparison.OrdinalIgnoreCase);
        }

        var start = Encoding.ASCII.GetString(body[..Math.Min(body.Length, 100)]).TrimStart();
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsJson(HttpResponseMessage response, ReadOnlySpan<byte> body) =>
        response.Content.Headers.ContentType?.MediaType is { } type
            ? type.EndsWith("json", StringComparison.OrdinalIgnoreCase)
            : IsNested(body);

    private static bool IsNested(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    private static bool Parses(byte[] body)
    {
        try
        {
            using var _ = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] ToUtf8(HttpResponseMessage response, byte[] body)
    {
        if (body.AsSpan().StartsWith(Encoding.UTF8.Preamble))
        {
            return body[Encoding.UTF8.Preamble.Length..];
        }

        if (Utf8.IsValid(body) && !body.AsSpan().Contains((byte)0))
        {
            return body;
        }

        using var reader = new StreamReader(
            new MemoryStream(body),
            EncodingOf(response) ?? Lenient,
            detectEncodingFromByteOrderMarks: true
        );
        return Lenient.GetBytes(reader.ReadToEnd());
    }

    /// <summary>The encoding that the response names; null where it names none, or one that does not exist.</summary>
    private static Encoding? EncodingOf(HttpResponseMessage response)
    {
        try
        {
            return response.Content.Headers.ContentType?.CharSet is { } charset ? Encoding.GetEncoding(charset.Trim('"')) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool Repair(byte[] json)
    {
        var isChanged = false;
        for (int at = 0, next; (next = json.AsSpan(at).IndexOf((byte)'\\')) >= 0; )
        {
            at += next;
            if (UnitAt(json, at) is not { } unit || !char.IsSurrogate(unit))
            {
                at = Math.Min(at + 2, json.Length);
            }
            else if (char.IsHighSurrogate(unit) && UnitAt(json, at + EscapeLength) is { } low && char.IsLowSurrogate(low))
            {
                at += 2 * EscapeLength;
            }
            else
            {
                "fffd"u8.CopyTo(json.AsSpan(at + 2));
                at += EscapeLength;
                isChanged = true;
            }
        }

        return isChanged;
    }

    /// <summary>What the escape there stands for, if it is one of a UTF-16 unit.</summary>
    private static char? UnitAt(ReadOnlySpan<byte> json, int at) =>
        json.Length >= at + EscapeLength
        && json[at] == '\\'
        && json[at + 1] == 'u'
        && Utf8Parser.TryParse(json.Slice(at + 2, 4), out ushort unit, out var digits, 'x')
        && digits == 4
            ? (char)unit
            : null;

    private static WholeBody WithHeadersOf(HttpContent content, byte[] body)
    {
        var changed = WholeBody.WithHeadersOf(content, body);
        if (changed.Headers.ContentType is { } type)
        {
            type.CharSet = null;
        }

        content.Dispose();
        return changed;
    }
}

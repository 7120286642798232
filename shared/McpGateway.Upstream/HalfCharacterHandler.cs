using System.Buffers.Text;

namespace McpGateway.Upstream;

/// <summary>
/// Puts U+FFFD for halves of characters in JSON: servers in JavaScript send them where they cut a text within an emoji
/// (<c>\ud83e</c> alone), and .NET refuses a text with one as a whole, and the response with it.
/// </summary>
internal sealed class HalfCharacterHandler : DelegatingHandler
{
    // \u and four digits.
    private const int EscapeLength = 6;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true)
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (Repair(body))
            {
                response.Content = WithHeadersOf(response.Content, body);
            }
        }

        return response;
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

    private static ByteArrayContent WithHeadersOf(HttpContent content, byte[] body)
    {
        var changed = new ByteArrayContent(body);
        foreach (var (name, values) in content.Headers)
        {
            changed.Headers.TryAddWithoutValidation(name, values);
        }

        content.Dispose();
        return changed;
    }
}

using System.Text;

namespace McpGateway.Upstream;

/// <summary>Some servers quote the credential they were sent, as in "invalid key: …": what a response says of it goes no further.</summary>
internal static class TokenMask
{
    // A shorter one could be a word of any text.
    private const int ShortestToken = 16;

    private static readonly byte[] Mask = "[token]"u8.ToArray();

    /// <summary>The body without the token that the request carried; the very same where it has none.</summary>
    public static byte[] Apply(HttpRequestMessage? request, byte[] body)
    {
        if (request?.Headers.Authorization?.Parameter is not { Length: >= ShortestToken } token)
        {
            return body;
        }

        var secret = Encoding.UTF8.GetBytes(token);
        if (body.AsSpan().IndexOf(secret) < 0)
        {
            return body;
        }

        using var masked = new MemoryStream(body.Length);
        var from = 0;
        for (int found; (found = body.AsSpan(from).IndexOf(secret)) >= 0; from += found + secret.Length)
        {
            masked.Write(body, from, found);
            masked.Write(Mask);
        }

        masked.Write(body, from, body.Length - from);
        return masked.ToArray();
    }
}

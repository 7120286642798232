using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace McpGateway.Http;

/// <summary>Reads a whole request body, up to a limit. Memory grows as bytes come: a claimed length alone takes none.</summary>
public static class RequestBody
{
    private const int FirstBuffer = 16 * 1024;

    /// <summary>How many times as large as the last the next buffer is: with 2, all of them together would be twice as large as the body.</summary>
    private const int Growth = 4;

    /// <param name="budget">Where bodies may be large: what all of them together may take.</param>
    /// <returns>The body, or null when it is larger than <paramref name="limit"/> bytes.</returns>
    /// <exception cref="BadHttpRequestException">The body is compressed, or there is no room for it at present.</exception>
    public static async Task<ArraySegment<byte>?> ReadAsync(HttpRequest request, int limit, BodyBudget? budget = null)
    {
        if (
            request.Headers.ContentEncoding is [{ Length: > 0 } coding, ..]
            && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw new BadHttpRequestException(
                $"Content-Encoding '{coding}' is not supported: send the body uncompressed.",
                StatusCodes.Status415UnsupportedMediaType
            );
        }

        LetServerDrain(request, limit);
        return request.ContentLength > limit ? null : await ReadToEndAsync(request, limit, budget);
    }

    /// <summary>
    /// Has the server take in, for some seconds after a refusal, what a client is still sending: a connection that is closed upon it is reset, and the
    /// client loses the refusal. The server does so where reading has begun and was not ended by its own limit; here the caller's counts.
    /// </summary>
    private static void LetServerDrain(HttpRequest request, int limit)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        // Who waits for leave to send has nothing on the way, and reading would be that leave.
        if (request.ContentLength > limit && request.Headers.Expect.Count == 0 && request.BodyReader.TryRead(out var read))
        {
            request.BodyReader.AdvanceTo(read.Buffer.Start);
        }
    }

    private static async Task<ArraySegment<byte>?> ReadToEndAsync(HttpRequest request, int limit, BodyBudget? budget)
    {
        // One byte more than there can be: where it is used, the body is too large.
        var most = (int)Math.Min(request.ContentLength ?? long.MaxValue, limit) + 1;
        var buffer = new byte[Math.Min(most, FirstBuffer)];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length <= BodyBudget.SmallBody && budget is not null && (long)Growth * length > BodyBudget.SmallBody)
                {
                    await budget.EnterAsync(request.HttpContext, most);
                }

                Array.Resize(ref buffer, (int)Math.Min((long)Growth * length, most));
            }

            var read = await request.Body.ReadAsync(buffer.AsMemory(length), request.HttpContext.RequestAborted);
            if (read == 0)
            {
                return new(buffer, 0, length);
            }

            length += read;
            if (length > limit)
            {
                return null;
            }
        }
    }
}

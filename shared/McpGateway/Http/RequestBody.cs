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

        if (request.ContentLength > limit)
        {
            return null;
        }

        // The caller's limit counts. One of the server's own would also end the reading, and with it what a refusal needs (UnreadBodyMiddleware).
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        return await ReadToEndAsync(request, limit, budget);
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

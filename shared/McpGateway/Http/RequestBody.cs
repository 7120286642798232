using Microsoft.AspNetCore.Http;

namespace McpGateway.Http;

/// <summary>Reads a whole request body, up to a limit.</summary>
public static class RequestBody
{
    /// <returns>The body, or null when it is larger than <paramref name="limit"/> bytes.</returns>
    public static async Task<ArraySegment<byte>?> ReadAsync(HttpRequest request, int limit)
    {
        try
        {
            return request.ContentLength > limit ? null : await ReadToEndAsync(request, limit);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            // The server's own limit, which counts the framing of chunks as well.
            return null;
        }
    }

    private static async Task<ArraySegment<byte>?> ReadToEndAsync(HttpRequest request, int limit)
    {
        var buffer = new byte[request.ContentLength ?? 4096];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (request.ContentLength == length)
                {
                    return new(buffer, 0, length);
                }

                Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, limit + 1L));
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

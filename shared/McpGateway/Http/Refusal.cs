using Microsoft.AspNetCore.Http;

namespace McpGateway.Http;

/// <summary>The body of an HTTP response that refuses: a short code, and a sentence that says what to do.</summary>
public sealed record Refusal(string Error, string Message)
{
    public static Task WriteAsync(HttpContext context, int status, string error, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new Refusal(error, message),
            ErrorJson.Readable.Refusal,
            cancellationToken: context.RequestAborted
        );
    }
}

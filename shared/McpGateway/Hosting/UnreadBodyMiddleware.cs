using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace McpGateway.Hosting;

/// <summary>
/// Has the server take in, for some seconds after an answer that did not need the body, what a client is still sending: a connection that is closed upon
/// it is reset, and the client loses the answer. Kestrel does so where reading has begun and was not ended by its own limit.
/// </summary>
internal sealed class UnreadBodyMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        // Who waits for leave to send has nothing on the way, and reading would be that leave.
        if (
            context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size
            && context.Request.Headers.Expect.Count == 0
        )
        {
            size.MaxRequestBodySize = null;
            if (context.Request.BodyReader.TryRead(out var read))
            {
                context.Request.BodyReader.AdvanceTo(read.Buffer.Start);
            }
        }
    }
}

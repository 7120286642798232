using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace McpGateway.Hosting;

/// <summary>The pipeline, built once, with what a function has to put right before a nested pipeline can run.</summary>
public sealed class FunctionPipeline(RequestDelegate pipeline, IHttpContextAccessor accessor)
{
    internal async Task InvokeAsync(HttpContext context, CancellationToken functionCancelled)
    {
        // functionTimeout then ends a call and not the worker.
        var clientGone = context.RequestAborted;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(clientGone, functionCancelled);
        context.RequestAborted = linked.Token;
        // A function runs beside the request's own flow, where the current activity is the request's.
        Activity.Current = context.Features.Get<IHttpActivityFeature>()?.Activity ?? Activity.Current;
        // Else the nested UseRouting keeps the outer endpoint.
        context.SetEndpoint(null);
        context.Request.RouteValues = new RouteValueDictionary();
        accessor.HttpContext = context;
        ReadToTheEndBeforeAnswering(context);
        try
        {
            await pipeline(context);
        }
        finally
        {
            accessor.HttpContext = null;
            context.RequestAborted = clientGone;
        }
    }

    // The host sends all of a body before it takes a response. One that comes earlier, such as a 413, makes it fail: 500, with pages of
    // stack trace. It bounds bodies at 100 MB by itself.
    private static void ReadToTheEndBeforeAnswering(HttpContext context)
    {
        var body = context.Request.Body;
        context.Response.OnStarting(async () =>
        {
            context.Response.Headers.Remove("Connection");
            await body.CopyToAsync(Stream.Null, context.RequestAborted);
        });
    }
}

using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Hosting;

// The only file that needs the Azure Functions worker packages: docs/decisions/0001-one-pipeline-behind-one-function.md

/// <summary>Starts the isolated worker with the same services as on Kestrel.</summary>
internal static class GatewayFunctionsHost
{
    public static Task RunAsync(string[] args, GatewayService service, Action<GatewayBuilder> addParts)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        builder.AddGateway(service, addParts, GatewayHostKind.FunctionsWorker);
        // The host has narrowed this to two headers when ASPNETCORE_FORWARDEDHEADERS_ENABLED is set on it.
        builder.Services.PostConfigure<ForwardedHeadersOptions>(forwarded => forwarded.ForwardedHeaders = ForwardedHeaders.All);
        builder.Services.AddSingleton(services => new FunctionPipeline(
            new ApplicationBuilder(services).UseGateway(GatewayHostKind.FunctionsWorker).Build(),
            services.GetRequiredService<IHttpContextAccessor>()
        ));
        return builder.Build().RunAsync();
    }
}

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
}

/// <summary>The only function: it takes every path and method and hands the request to the pipeline.</summary>
public sealed class GatewayFunction(FunctionPipeline pipeline)
{
    [Function("gateway")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request,
        FunctionContext function
    )
    {
        await pipeline.InvokeAsync(request.HttpContext, function.CancellationToken);
        return Results.Empty;
    }
}

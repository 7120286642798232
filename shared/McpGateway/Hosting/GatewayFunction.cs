using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Hosting;

// The only file that needs the Azure Functions worker packages: docs/decisions/0001-one-pipeline-behind-one-function.md

/// <summary>Starts the isolated worker with the same services as on Kestrel.</summary>
internal static class GatewayFunctionsHost
{
    public static async Task RunAsync(string[] args, GatewayService service, Action<GatewayBuilder> addParts)
    {
        // Settings are read once: no watch on a file for changes.
        var builder = FunctionsApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        builder.ConfigureFunctionsWebApplication();
        builder.AddGateway(service, addParts, GatewayHostKind.FunctionsWorker);
        // The host has narrowed this to two headers when ASPNETCORE_FORWARDEDHEADERS_ENABLED is set on it.
        builder.Services.PostConfigure<ForwardedHeadersOptions>(forwarded => forwarded.ForwardedHeaders = ForwardedHeaders.All);
        builder.Services.AddSingleton(services => new FunctionPipeline(
            new ApplicationBuilder(services).UseGateway(GatewayHostKind.FunctionsWorker).Build(),
            services.GetRequiredService<IHttpContextAccessor>()
        ));
        await using var tidying = GatewayHost.TidyUpOnceSettled();
        await builder.Build().RunAsync();
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

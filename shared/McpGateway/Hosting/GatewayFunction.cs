using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

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
        builder.Services.AddSingleton<IFunctionExecutor, GatewayExecutor>();
        using var housekeeping = Housekeeping.Start();
        var host = builder.Build();
        host.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.PrepareDataFolder();
        await host.RunAsync();
    }
}

/// <summary>The only function, as the host knows it: every path and method. What runs is <see cref="GatewayExecutor"/>.</summary>
public static class GatewayFunction
{
    [Function("gateway")]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request) =>
        throw new UnreachableException();
}

/// <summary>
/// Hands each request to the pipeline. The executor that the SDK generates makes an instance for each, and binds parameters that the pipeline
/// does not need.
/// </summary>
internal sealed class GatewayExecutor(FunctionPipeline pipeline) : IFunctionExecutor
{
    public async ValueTask ExecuteAsync(FunctionContext context)
    {
        await pipeline.InvokeAsync(context.GetHttpContext()!, context.CancellationToken);
        // Else the worker looks for a response among outputs.
        context.GetInvocationResult().Value = Results.Empty;
    }
}

using System.Net.Http.Headers;
using McpGateway.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Transforms;

namespace EndToEnd.Conformance;

/// <summary>
/// Adds a bearer to every request, because the suite cannot send one. Everything else passes as it came, Host and Origin
/// above all: whether they are checked is what one scenario is about.
/// </summary>
internal sealed class BearerProxy : IAsyncDisposable
{
    private readonly WebApplication app;

    private BearerProxy(WebApplication app) => this.app = app;

    public Uri McpUrl => new(new Uri(app.Urls.First()), "/mcp");

    public static async Task<BearerProxy> StartAsync(GatewayProcess gateway, string token)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        app.MapForwarder(
            "/{**path}",
            gateway.Url.GetLeftPart(UriPartial.Authority),
            proxy =>
                proxy
                    .AddOriginalHost()
                    .AddXForwarded(ForwardedTransformActions.Remove)
                    .AddRequestHeader("Authorization", new AuthenticationHeaderValue("Bearer", token).ToString(), append: false)
        );
        await app.StartAsync();
        return new(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

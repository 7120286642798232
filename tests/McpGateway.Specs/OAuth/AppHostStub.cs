using McpGateway.OAuth.Clients;
using McpGateway.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace McpGateway.Specs.OAuth;

/// <summary>
/// The hosts of apps are a stub at a loopback port, whatever their name: only the connection is made differently, everything above it is the
/// real thing.
/// </summary>
internal sealed class AppHostStub(string url) : IHttpMessageHandlerBuilderFilter
{
    public static Action<WebApplicationBuilder> At(StubUpstream host) =>
        builder => builder.Services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new AppHostStub(host.Url));

    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) =>
        builder =>
        {
            next(builder);
            if (builder.Name == AppHosts.HttpClientName && builder.PrimaryHandler is SocketsHttpHandler sockets)
            {
                sockets.ConnectCallback = null;
                builder.AdditionalHandlers.Add(new Redirecting(new Uri(url)));
            }
        };

    private sealed class Redirecting(Uri stub) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(stub, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}

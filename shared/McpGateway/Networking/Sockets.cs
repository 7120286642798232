using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Networking;

/// <summary>How a client of this program reaches the network.</summary>
public static class Sockets
{
    /// <summary>
    /// Gives a client sockets that last as long as the process, and their connections with them: a factory that makes new handlers now and then
    /// would only open connections anew. They follow no redirect and keep no cookie; an address that a name no longer has is left after some minutes.
    /// </summary>
    /// <param name="finish">What else its sockets are, or are wrapped in.</param>
    public static IHttpClientBuilder WithSockets(
        this IHttpClientBuilder client,
        Func<SocketsHttpHandler, IServiceProvider, HttpMessageHandler>? finish = null
    ) =>
        client
            .ConfigurePrimaryHttpMessageHandler(services =>
            {
                var sockets = new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    AutomaticDecompression = DecompressionMethods.All,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                    ConnectTimeout = TimeSpan.FromSeconds(10),
                };
                return finish?.Invoke(sockets, services) ?? sockets;
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
}

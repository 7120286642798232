using System.Net;
using System.Net.Sockets;

namespace McpGateway.Testing;

/// <summary>Ports for programs that have to be told one.</summary>
public static class FreePort
{
    /// <summary>A port of 127.0.0.1 that nobody listens at right now.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

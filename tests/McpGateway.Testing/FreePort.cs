using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace McpGateway.Testing;

/// <summary>Ports for programs that have to be told one.</summary>
public static class FreePort
{
    // Below those that the system gives to connections and to whoever asks for any: one of these stays free until the program is there.
    private const int First = 20_000;
    private const int Last = 32_000;

    private static readonly ConcurrentDictionary<int, bool> Given = [];

    /// <summary>A port of 127.0.0.1 that nobody listens at right now, another one each time.</summary>
    public static int Find()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (Given.TryAdd(port, true) && IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}

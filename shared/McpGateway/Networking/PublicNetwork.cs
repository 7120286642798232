using System.Net;
using System.Net.Sockets;

namespace McpGateway.Networking;

/// <summary>
/// Tells public addresses from others, and opens connections to them only. A name is resolved once and the connection goes to an address that was
/// checked, so that a second response of the name server (DNS rebinding) changes nothing.
/// </summary>
public sealed class PublicNetwork(ResolveHost resolve)
{
    // https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-special-registry; multicast and reserved as well.
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    // Azure's platform endpoint is a public address that works inside Azure only.
    private static readonly IPAddress AzurePlatform = new([168, 63, 129, 16]);

    // All of today's global IPv6; what lies outside embeds IPv4 addresses or is local.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether an address belongs to the public Internet, and to no special network.</summary>
    // IPNetwork counts an IPv4-mapped address as part of 2000::/3, so it is excluded explicitly.
    public static bool IsPublic(IPAddress address) =>
        !address.IsIPv4MappedToIPv6
        && (address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address))
        && !address.Equals(AzurePlatform)
        && !Array.Exists(NotPublic, network => network.Contains(address));

    /// <summary>The addresses of a host name; none unless every one of them is public.</summary>
    /// <exception cref="SocketException">The name cannot be resolved.</exception>
    public async Task<IPAddress[]> FindPublicAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await resolve(host, cancellationToken);
        return Array.TrueForAll(addresses, IsPublic) ? addresses : [];
    }

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="HttpRequestException">The host has no address, or one that is not public.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await FindPublicAsync(context.DnsEndPoint.Host, cancellationToken);
        if (addresses.Length == 0)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The host does not resolve to public addresses only.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace McpGateway.RateLimiting;

/// <summary>What counts as one client when there is only an address to go by.</summary>
public static class ClientNetwork
{
    // One IPv6 customer holds a whole /64.
    public static string Of(IPAddress? address) =>
        address switch
        {
            null => "unknown",
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
            { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
            _ => address.ToString(),
        };
}

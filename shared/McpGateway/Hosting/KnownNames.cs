using McpGateway.Networking;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace McpGateway.Hosting;

/// <summary>
/// The names of a service. A web page whose name was rebound to this machine still sends its own name as Host and
/// Origin, and is refused (DNS rebinding; the MCP transport specification demands the check).
/// </summary>
internal sealed class KnownNames
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private readonly HashSet<string> hosts = new(Loopback, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> origins = new(StringComparer.OrdinalIgnoreCase);

    public KnownNames(IOptions<GatewayOptions> options)
    {
        var gateway = options.Value;
        hosts.UnionWith(HostNames.Listed(gateway.AllowedHosts));
        hosts.UnionWith(HostNames.Listed(gateway.WebsiteHostname));
        origins.UnionWith(HostNames.Listed(gateway.AllowedOrigins).Select(o => o.TrimEnd('/')));
        if (gateway.PublicUri is { } url)
        {
            hosts.Add(url.Host);
            origins.Add(url.GetLeftPart(UriPartial.Authority));
        }
    }

    /// <summary>Whether the service accepts this host, on whatever port.</summary>
    public bool KnowsHost(HostString host) => host.HasValue && (hosts.Contains(host.Host) || hosts.Contains(host.Value));

    /// <summary>Whether a page of this origin may call: one of the service's own names, or an allowed one.</summary>
    public bool KnowsOrigin(string origin) =>
        origins.Contains(origin)
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && hosts.Contains(uri.Host));
}

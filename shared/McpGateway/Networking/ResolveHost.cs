using System.Net;

namespace McpGateway.Networking;

/// <summary>Finds the addresses of a host name.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

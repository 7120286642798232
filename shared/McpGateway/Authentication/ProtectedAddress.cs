namespace McpGateway.Authentication;

/// <summary>An address that callers alone may use, which an app may name as the resource of its tokens (RFC 8707).</summary>
/// <param name="Pattern">A pattern of routes.</param>
public sealed record ProtectedAddress(string Pattern);

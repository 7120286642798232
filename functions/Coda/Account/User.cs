using Coda.Upstream;

namespace Coda.Account;

/// <summary>The user whose token the gateway holds.</summary>
/// <param name="LoginId">The user's e-mail address.</param>
/// <param name="Scoped">Whether the token is restricted; Coda does not tell to what.</param>
public sealed record User(string Name, string LoginId, bool Scoped = false, string? TokenName = null, Reference? Workspace = null);

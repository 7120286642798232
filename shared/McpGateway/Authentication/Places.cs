namespace McpGateway.Authentication;

/// <summary>What of a service a caller is kept to by one right, such as <c>namespaces=work home</c>.</summary>
/// <param name="Right">The name of the right; a service has one at most (<see cref="PlaceRight"/>).</param>
/// <param name="Names">As they were written.</param>
public sealed record Places(string Right, IReadOnlyList<string> Names);

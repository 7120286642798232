namespace McpGateway.Authentication;

/// <summary>The right by which a service keeps callers to some of what it holds. The service itself holds them to it.</summary>
/// <param name="Name">As it is written before the names, such as <c>namespaces</c>.</param>
/// <param name="Form">What a name looks like, such as <c>a repository (owner/name)</c>.</param>
/// <param name="IsName">Whether a text has this form. Any other would open nothing, so that it stops the start.</param>
public sealed record PlaceRight(string Name, string Form, Func<string, bool> IsName);

namespace Coda.Upstream;

/// <summary>Another thing of Coda's, by id.</summary>
public sealed record Reference(string Id, string? Name = null);

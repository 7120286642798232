namespace McpGateway.Health;

/// <summary>What is left of something that a service behind the gateway limits, as it has told last.</summary>
/// <param name="What">What is limited, such as <c>Requests to api.github.com (core)</c>.</param>
/// <param name="Resets">When it begins anew; null where that is not known.</param>
public sealed record Remaining(string What, long Left, long? Limit, DateTimeOffset? Resets);

/// <summary>Looks up what is left, without asking anybody. A part that knows registers one.</summary>
public delegate IReadOnlyList<Remaining> RemainingLook();

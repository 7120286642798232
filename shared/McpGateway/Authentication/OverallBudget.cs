namespace McpGateway.Authentication;

/// <summary>What all callers of a gateway may use up together: the setting <c>BUDGET</c>.</summary>
public sealed record OverallBudget(IReadOnlyList<Limit> Limits);

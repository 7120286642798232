using McpGateway.Authentication;

namespace McpGateway.Tools.Budgets;

/// <summary>A limit that holds for a caller, and what it is counted in.</summary>
/// <param name="Owner">Whose limit it is, as an error names it.</param>
/// <param name="Pot">Null for a limit of each call, of which nothing is counted.</param>
internal sealed record Budget(string Owner, Limit Limit, Pot? Pot);

/// <summary>Everything that limits a caller, by what is counted.</summary>
internal sealed record Allowance(IReadOnlyList<Budget> Calls, IReadOnlyList<Budget> Tokens, IReadOnlyList<Budget> Credits)
{
    public static Allowance Unlimited { get; } = new([], [], []);

    /// <summary>Every budget that begins anew some time.</summary>
    public IReadOnlyList<Budget> Counted { get; } = [.. Calls, .. Tokens, .. Credits.Where(budget => budget.Pot is not null)];

    public bool IsUnlimited => Counted.Count == 0 && Credits.Count == 0;
}

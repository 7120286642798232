using McpGateway.Testing;

namespace EndToEnd.Conformance;

/// <summary>One run of the suite.</summary>
internal sealed record SuiteRun(Finished Process, IReadOnlyList<Scenario> Scenarios)
{
    /// <summary>What decides whether the server conforms.</summary>
    public IEnumerable<Scenario> Required => Scenarios.Where(s => s.NotScoredBecause is null);

    /// <summary>What the suite runs for information: extensions, and what came after the revision.</summary>
    public IEnumerable<Scenario> NotScored => Scenarios.Where(s => s.NotScoredBecause is not null);

    public Scenario this[string name] => Scenarios.Single(s => s.Name == name);
}

/// <summary>One scenario of a run.</summary>
/// <param name="NotScoredBecause">Why it does not count, such as <c>extension</c>; null when it does.</param>
internal sealed record Scenario(string Name, string? NotScoredBecause, IReadOnlyList<Check> Checks)
{
    public IEnumerable<Check> Failures => Checks.Where(c => c.Status == "FAILURE");

    public IEnumerable<Check> Warnings => Checks.Where(c => c.Status == "WARNING");

    public int Passed => Checks.Count(c => c.Status == "SUCCESS");
}

/// <summary>One requirement a scenario looked at.</summary>
/// <param name="Status">SUCCESS, FAILURE, WARNING, SKIPPED or INFO.</param>
internal sealed record Check(string Id, string Status, string? ErrorMessage = null);

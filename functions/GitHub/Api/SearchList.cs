namespace GitHub.Api;

/// <summary>What GitHub's searches return.</summary>
/// <param name="TotalCount">Null where the operator's lists keep it back.</param>
internal sealed record SearchList<T>(long? TotalCount, bool IncompleteResults, IReadOnlyList<T> Items);

namespace Coda.Mutations;

/// <summary>What is known of a write.</summary>
/// <param name="Outcome">applied: visible in the doc. pending: accepted, not seen applied yet. accepted: Coda reports no more. done: finished at once.</param>
/// <param name="RequestId">For coda_get_mutation_status; the last one, where the write took several.</param>
/// <param name="Ids">The ids of what was created or changed.</param>
public sealed record WriteResult(
    string Outcome,
    string? RequestId = null,
    IReadOnlyList<string>? Ids = null,
    string? Warning = null,
    string? Note = null
)
{
    /// <summary>A write that Coda finishes before it responds.</summary>
    public static WriteResult Done(params string[] ids) => new("done", Ids: ids.Length == 0 ? null : ids);
}

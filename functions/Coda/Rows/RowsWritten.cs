using Coda.Mutations;

namespace Coda.Rows;

/// <summary>What is known of a write of rows.</summary>
/// <param name="Outcome">applied, pending or accepted, as of other writes. partial: go on with continueFrom.</param>
/// <param name="RequestId">For coda_get_mutation_status; the last one, where the write took several.</param>
/// <param name="Ids">The rows' ids.</param>
/// <param name="ContinueFrom">How many rows are sent: call again with the same rows and this.</param>
/// <param name="Rows">As they are now, formulas included; of few rows.</param>
/// <param name="Failed">Rows that Coda refused.</param>
public sealed record RowsWritten(
    string Outcome,
    string? RequestId = null,
    IReadOnlyList<string>? Ids = null,
    string? Warning = null,
    string? Note = null,
    int? ContinueFrom = null,
    IReadOnlyList<Row>? Rows = null,
    IReadOnlyList<FailedRow>? Failed = null
)
{
    internal static RowsWritten Of(WriteResult written, Batch? batch = null) =>
        new(
            batch?.ContinueFrom is null ? written.Outcome : "partial",
            written.RequestId,
            written.Ids,
            written.Warning,
            string.Join(" ", new[] { batch?.Note, written.Note }.OfType<string>()) is { Length: > 0 } note ? note : null,
            batch?.ContinueFrom
        );
}

/// <summary>A row that was not written.</summary>
public sealed record FailedRow(string Row, string Error);

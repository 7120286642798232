using Refit;

namespace Coda.Mutations;

/// <summary>https://coda.io/developers/apis/v1#tag/Miscellaneous/operation/getMutationStatus</summary>
internal interface IMutationsApi
{
    [Get("/mutationStatus/{requestId}")]
    Task<MutationStatus> GetStatusAsync(string requestId, CancellationToken cancellationToken);
}

/// <summary>Where a write stands. There is no failed: one that never takes effect stays incomplete.</summary>
/// <param name="Calls">The calls that wrote it, the last first.</param>
public sealed record MutationStatus(bool Completed, string? Warning = null, string? Note = null, IReadOnlyList<CallRecord>? Calls = null);

/// <summary>Coda's response to a write it accepted.</summary>
internal sealed record Accepted(
    string? RequestId = null,
    string? Id = null,
    string[]? RowIds = null,
    string[]? AddedRowIds = null,
    string? RowId = null
);

using System.Text.Json;
using Coda.Writes;
using ModelContextProtocol.Protocol;

namespace Coda.Mutations;

/// <summary>A call that wrote, of the last day.</summary>
/// <param name="State">running, ended or failed.</param>
/// <param name="Heard">Whether its caller surely got the response.</param>
/// <param name="Result">What it returned.</param>
public sealed record CallRecord(
    string Tool,
    DateTimeOffset StartedAt,
    string State,
    bool Heard,
    string? RequestId = null,
    IReadOnlyDictionary<string, JsonElement>? Result = null,
    string? Error = null
)
{
    internal static CallRecord Of(JournalEntry entry) =>
        new(
            entry.Tool,
            entry.Started,
            !entry.HasEnded ? "running"
                : entry.Result?.IsError == true ? "failed"
                : "ended",
            entry.HasEnded && !entry.MayBeUnheard,
            entry.RequestId,
            entry.Result?.StructuredContent is { ValueKind: JsonValueKind.Object } content
                ? content.EnumerateObject().ToDictionary(member => member.Name, member => member.Value)
                : null,
            entry.Result is { IsError: true } failed
                ? string.Join('\n', failed.Content.OfType<TextContentBlock>().Select(text => text.Text))
                : null
        );
}

using System.Text.Json;
using System.Text.Json.Serialization;
using McpGateway.Console.Overview;
using McpGateway.State.Activities;
using McpGateway.Text;

namespace McpGateway.Console.Chat;

/// <summary>What was called, for a view inside the chat.</summary>
/// <param name="Caller">Whose calls; null for everybody's.</param>
/// <param name="Title">The time it is of, such as <c>last 24 hours</c>.</param>
/// <param name="Each">What a column stands for, such as <c>by hour</c>.</param>
/// <param name="KeptDays">For how many days calls are kept, where it is fewer than were asked for.</param>
/// <param name="Errors">The calls that failed or were refused.</param>
/// <param name="Median">Half of the calls took at most so long, in milliseconds; null without a call.</param>
/// <param name="Slow">95% of them.</param>
/// <param name="Credits">What they cost at the vendor; null where nothing does.</param>
/// <param name="Columns">An hour or a day each, the oldest first.</param>
/// <param name="Callers">Who called; null where it is one caller.</param>
/// <param name="Newest">The newest first.</param>
internal sealed record ActivityReport(
    string? Caller,
    int Days,
    string Title,
    string Each,
    int? KeptDays,
    long Calls,
    long Errors,
    double? Median,
    double? Slow,
    long Tokens,
    long? Credits,
    IReadOnlyList<ReportColumn> Columns,
    IReadOnlyList<ReportShare> Tools,
    IReadOnlyList<ReportShare>? Callers,
    IReadOnlyList<ReportCall> Newest
)
{
    private const int MostShares = 12;

    public static ActivityReport Of(
        string? caller,
        Span span,
        IReadOnlyList<SpanColumn> columns,
        ActivityTotals totals,
        IReadOnlyList<ActivityEvent> newest,
        bool spendsCredits,
        TimeSpan kept
    )
    {
        var all = columns.Aggregate(ActivitySum.None, (sum, column) => sum + column.Sum);
        var days = span.Days;
        return new(
            caller,
            days,
            span.Title,
            span.Each,
            kept.TotalDays < days ? (int)kept.TotalDays : null,
            all.Calls,
            all.Errors,
            Rounded(all.Percentile(0.5)),
            Rounded(all.Percentile(0.95)),
            all.Tokens,
            spendsCredits ? all.Credits : null,
            [.. columns.Select(column => new ReportColumn(column.Label, column.Sum.Calls, column.Sum.Errors))],
            SharesOf(totals.Names),
            caller is null ? SharesOf(totals.Callers) : null,
            [
                .. newest.Select(e => new ReportCall(
                    e.Time,
                    NameOf(e.Name),
                    e.Outcome ?? "",
                    Rounded(e.Milliseconds),
                    caller is null ? e.Caller : null
                )),
            ]
        );
    }

    private static IReadOnlyList<ReportShare> SharesOf(IReadOnlyList<ActivityShare> shares) =>
        [.. shares.Take(MostShares).Select(share => new ReportShare(NameOf(share.Name), share.Sum.Calls, share.Sum.Errors))];

    // Callers make names up, and a model reads them: as a name, and no longer than one.
    private static string NameOf(string? name) =>
        string.IsNullOrEmpty(name) ? "(none)" : Visible.Of(Cut.To(name.ReplaceLineEndings(" "), 80));

    private static double? Rounded(double? milliseconds) => milliseconds is { } value ? Math.Round(value, 1) : null;
}

/// <summary>An hour or a day.</summary>
internal sealed record ReportColumn(string Label, long Calls, long Errors);

/// <summary>The calls of a tool or a caller.</summary>
internal sealed record ReportShare(string Name, long Calls, long Errors);

/// <summary>A call.</summary>
/// <param name="Ms">How long it took, in milliseconds.</param>
/// <param name="Caller">Who called; null where it is one caller.</param>
internal sealed record ReportCall(DateTimeOffset Time, string Name, string Outcome, double? Ms, string? Caller);

[JsonSerializable(typeof(ActivityReport))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class ReportJson : JsonSerializerContext
{
    public static ReportJson Readable { get; } = new(PlainJson.Of(JsonNamingPolicy.CamelCase));
}

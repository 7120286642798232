using McpGateway.Console.Frame;
using McpGateway.Text;

namespace McpGateway.Console.Chat;

/// <summary>What was called, in words, for hosts that show no view and for the model.</summary>
internal static class ReportText
{
    public static string Of(ActivityReport report, TimeZoneInfo zone) => string.Join('\n', Lines(report, zone));

    private static IEnumerable<string> Lines(ActivityReport report, TimeZoneInfo zone)
    {
        yield return $"{(report.Caller is { } caller ? $"Calls of {Visible.Of(caller)}" : "Calls of everybody")}, {report.Title}: {Summary(report)}.";
        if (report.KeptDays is { } kept)
        {
            yield return $"Calls are kept for {Pieces.Count(kept, "day")} (ACTIVITY_DAYS).";
        }

        if (report.Calls == 0)
        {
            yield break;
        }

        if (report.Callers is { } callers)
        {
            yield return $"By caller: {Shares(callers)}.";
        }

        yield return $"By tool: {Shares(report.Tools)}.";
        var columns = report.Columns.Where(column => column.Calls > 0).Select(column => $"{column.Label} {Pieces.Number(column.Calls)}");
        yield return $"Calls {report.Each}: {string.Join(", ", columns)}.";
        yield return "Newest:";
        foreach (var call in report.Newest)
        {
            yield return string.Join(
                ", ",
                new[]
                {
                    Moment.Precise(call.Time, zone),
                    call.Caller is { } by ? $"{Visible.Of(by)}: {call.Name}" : call.Name,
                    call.Outcome,
                    call.Ms is { } milliseconds ? Pieces.Milliseconds(milliseconds) : "",
                }.Where(part => part.Length > 0)
            );
        }
    }

    private static string Summary(ActivityReport report) =>
        report.Calls == 0
            ? "none"
            : $"{Pieces.Number(report.Calls)}, {Pieces.Number(report.Errors)} of them failed or refused, "
                + $"half within {Pieces.Milliseconds(report.Median ?? 0)}, "
                + $"95% within {Pieces.Milliseconds(report.Slow ?? 0)}, {Pieces.Count(report.Tokens, "token")} of answers"
                + (report.Credits is { } credits ? $", {Pieces.Count(credits, "credit")}" : "");

    private static string Shares(IReadOnlyList<ReportShare> shares) =>
        string.Join(
            ", ",
            shares.Select(share =>
                $"{share.Name} {Pieces.Number(share.Calls)}{(share.Errors > 0 ? $" ({Pieces.Number(share.Errors)} failed or refused)" : "")}"
            )
        );
}

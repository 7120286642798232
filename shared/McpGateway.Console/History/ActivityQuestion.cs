using System.Globalization;
using McpGateway.State.Activities;
using McpGateway.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace McpGateway.Console.History;

/// <summary>What a person wants to see, as the address of the page says it.</summary>
/// <param name="Event">The kind of event, or <see cref="Calls"/>; null for all.</param>
/// <param name="FromDay">A day of the operator's clock, such as 2026-11-29.</param>
/// <param name="UntilDay">The last day.</param>
/// <param name="Before">The last event of the previous page.</param>
/// <param name="After">Only what came since the event of this number.</param>
internal sealed record ActivityQuestion(
    ActivityFilter Filter,
    string? Event,
    string? FromDay,
    string? UntilDay,
    ActivityEvent? Before,
    long? After
)
{
    /// <summary>Every kind of call.</summary>
    public const string Calls = "calls";

    /// <exception cref="ConsoleException">A day or a place is not one.</exception>
    public static ActivityQuestion Of(ConsoleRequest request)
    {
        var @event = request.Query("event");
        var from = DayIn(request, "from");
        var until = DayIn(request, "until");
        return new(
            new ActivityFilter
            {
                Caller = request.Query("caller"),
                Name = request.Query("name"),
                Outcome = request.Query("outcome"),
                Event = @event == Calls ? null : @event,
                CallsOnly = @event == Calls,
                From = from is { } first ? LocalDay.Begins(first, request.Zone) : null,
                Until = until is { } last ? LocalDay.Begins(last.AddDays(1), request.Zone) : null,
            },
            @event,
            TextOf(from),
            TextOf(until),
            request.Query("before") is { } before ? ReadCursor(before) : null,
            request.Query("after") is { } after ? NumberIn("after", after) : null
        );
    }

    /// <summary>An address with the same filter, and some of it changed.</summary>
    public string Link(string path, params ReadOnlySpan<(string Name, string Value)> changes)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["caller"] = Filter.Caller,
            ["name"] = Filter.Name,
            ["outcome"] = Filter.Outcome,
            ["event"] = Event,
            ["from"] = FromDay,
            ["until"] = UntilDay,
        };
        foreach (var (name, value) in changes)
        {
            query[name] = value;
        }

        return QueryHelpers.AddQueryString(path, query.Where(field => field.Value is not null));
    }

    public static string CursorOf(ActivityEvent e) =>
        string.Create(CultureInfo.InvariantCulture, $"{e.Time.ToUnixTimeMilliseconds()}-{e.Id}");

    private static ActivityEvent ReadCursor(string text) =>
        text.Split('-') is [var at, var id]
            ? new(NumberIn("before", id), DateTimeOffset.FromUnixTimeMilliseconds(NumberIn("before", at)), "", null, null, null)
            : throw NotAPlace("before");

    private static long NumberIn(string field, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 200_000_000_000_000
            ? number
            : throw NotAPlace(field);

    private static ConsoleException NotAPlace(string field) => new($"'{field}' does not name an event: begin again from the first page.");

    private static DateTime? DayIn(ConsoleRequest request, string field) =>
        request.Query(field) is not { } text ? null
        : DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is > 1970 and < 9000
            ? day
        : throw new ConsoleException($"'{field}' is not a day: write it as 2026-11-29.");

    private static string? TextOf(DateTime? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

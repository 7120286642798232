using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using McpGateway.Console.Frame;
using McpGateway.State;
using McpGateway.State.Activities;
using McpGateway.Text;

namespace McpGateway.Console.History;

/// <summary>The events of a filter as a file, all of them, the newest first: CSV for spreadsheets, JSON lines for programs.</summary>
internal static class ActivityExport
{
    public const string Path = "/console/activity/export";

    private const int BatchLength = 2000;

    private static readonly ExportJson Json = new(PlainJson.Of(JsonNamingPolicy.CamelCase));

    /// <exception cref="ConsoleException">There is no such form.</exception>
    public static async Task WriteAsync(ConsoleRequest request)
    {
        var isCsv = request.Query("form") switch
        {
            null or "csv" => true,
            "jsonl" => false,
            _ => throw new ConsoleException("'form' is csv or jsonl."),
        };
        var asked = ActivityQuestion.Of(request);
        var activity = request.Get<Activity>();
        var response = request.Http.Response;
        PageFrame.SetHeaders(request.Http);
        response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8";
        response.Headers.ContentDisposition =
            $"attachment; filename=\"{request.Get<GatewayService>().Name}-activity.{(isCsv ? "csv" : "jsonl")}\"";
        await using var text = new StreamWriter(response.Body, leaveOpen: true);
        if (isCsv)
        {
            await text.WriteAsync("time,event,caller,name,outcome,ms,bytes,tokens,credits,detail\r\n");
        }

        for (ActivityEvent? last = null; ; )
        {
            var events = await activity.FindAsync(asked.Filter, BatchLength, last, request.Cancelled);
            foreach (var e in events)
            {
                await text.WriteAsync(isCsv ? CsvOf(e) : JsonSerializer.Serialize(e, Json.ActivityEvent) + "\n");
            }

            await text.FlushAsync(request.Cancelled);
            if (events.Count < BatchLength)
            {
                return;
            }

            last = events[^1];
        }
    }

    private static string CsvOf(ActivityEvent e) =>
        string.Join(
            ',',
            (
                (ReadOnlySpan<string?>)
                    [
                        e.Time.ToString("O", CultureInfo.InvariantCulture),
                        e.Event,
                        e.Caller,
                        e.Name,
                        e.Outcome,
                        e.Milliseconds?.ToString(CultureInfo.InvariantCulture),
                        e.Bytes?.ToString(CultureInfo.InvariantCulture),
                        e.Tokens?.ToString(CultureInfo.InvariantCulture),
                        e.Credits?.ToString(CultureInfo.InvariantCulture),
                        e.Detail,
                    ]
            )
                .ToArray()
                .Select(Field)
        ) + "\r\n";

    // A spreadsheet would compute what begins like a formula.
    private static string Field(string? value) =>
        string.IsNullOrEmpty(value) ? ""
        : value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? Quoted("'" + value)
        : value.AsSpan().ContainsAny(",\"\r\n") ? Quoted(value)
        : value;

    private static string Quoted(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

[JsonSerializable(typeof(ActivityEvent))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class ExportJson : JsonSerializerContext;

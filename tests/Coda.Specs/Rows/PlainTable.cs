using System.Globalization;
using System.Text.Json.Nodes;
using System.Web;

namespace Coda.Specs.Rows;

/// <summary>
/// A table of random rows with a column of every type: what its cells are as plain values, and as Coda sends them. It answers as Coda does, which checks one
/// equality and knows pages.
/// </summary>
internal sealed class PlainTable
{
    public const string Zone = "-08:00";

    private static readonly string[] Texts =
    [
        .. "Call Ann|call ann|Write report|Review|Ärger|ärger im Büro|日本語|50%|3|-3|3.0|**bold** text|bold text|a,b|say \"hi\" & 1+1|true".Split(
            '|'
        ),
    ];

    private static readonly string[] Options = ["Open", "Closed", "On hold"];
    private static readonly string[] People = ["Ann Lee", "Bob Miller", "Zoë Öz"];
    private static readonly string[] Projects = ["Alpha", "Beta", "Gamma ray"];

    private readonly Random random;
    private readonly List<Dictionary<string, object?>> rows;

    public PlainTable(int seed, int count)
    {
        random = new(seed);
        rows = [.. Enumerable.Range(0, count).Select(_ => All.ToDictionary(column => column.Id, column => Cell(column)))];
    }

    public static IReadOnlyList<PlainColumn> All { get; } =
    [
        .. "text number percent currency slider scale checkbox date dateTime time duration person lookup select email link canvas"
            .Split(' ')
            .SelectMany(type =>
                type is "person" or "lookup" or "select"
                    ? new[] { new PlainColumn(type, IsArray: false), new PlainColumn(type, IsArray: true) }
                    : [new PlainColumn(type, IsArray: false)]
            ),
    ];

    /// <summary>The plain values of a row, by column id.</summary>
    public IReadOnlyDictionary<string, object?> this[int row] => rows[row];

    public int Count => rows.Count;

    public static string Id(int row) => string.Create(CultureInfo.InvariantCulture, $"i-{row}x");

    /// <summary>A value that a cell of the column can have; of lists a member.</summary>
    public object Value(PlainColumn column) =>
        column.Type switch
        {
            "text" or "canvas" => Pick(Texts),
            "number" or "slider" or "scale" => Math.Round((random.NextDouble() * 40) - 10, random.Next(3)),
            "percent" => Math.Round(random.NextDouble() * (random.Next(4) == 0 ? 30 : 2), 2),
            "currency" => Math.Round(random.NextDouble() * 3_000, 2),
            "checkbox" => random.Next(2) == 0,
            "date" => new DateOnly(2026, 11, 20).AddDays(random.Next(6)),
            "dateTime" => new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.FromHours(-8)).AddMinutes(30 * random.Next(300)),
            "time" => new TimeOnly(random.Next(24), 30 * random.Next(2)),
            "duration" => TimeSpan.FromMinutes(30 * random.Next(1, 80)),
            "person" => new PlainThing(Pick(People) is var name ? name : "", $"{name[..3].ToLowerInvariant()}@example.com"),
            "lookup" => new PlainThing(Projects[random.Next(3) is var at ? at : 0], $"i-{at + 1}00x"),
            "select" => Pick(Options),
            "email" => $"{Pick(["ann", "bob"])}@example.com",
            "link" => $"https://example.com/{random.Next(4)}",
            _ => throw new InvalidOperationException(column.Type),
        };

    public JsonObject Columns() =>
        new()
        {
            ["items"] = new JsonArray([
                .. All.Select(column => new JsonObject
                {
                    ["id"] = column.Id,
                    ["name"] = column.Name,
                    ["format"] = new JsonObject
                    {
                        ["type"] = column.Type,
                        ["isArray"] = column.IsArray,
                        ["table"] = column.Type == "lookup" ? new JsonObject { ["id"] = "grid-2x", ["name"] = "Projects" } : null,
                        ["options"] = new JsonArray([.. Options.Select(option => new JsonObject { ["name"] = option })]),
                    },
                }),
            ]),
        };

    /// <summary>A page of rows, as a request asks for it.</summary>
    public JsonObject Page(string queryString)
    {
        var asked = HttpUtility.ParseQueryString(queryString);
        var (skip, query, limit) = asked["pageToken"]?.Split('|', 3) is [var from, var most, var before]
            ? (Number(from), before, Number(most))
            : (0, asked["query"] ?? "", asked["limit"] is { } given ? Number(given) : 25);
        var found = Enumerable.Range(0, Count).Where(row => query.Length == 0 || IsAsked(row, query)).ToList();
        var page = new JsonObject { ["items"] = new JsonArray([.. found.Skip(skip).Take(limit).Select(Row)]) };
        if (skip + limit < found.Count)
        {
            page["nextPageToken"] = string.Create(CultureInfo.InvariantCulture, $"{skip + limit}|{limit}|{query}");
        }

        return page;
    }

    public JsonObject Row(int row) =>
        new()
        {
            ["id"] = Id(row),
            ["values"] = new JsonObject(All.Select(column => KeyValuePair.Create(column.Id, Rich(column, rows[row][column.Id])))),
        };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private string Pick(string[] values) => values[random.Next(values.Length)];

    private object? Cell(PlainColumn column) =>
        column.IsArray
            ? Enumerable.Range(0, random.Next(3)).Select(_ => Value(column)).Distinct().ToList() is { Count: > 0 } list
                ? list
                : null
            : column.Type != "checkbox" && random.Next(6) == 0
                ? null
                : Value(column);

    /// <summary>Texts without formatting, numbers, flags and options, each exactly.</summary>
    private bool IsAsked(int row, string query)
    {
        var colon = query.IndexOf(':', StringComparison.Ordinal);
        var column = All.Single(one => one.Id == query[..colon]);
        var wanted = JsonNode.Parse(query[(colon + 1)..])!;
        return (column.Type, rows[row][column.Id]) switch
        {
            ("text", string text) => text.Replace("*", "", StringComparison.Ordinal) == wanted.GetValue<string>(),
            ("select", string option) => option == wanted.GetValue<string>(),
            (_, double number) => number.Equals(wanted.GetValue<double>()),
            (_, bool flag) => flag == wanted.GetValue<bool>(),
            (_, null) => false,
            _ => throw new InvalidOperationException($"Coda does not surely compare this: {query}"),
        };
    }

    private static JsonNode? Rich(PlainColumn column, object? value) =>
        value switch
        {
            null => "",
            List<object> list => new JsonArray([.. list.Select(member => Rich(column, member))]),
            string text when column.Type == "text" && !text.Contains('*', StringComparison.Ordinal) => $"```{text}```",
            string url when column.Type == "link" => new JsonObject
            {
                ["@type"] = "WebPage",
                ["url"] = url,
                ["name"] = $"Page {url[^1]}",
            },
            string text => text,
            double number when column.Type == "currency" => new JsonObject
            {
                ["@type"] = "MonetaryAmount",
                ["currency"] = "USD",
                ["amount"] = number.ToString("0.00", CultureInfo.InvariantCulture),
            },
            double number => number,
            bool flag => flag,
            DateOnly day => $"{day:yyyy-MM-dd}T00:00:00.000{Zone}",
            DateTimeOffset moment => $"{moment:yyyy-MM-ddTHH:mm:ss}.000{Zone}",
            TimeOnly time => $"1899-12-30T{time:HH:mm:ss}.000{Zone}",
            TimeSpan duration => PlainColumn.Show(duration),
            PlainThing person when column.Type == "person" => new JsonObject
            {
                ["@type"] = "Person",
                ["name"] = person.Name,
                ["email"] = person.Id,
            },
            PlainThing row => new JsonObject
            {
                ["@type"] = "StructuredValue",
                ["additionalType"] = "row",
                ["name"] = row.Name,
                ["rowId"] = row.Id,
                ["tableId"] = "grid-2x",
            },
            _ => throw new InvalidOperationException(value.ToString()),
        };
}

/// <summary>A column by its type.</summary>
internal sealed record PlainColumn(string Type, bool IsArray)
{
    public string Name => IsArray ? $"Many {Type}" : $"One {Type}";

    public string Id => IsArray ? $"c-{Type}-list" : $"c-{Type}";

    /// <summary>A duration as Coda shows it.</summary>
    public static string Show(TimeSpan duration) =>
        string.Join(
            ' ',
            new[]
            {
                duration.Days > 0 ? $"{duration.Days} day{(duration.Days > 1 ? "s" : "")}" : "",
                duration.Hours > 0 ? $"{duration.Hours} hr{(duration.Hours > 1 ? "s" : "")}" : "",
                duration.Minutes > 0 ? $"{duration.Minutes} mins" : "",
            }.Where(part => part.Length > 0)
        );
}

/// <summary>A person or a row, by name and by e-mail address or id.</summary>
internal sealed record PlainThing(string Name, string Id);

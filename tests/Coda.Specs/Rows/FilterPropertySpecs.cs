using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Coda.Specs.Rows;

/// <summary>Filters find exactly the rows that a plain look at the same values finds, whatever the table, the operator and the form of the value.</summary>
public sealed class FilterPropertySpecs
{
    private const int Rows = 230;
    private const int Questions = 60;

    private static readonly string[] Ordered =
    [
        "text",
        "number",
        "percent",
        "currency",
        "slider",
        "scale",
        "date",
        "dateTime",
        "time",
        "duration",
    ];
    private static readonly string[] Worded = ["text", "canvas", "person", "lookup", "select", "email", "link"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Filters_find_what_a_plain_look_finds(int seed)
    {
        var table = new PlainTable(seed, Rows);
        var random = new Random(seed);
        await using var coda = await StartAsync(table);
        for (var question = 0; question < Questions; question++)
        {
            var filters = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Filter.Random(table, random)).ToList();
            var any = random.Next(2) == 0;
            var expected = Enumerable
                .Range(0, Rows)
                .Where(row =>
                    any ? filters.Exists(filter => filter.Holds(table[row])) : filters.TrueForAll(filter => filter.Holds(table[row]))
                )
                .Select(PlainTable.Id)
                .ToList();
            var given = new JsonArray([.. filters.Select(filter => filter.Json.DeepClone())]).ToJsonString();
            const string Table = "\"docId\":\"AbCDeFGHij\",\"tableIdOrName\":\"grid-1x\"";
            var found = await IdsAsync(
                "coda_find_rows",
                $$"""{{{Table}},"filters":{{given}},"match":"{{(any ? "any" : "all")}}","limit":500,"columns":["One checkbox"]}"""
            );
            Assert.True(
                expected.SequenceEqual(found),
                $"{given} {any}: {string.Join(' ', found)}\ninstead of {string.Join(' ', expected)}"
            );
            if (!any)
            {
                var listed = await IdsAsync(
                    "coda_list_rows",
                    $$"""{{{Table}},"filters":{{given}},"fetchAll":true,"columns":["One checkbox"]}"""
                );
                Assert.True(
                    expected.SequenceEqual(listed),
                    $"{given}: {string.Join(' ', listed)}\ninstead of {string.Join(' ', expected)}"
                );
            }
        }

        async Task<List<string>> IdsAsync(string tool, string arguments) =>
            [
                .. (await coda.CallAsync(tool, arguments))
                    .Json.GetProperty("items")
                    .EnumerateArray()
                    .Select(row => row.GetProperty("id").GetString()!),
            ];
    }

    [Fact]
    public async Task Rows_are_sorted_and_added_up_as_their_plain_values_are()
    {
        var table = new PlainTable(4, Rows);
        await using var coda = await StartAsync(table);
        foreach (var column in PlainTable.All.Where(column => Ordered.Contains(column.Type) && column.Type != "text"))
        {
            var isAdded = column.Type is "number" or "percent" or "currency" or "slider" or "scale";
            var sums = isAdded ? $"\"sums\":[\"{column.Name}\"]," : "";
            foreach (var descending in new[] { false, true })
            {
                var keyed = Enumerable.Range(0, Rows).Select(row => (Row: row, Key: Filter.KeyOf(table[row][column.Id]))).ToList();
                var full = keyed.Where(row => row.Key is not null);
                var expected = (descending ? full.OrderByDescending(row => row.Key) : full.OrderBy(row => row.Key))
                    .Concat(keyed.Where(row => row.Key is null))
                    .Select(row => PlainTable.Id(row.Row));
                var json = (
                    await coda.CallAsync(
                        "coda_find_rows",
                        $$"""{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","sortBy":"{{column.Name}}","descending":{{(descending ? "true" : "false")}},{{sums}}"limit":500,"columns":["One checkbox"]}"""
                    )
                ).Json;
                var found = json.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetString()!);
                Assert.True(expected.SequenceEqual(found), $"{column.Name} {descending}");
                if (isAdded)
                {
                    Assert.Equal(
                        Enumerable.Range(0, Rows).Sum(row => table[row][column.Id] as double? ?? 0),
                        json.GetProperty("sums").GetProperty(column.Name).GetDouble(),
                        1e-6
                    );
                }
            }
        }
    }

    [Theory]
    [InlineData("One percent", "equals", "50")]
    [InlineData("One percent", "more", "50")]
    [InlineData("One percent", "less", "5")]
    [InlineData("One duration", "more", "90")]
    [InlineData("One time", "before", "\"half past two\"")]
    [InlineData("One time", "equals", "\"2026-11-23\"")]
    [InlineData("One duration", "less", "\"long\"")]
    [InlineData("One dateTime", "equals", "\"tomorrow\"")]
    [InlineData("One dateTime", "after", "\"11/23/2026\"")]
    [InlineData("One select", "equals", "\"Opened\"")]
    [InlineData("One checkbox", "equals", "\"perhaps\"")]
    public async Task A_value_that_no_cell_can_have_is_refused(string column, string op, string value)
    {
        await using var coda = await StartAsync(new PlainTable(5, 3));
        Assert.StartsWith(
            $"The column '{column}' (",
            (
                await coda.CallAsync(
                    "coda_find_rows",
                    $$"""{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","filters":[{"column":"{{column}}","op":"{{op}}","value":{{value}}}]}"""
                )
            ).Error,
            StringComparison.Ordinal
        );
    }

    private static async Task<CodaGateway> StartAsync(PlainTable table)
    {
        var coda = await CodaGateway.StartAsync(("CODA_LIMIT_READS", "100000/1"));
        coda.OnDoc("GET /tables/grid-1x/columns", table.Columns().ToJsonString());
        coda.Coda.On(
            $"GET {CodaGateway.Doc}/tables/grid-1x/rows",
            context => context.Response.WriteAsJsonAsync(table.Page(context.Request.QueryString.Value!))
        );
        return coda;
    }

    /// <summary>A condition, in a form that a person or a model may give it, and what it means.</summary>
    private sealed record Filter(JsonObject Json, Func<IReadOnlyDictionary<string, object?>, bool> Holds)
    {
        public static Filter Random(PlainTable table, Random random)
        {
            var column = PlainTable.All[random.Next(PlainTable.All.Count)];
            var ops = new List<string> { "equals", "not", "empty", "notEmpty", "equals" };
            ops.AddRange(Ordered.Contains(column.Type) ? ["before", "after", "less", "more", "atLeast", "atMost"] : []);
            ops.AddRange(Worded.Contains(column.Type) ? ["contains", "contains"] : []);
            var op = ops[random.Next(ops.Count)];
            var json = new JsonObject { ["column"] = random.Next(2) == 0 ? column.Id : column.Name.ToUpperInvariant(), ["op"] = op };
            if (op is "empty" or "notEmpty")
            {
                return new(json, row => row[column.Id] is null == (op == "empty"));
            }

            if (op is "equals" or "not" && column.Type != "checkbox" && random.Next(4) == 0)
            {
                var choices = Enumerable.Range(0, 3).Select(_ => Wanted.Of(column, table.Value(column), random)).ToList();
                json["value"] = new JsonArray([.. choices.Select(choice => choice.Json)]);
                return new(json, row => choices.Exists(choice => MembersOf(row[column.Id]).Any(choice.IsEqual)) == (op == "equals"));
            }

            var wanted = Wanted.Of(column, table.Value(column), random);
            json["value"] = wanted.Json;
            var members = (IReadOnlyDictionary<string, object?> row) => MembersOf(row[column.Id]);
            return op switch
            {
                "equals" => new(json, row => members(row).Any(wanted.IsEqual)),
                "not" => new(json, row => !members(row).Any(wanted.IsEqual)),
                "contains" => OfPart(json, column, wanted.Text[..Math.Min(wanted.Text.Length, random.Next(1, 5))]),
                _ => new(json, row => members(row).Any(cell => wanted.Compare(cell) is { } sign && IsMet(op, sign))),
            };
        }

        /// <summary>What values are ordered by; null: there is none.</summary>
        public static IComparable? KeyOf(object? value) => value is PlainThing thing ? thing.Name : value as IComparable;

        private static bool IsMet(string op, int sign) =>
            op switch
            {
                "before" or "less" => sign < 0,
                "atMost" => sign <= 0,
                "atLeast" => sign >= 0,
                _ => sign > 0,
            };

        private static Filter OfPart(JsonObject json, PlainColumn column, string part)
        {
            json["value"] = part;
            return new(
                json,
                row =>
                    MembersOf(row[column.Id])
                        .SelectMany(Wanted.TextsOf(column))
                        .Any(text => text.Contains(part.Trim(), StringComparison.OrdinalIgnoreCase))
            );
        }

        private static IEnumerable<object> MembersOf(object? cell) => cell as IEnumerable<object> ?? (cell is null ? [] : [cell]);
    }

    /// <summary>A value that is looked for, and how cells compare with it.</summary>
    private sealed record Wanted(JsonNode Json, string Text, Func<object, bool> IsEqual, Func<object, int?> Compare)
    {
        public static Wanted Of(PlainColumn column, object value, Random random) =>
            value switch
            {
                double number when column.Type == "percent" => OfNumber(number, HumanForm.Percent(number, random)),
                double number when column.Type == "currency" => OfNumber(number, HumanForm.Money(number, random)),
                double number => OfNumber(number, random.Next(2) == 0 ? number.ToString(CultureInfo.InvariantCulture) : number),
                bool flag => new(HumanForm.Flag(flag, random), "", flag.Equals, _ => null),
                DateOnly day => new(
                    random.Next(2) == 0 ? $"{day:yyyy-MM-dd}" : $"{day:yyyy-MM-dd}T00:00:00.000{PlainTable.Zone}",
                    "",
                    day.Equals,
                    cell => ((DateOnly)cell).CompareTo(day)
                ),
                DateTimeOffset moment when random.Next(2) == 0 => OfDay(DateOnly.FromDateTime(moment.DateTime)),
                DateTimeOffset moment => new(
                    HumanForm.Moment(moment, random),
                    "",
                    cell => moment.Equals((DateTimeOffset)cell),
                    cell => ((DateTimeOffset)cell).CompareTo(moment)
                ),
                TimeOnly time => new($"{time:HH:mm}", "", time.Equals, cell => ((TimeOnly)cell).CompareTo(time)),
                TimeSpan span => new(HumanForm.Duration(span, random), "", span.Equals, cell => ((TimeSpan)cell).CompareTo(span)),
                PlainThing thing when random.Next(2) == 0 => OfThing(thing, thing.Name.ToUpperInvariant()),
                PlainThing thing => OfThing(thing, thing.Id),
                string option when column.Type == "select" => new(
                    random.Next(2) == 0 ? option.ToUpperInvariant() : option,
                    option,
                    option.Equals,
                    _ => null
                ),
                string text => new(
                    text,
                    text,
                    text.Equals,
                    cell => string.CompareOrdinal(((string)cell).ToLowerInvariant(), text.ToLowerInvariant())
                ),
                _ => throw new InvalidOperationException(value.ToString()),
            };

        /// <summary>What a person may search for in a cell.</summary>
        public static Func<object, IEnumerable<string>> TextsOf(PlainColumn column) =>
            cell =>
                cell is PlainThing thing ? [thing.Name, thing.Id]
                : column.Type == "link" ? [(string)cell, $"Page {((string)cell)[^1]}"]
                : [(string)cell];

        private static Wanted OfNumber(double number, JsonNode json) =>
            new(json, "", cell => number.Equals((double)cell), cell => ((double)cell).CompareTo(number));

        private static Wanted OfDay(DateOnly day) =>
            new(
                $"{day:yyyy-MM-dd}",
                "",
                cell => DateOnly.FromDateTime(((DateTimeOffset)cell).DateTime) == day,
                cell => DateOnly.FromDateTime(((DateTimeOffset)cell).DateTime).CompareTo(day)
            );

        private static Wanted OfThing(PlainThing thing, string text) => new(text, text, thing.Equals, _ => null);
    }
}

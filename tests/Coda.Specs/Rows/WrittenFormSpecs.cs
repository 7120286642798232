using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Coda.Specs.Rows;

/// <summary>Values are written as what they mean, in whatever form they are given.</summary>
public sealed partial class WrittenFormSpecs
{
    private const int Rows = 60;
    private const string Table = "\"docId\":\"AbCDeFGHij\",\"tableIdOrName\":\"grid-1x\"";

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task What_is_meant_is_written(int seed)
    {
        var table = new PlainTable(seed, 1);
        var random = new Random(seed);
        await using var coda = await StartAsync(table);
        var columns = PlainTable
            .All.Where(column => column.Type is "currency" or "percent" or "checkbox" or "duration" or "dateTime")
            .ToList();
        var meant = Enumerable.Range(0, Rows).Select(_ => columns.ToDictionary(column => column, table.Value)).ToList();
        var given = new JsonArray([
            .. meant.Select(row => new JsonObject(
                row.Select(cell => KeyValuePair.Create(cell.Key.Name, (JsonNode?)Form(cell.Key, cell.Value, random)))
            )),
        ]);
        await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":{{given.ToJsonString()}} }""");
        var sent = JsonElement.Parse(coda.Coda.Received.Single(request => request.Method == "POST").Body).GetProperty("rows");
        Assert.Equal(Rows, sent.GetArrayLength());
        for (var row = 0; row < Rows; row++)
        {
            var cells = sent[row].GetProperty("cells").EnumerateArray().ToDictionary(cell => cell.GetProperty("column").GetString()!);
            foreach (var (column, plain) in meant[row])
            {
                var value = cells[column.Id].GetProperty("value");
                Assert.True(IsSame(value, plain), $"{given[row]![column.Name]!.ToJsonString()} became {value}, meant was {plain}");
            }
        }
    }

    [Theory]
    [InlineData("One currency", "€1.250")]
    [InlineData("One currency", "1,25")]
    [InlineData("One currency", "12,34.5")]
    [InlineData("One currency", "1.25.00")]
    [InlineData("One currency", "five dollars")]
    [InlineData("One duration", "soon")]
    [InlineData("One duration", "1:30")]
    [InlineData("One duration", "2 months")]
    [InlineData("One duration", "P1Y")]
    [InlineData("One duration", "PT")]
    [InlineData("One duration", "1 hour and")]
    [InlineData("One duration", "90")]
    [InlineData("One duration", "３ hours")]
    [InlineData("One duration", "PT٣H")]
    [InlineData("One currency", "１２３４５６７８９０１２３４５６")]
    [InlineData("One currency", "1,２３４")]
    public async Task What_may_mean_two_things_or_nothing_is_refused(string column, string value)
    {
        await using var coda = await StartAsync(new PlainTable(23, 1));
        Assert.Contains(
            $"The column '{column}' (",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{"{{column}}":"{{value}}"}]}""")).Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(coda.Coda.Received, request => request.Method == "POST");
    }

    [Theory]
    [InlineData("\"1.250\"", "\"1.250\": give 1250 or 1.250, whichever is meant.")]
    [InlineData("\"1,250\"", "\"1,250\": give 1250 or 1.250, whichever is meant.")]
    [InlineData("\"-12,345 \"", "\"-12,345 \": give 12345 or 12.345, whichever is meant.")]
    [InlineData("\"$1.250\"", "\"$1.250\": give 1250 or 1.250, whichever is meant.")]
    [InlineData("\"1.250 EUR\"", "\"1.250 EUR\": give 1250 or 1.250, whichever is meant.")]
    [InlineData("\"1,5\"", "\"1,5\": give a number, such as 12.5.")]
    [InlineData("\"0,125\"", "\"0,125\": give a number, such as 12.5.")]
    [InlineData("1e400", "1e400: give a number, such as 12.5.")]
    [InlineData("1234567890123456789", "1234567890123456789: give a number of at most 15 digits")]
    [InlineData("\"1234567890123456789\"", "\"1234567890123456789\": give a number of at most 15 digits")]
    public async Task A_number_is_never_another_without_a_word(string value, string said)
    {
        await using var coda = await StartAsync(new PlainTable(23, 1));
        Assert.Contains(
            $"cannot take {said}",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{"One currency":{{value}}}]}""")).Error,
            StringComparison.Ordinal
        );
        foreach (var op in (string[])["equals", "more"])
        {
            Assert.Contains(
                $"cannot take {said}",
                (
                    await coda.CallAsync(
                        "coda_find_rows",
                        $$"""{{{Table}},"filters":[{"column":"One currency","op":"{{op}}","value":{{value}}}]}"""
                    )
                ).Error,
                StringComparison.Ordinal
            );
        }

        Assert.DoesNotContain(coda.Requests, request => request.Contains("/rows", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"1250.500\"", "1250.5")]
    [InlineData("\"0.250\"", "0.25")]
    [InlineData("\"1,250.00\"", "1250")]
    [InlineData("\"1.250,00\"", "1250")]
    [InlineData("\"1 250\"", "1250")]
    [InlineData("\"1,250,000\"", "1250000")]
    [InlineData("\"$1,250\"", "1250")]
    [InlineData("\"-€ 1,250\"", "-1250")]
    [InlineData("1.250", "1.25")]
    [InlineData("9007199254740992", "9007199254740992")]
    public async Task A_number_that_can_be_but_one_is_taken(string value, string written)
    {
        await using var coda = await StartAsync(new PlainTable(23, 1));
        await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{"One currency":{{value}}}]}""");
        Assert.Contains(
            $"\"value\":{written}}}",
            coda.Coda.Received.Single(request => request.Method == "POST").Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("1.250%", "1250 or 1.250")]
    [InlineData("1,250 %", "1250 or 1.250")]
    public async Task A_share_is_never_another_without_a_word(string value, string said)
    {
        await using var coda = await StartAsync(new PlainTable(23, 1));
        Assert.Contains(
            $"cannot take \"{value}\": give {said}",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{"One percent":"{{value}}"}]}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_number_without_a_unit_is_not_a_duration()
    {
        await using var coda = await StartAsync(new PlainTable(23, 1));
        Assert.EndsWith(
            "cannot take 90: give a duration with its unit, such as \"90 mins\" or \"1 day 4 hrs\".",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{"One duration":90}]}""")).Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(coda.Coda.Received, request => request.Method == "POST");
    }

    private static async Task<CodaGateway> StartAsync(PlainTable table) =>
        (await CodaGateway.StartAsync())
            .OnDoc("GET /tables/grid-1x", """{"id":"grid-1x","name":"Tasks","tableType":"table"}""")
            .OnDoc("GET /tables/grid-1x/columns", table.Columns().ToJsonString())
            .OnApplied("POST /tables/grid-1x/rows");

    private static JsonNode Form(PlainColumn column, object value, Random random) =>
        value switch
        {
            double number when column.Type == "percent" => HumanForm.Percent(number, random),
            double number => HumanForm.Money(random.Next(3) == 0 ? -number : number, random),
            bool flag => HumanForm.Flag(flag, random),
            TimeSpan span => HumanForm.Duration(span, random),
            DateTimeOffset moment => HumanForm.Moment(moment, random),
            _ => throw new InvalidOperationException(column.Type),
        };

    private static bool IsSame(JsonElement sent, object plain) =>
        plain switch
        {
            double number => Math.Abs(Math.Abs(sent.GetDouble()) - number) < 1e-9,
            bool flag => sent.GetBoolean() == flag,
            TimeSpan span => Math.Abs((LengthOf(sent) - span).TotalSeconds) < 0.001,
            // A moment without an offset is the doc's own.
            DateTimeOffset moment => DateTimeOffset.Parse(
                sent.GetString()! is var text && Offset().IsMatch(text) ? text : text + PlainTable.Zone,
                CultureInfo.InvariantCulture
            ) == moment,
            _ => throw new InvalidOperationException(plain.ToString()),
        };

    /// <summary>A duration in Coda's own form.</summary>
    private static TimeSpan LengthOf(JsonElement sent)
    {
        if (sent.ValueKind == JsonValueKind.Number)
        {
            return TimeSpan.FromDays(sent.GetDouble());
        }

        Assert.Matches(Shown(), sent.GetString()!);
        return TimeSpan.FromSeconds(
            Part()
                .Matches(sent.GetString()!)
                .Sum(part =>
                    double.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
                    * part.Groups[2].Value switch
                    {
                        "d" => 86_400,
                        "h" => 3_600,
                        "m" => 60,
                        _ => 1,
                    }
                )
        );
    }

    [GeneratedRegex(@"(\d+(?:\.\d+)?)\s?([dhms])")]
    private static partial Regex Part();

    [GeneratedRegex(@"^(\d+(\.\d+)?\s?(days?|hrs?|h|min(ute)?s?|secs?)( |$))+$")]
    private static partial Regex Shown();

    [GeneratedRegex(@"(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Offset();
}

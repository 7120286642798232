using System.Globalization;
using System.Text.Json;

namespace Coda.Specs.Rows;

/// <summary>What reading gives of random rows is written back as the same values, in every type of column.</summary>
public sealed class RoundTripPropertySpecs
{
    private const int Rows = 12;

    [Fact]
    public async Task What_is_read_can_be_written_back_and_is_the_same()
    {
        var table = new PlainTable(11, Rows);
        await using var coda = await CodaGateway.StartAsync(("CODA_LIMIT_READS", "100000/1"));
        coda.OnDoc("GET /tables/grid-1x/columns", table.Columns().ToJsonString());
        foreach (var project in (string[])["i-100x", "i-200x", "i-300x"])
        {
            coda.OnDoc($"GET /tables/grid-2x/rows/{project}", $$"""{"id":"{{project}}","values":{} }""");
        }

        for (var row = 0; row < Rows; row++)
        {
            var id = PlainTable.Id(row);
            coda.OnDoc($"GET /tables/grid-1x/rows/{id}", table.Row(row).ToJsonString()).OnApplied($"PUT /tables/grid-1x/rows/{id}");
            var place = $"\"docId\":\"AbCDeFGHij\",\"tableIdOrName\":\"grid-1x\",\"rowIdOrName\":\"{id}\"";
            var cells = (await coda.CallAsync("coda_get_row", $"{{{place}}}")).Json.GetProperty("cells");
            var written = (await coda.CallAsync("coda_update_row", $$"""{{{place}},"cells":{{cells}} }""")).Json;
            Assert.Equal("applied", written.GetProperty("outcome").GetString());
            var sent = JsonElement
                .Parse(coda.Coda.Received.Last(request => request.Method == "PUT").Body)
                .GetProperty("row")
                .GetProperty("cells")
                .EnumerateArray()
                .ToDictionary(cell => cell.GetProperty("column").GetString()!, cell => cell.GetProperty("value"));
            foreach (var column in PlainTable.All)
            {
                var plain = table[row][column.Id];
                var isSent = sent.TryGetValue(column.Id, out var value);
                Assert.True(plain is null ? !isSent : isSent && IsSame(column, value, plain), $"{column.Id}: {value} instead of {plain}");
            }
        }
    }

    private static bool IsSame(PlainColumn column, JsonElement sent, object plain) =>
        plain switch
        {
            List<object> list => sent.GetArrayLength() == list.Count
                && sent.EnumerateArray().Zip(list).All(pair => IsSame(column, pair.First, pair.Second)),
            double number => sent.GetDouble().Equals(number),
            bool flag => sent.GetBoolean() == flag,
            DateOnly day => sent.GetString() == day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset moment => DateTimeOffset.Parse(sent.GetString()!, CultureInfo.InvariantCulture) == moment,
            TimeOnly time => sent.GetString()!.Contains(time.ToString("HH:mm", CultureInfo.InvariantCulture), StringComparison.Ordinal),
            TimeSpan duration => sent.GetString() == PlainColumn.Show(duration),
            PlainThing thing => sent.GetString() == thing.Id,
            _ => sent.GetString() == (string)plain,
        };
}

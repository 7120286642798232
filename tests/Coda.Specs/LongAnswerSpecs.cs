using System.Text.Json;
using System.Text.Json.Nodes;
using Coda.Specs.Rows;

namespace Coda.Specs;

/// <summary>No table and no page is too large for an answer, and none loses a cell by it.</summary>
public sealed class LongAnswerSpecs
{
    [Fact]
    public async Task Sixty_rows_of_20_kB_are_one_answer_a_model_can_take_and_are_read_to_their_end()
    {
        await using var coda = await Tasks.StartAsync();
        var texts = Enumerable.Range(0, 60).Select(i => $"{i}: " + string.Concat(Enumerable.Repeat("Füchse \"🦊\"\n", 1_250))).ToList();
        var rows = texts.Select(
            (text, i) => new { id = $"i-{i}", values = new Dictionary<string, string> { ["c-name"] = $"```{text}```" } }
        );
        coda.OnDoc("GET /tables/grid-1x/rows", JsonSerializer.Serialize(new { items = rows }));
        var reply = await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","limit":200}""");
        Assert.InRange(reply.Text.Length, 10_000, 100_000);
        Assert.StartsWith("{\"moreCursor\":\"", reply.Text, StringComparison.Ordinal);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(reply.Text), reply.Result.StructuredContent!.Value));

        var first = JsonNode.Parse(reply.Text)!;
        var read = first["items"]!.AsArray().ToDictionary(row => (string)row!["id"]!, row => (string)row!["cells"]!["Task"]!);
        for (var cursor = (string?)first["moreCursor"]; cursor is not null; )
        {
            var text = (await coda.CallAsync("read_more", JsonSerializer.Serialize(new { cursor }))).Text;
            Assert.InRange(text.Length, 1, 100_000);
            var part = JsonNode.Parse(text)!;
            foreach (var piece in part["continued"]!.AsArray())
            {
                var row = $"i-{((string)piece!["path"]!).Split('[', ']')[1]}";
                Assert.Equal(read[row].Length, (int)piece["from"]!);
                read[row] += (string)piece["value"]!;
            }

            cursor = (string?)part["moreCursor"];
        }

        Assert.Equal(texts, texts.Select((_, i) => read[$"i-{i}"]));
    }
}

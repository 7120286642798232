using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpGateway.Testing;

namespace Firecrawl.Specs;

/// <summary>Reads long answers to their end.</summary>
internal static partial class LongAnswers
{
    public const string Scrape = """{"url":"https://a.example"}""";

    public static async Task<(JsonObject First, List<JsonObject> Others)> ReadToTheEndAsync(
        FirecrawlGateway firecrawl,
        string tool,
        string arguments
    )
    {
        var first = await CallAsync(firecrawl, tool, arguments);
        var rest = new List<JsonObject>();
        for (var last = first; last.ContainsKey("moreCursor"); rest.Add(last))
        {
            last = await CallAsync(firecrawl, "firecrawl_read_more", Cursor(last));
        }

        return (first, rest);
    }

    public static async Task<JsonObject> CallAsync(FirecrawlGateway firecrawl, string tool, string arguments)
    {
        var reply = await firecrawl.CallAsync(tool, arguments);
        Assert.False(reply.IsError, reply.Text);
        Assert.InRange(Encoding.UTF8.GetByteCount(reply.Text), 1, 100_000);
        Assert.InRange(O200k.Count(reply.Result), 1, O200k.Most);
        return JsonNode.Parse(reply.Json.GetRawText())!.AsObject();
    }

    public static async Task<string> ReadTextToTheEndAsync(FirecrawlGateway firecrawl, string part)
    {
        var text = "";
        while (true)
        {
            Assert.InRange(O200k.Count(part), 1, O200k.Most);
            text += part[(part.IndexOf("]\n\n", StringComparison.Ordinal) + 3)..];
            if (CutNotice().Match(part) is not { Success: true } cut)
            {
                return text;
            }

            part = (await firecrawl.CallAsync("read_more", Json(new { cursor = cut.Groups[1].Value }))).Text;
        }
    }

    [GeneratedRegex("""^\[Cut: [^\]]*"cursor":"([0-9a-f.]+)""")]
    public static partial Regex CutNotice();

    public static string Cursor(JsonObject answer) => Json(new { cursor = answer["moreCursor"]!.GetValue<string>() });

    public static IEnumerable<JsonObject> Pieces(List<JsonObject> rest) =>
        rest.SelectMany(part => part["continued"]!.AsArray()).Select(piece => piece!.AsObject());

    public static string TextAt(string path, List<JsonObject> rest) =>
        string.Concat(
            Pieces(rest).Where(piece => piece["path"]!.GetValue<string>() == path).Select(piece => piece["value"]!.GetValue<string>())
        );

    public static JsonNode At(JsonNode node, string path) =>
        path[2..]
            .Replace("[", ".", StringComparison.Ordinal)
            .Replace("]", "", StringComparison.Ordinal)
            .Split('.')
            .Aggregate(node, (at, step) => (int.TryParse(step, out var index) ? at[index] : at[step])!);

    /// <summary>Text of all that is awkward in JSON: quotes, lines, accents, emoji.</summary>
    public static string Text(int characters)
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < characters; i++)
        {
            text.Append("Line ").Append(i).Append(": \"Füchse\" \\ 🦊 <b>\n");
        }

        return text.ToString();
    }

    public static string Json(object value) => JsonSerializer.Serialize(value);
}

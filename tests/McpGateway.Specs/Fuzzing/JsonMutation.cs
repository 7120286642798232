using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpGateway.Specs.Fuzzing;

/// <summary>Spoils a message so that it stays JSON: parts gone, doubled, of another type, or out of all proportion.</summary>
internal static class JsonMutation
{
    private static readonly string[] Values =
    [
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "1e400",
        "-0",
        "12345678901234567890123",
        "9007199254740993",
        "\"\"",
        "\"x\"",
        "[]",
        "{}",
        "[[]]",
        "[null]",
        "[1,\"a\",{}]",
        """{"a":1,"a":2}""",
        """{"":""}""",
        "\"\\u0000\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud800\"",
        "\"\\u202e\"",
        "\"2026-07-28\"",
        "\"../../etc/passwd\"",
        "\"test_simple_text\"",
        "\"test://%zz\"",
        """{"$ref":"#"}""",
        "\"tools/call\"",
        "\"\\r\\nX: y\"",
    ];

    private static readonly string[] Names =
    [
        "jsonrpc",
        "id",
        "method",
        "params",
        "name",
        "arguments",
        "_meta",
        "uri",
        "cursor",
        "result",
        "error",
        "",
        "__proto__",
        "$type",
        "progressToken",
    ];

    public static byte[] Apply(Random random, byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            text = Mutate(random, text);
        }

        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Replaces, removes or doubles one value of the text, chosen among all of them.</summary>
    private static string Mutate(Random random, string text)
    {
        if (ParseOrNull(text) is not { } root)
        {
            return text;
        }

        // Mostly below the params: what is spoilt further up is refused at the door.
        var nodes = Descendants(
                random.Next(5) != 0 && root is JsonObject message && message["params"] is { } parameters ? parameters : root
            )
            .ToList();
        var node = random.Of(nodes);
        switch (random.Next(6))
        {
            case 0 when node.Parent is JsonObject parent:
                parent.Remove(node.GetPropertyName());
                break;
            case 1 when node is JsonObject target:
                target[random.Of(Names)] = "placeholder";
                return root.ToJsonString().Replace("\"placeholder\"", random.Of(Values), StringComparison.Ordinal);
            case 2 when random.Next(10) == 0:
                return "[" + text + (random.Next(2) == 0 ? "," + text : "") + "]";
            case 3:
                return Replace(root, node, Nested(random.Next(1, 200)));
            case 4 when node is JsonObject target && target.Count > 0:
                // The same name twice.
                return text.Replace(
                    "{",
                    $"{{{JsonSerializer.Serialize(target.First().Key)}:{random.Of(Values)},",
                    StringComparison.Ordinal
                );
            default:
                return Replace(root, node, random.Of(Values));
        }

        return root.ToJsonString();
    }

    private static string Replace(JsonNode root, JsonNode node, string json)
    {
        if (node.Parent is null)
        {
            return json;
        }

        var marker = Guid.Empty.ToString("N", CultureInfo.InvariantCulture);
        node.ReplaceWith(marker);
        return root.ToJsonString().Replace($"\"{marker}\"", json, StringComparison.Ordinal);
    }

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("{\"a\":[", depth)) + string.Concat(Enumerable.Repeat("]}", depth));

    private static IEnumerable<JsonNode> Descendants(JsonNode node)
    {
        yield return node;
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject o => o.Select(property => property.Value),
            JsonArray a => a,
            _ => [],
        };
        foreach (var below in children.OfType<JsonNode>().SelectMany(Descendants))
        {
            yield return below;
        }
    }

    private static JsonNode? ParseOrNull(string text)
    {
        try
        {
            var root = JsonNode.Parse(text);
            // Names that occur twice and half characters, mutations of the round before, only show now.
            _ = root?.ToJsonString();
            return root is null || Descendants(root).ToList() is [] ? null : root;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}

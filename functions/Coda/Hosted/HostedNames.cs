using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Coda.Hosted;

/// <summary>What the hosted server's tools are called here, also where its descriptions speak of them: under its own names nobody could call them.</summary>
internal sealed class HostedNames(IEnumerable<string> theirs)
{
    private const string Prefix = "coda_hosted_";
    private const string TheirPrefix = "coda_";

    // A name of one word, such as search, is a word as well: it is taken for the tool only where it is marked as code.
    private readonly Regex mentions = new(
        string.Join(
            '|',
            theirs
                .Where(name => name.Length > 0)
                .OrderByDescending(name => name.Length)
                .Select(name =>
                    name.Contains('_', StringComparison.Ordinal)
                        ? $@"(?<![\w/:-]){Regex.Escape(name)}(?![\w/:-])"
                        : $"(?<=`){Regex.Escape(name)}(?=`)"
                )
                .DefaultIfEmpty("(?!)")
        ),
        RegexOptions.CultureInvariant
    );

    public static string Of(string theirName) =>
        Prefix + (theirName.StartsWith(TheirPrefix, StringComparison.Ordinal) ? theirName[TheirPrefix.Length..] : theirName);

    public string In(string? description) => mentions.Replace(description?.Trim() ?? "", mention => Of(mention.Value));

    /// <summary>The schema, with the names in the descriptions of its members.</summary>
    public JsonElement In(JsonElement schema)
    {
        var root = JsonNode.Parse(schema.GetRawText());
        Rename(root);
        return JsonSerializer.SerializeToElement(root);
    }

    private void Rename(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            if (members["description"] is JsonValue value && value.TryGetValue<string>(out var description))
            {
                members["description"] = In(description);
            }

            foreach (var member in members.ToList())
            {
                Rename(member.Value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Rename(item);
            }
        }
    }
}

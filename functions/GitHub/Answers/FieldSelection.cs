using System.Text.Json;
using System.Text.Json.Nodes;
using GitHub.Api;

namespace GitHub.Answers;

/// <summary>Keeps of every item in a list what the <c>fields</c> argument names.</summary>
internal static class FieldSelection
{
    public static string Apply(string json, IDictionary<string, JsonElement>? arguments) =>
        arguments is not null && arguments.TryGetValue("fields", out var fields) && fields.ValueKind == JsonValueKind.Array
            ? Apply(json, fields.EnumerateArray().Select(field => field.ToString()).ToList())
            : json;

    public static string Apply(string json, IReadOnlyList<string>? fields)
    {
        if (fields is null || fields.Count == 0 || JsonNode.Parse(json) is not JsonObject answer || answer["items"] is not JsonArray items)
        {
            return json;
        }

        foreach (var item in items.OfType<JsonObject>())
        {
            foreach (var name in item.Select(member => member.Key).Where(name => !fields.Contains(name)).ToList())
            {
                item.Remove(name);
            }
        }

        return answer.ToJsonString(GitHubJson.Options);
    }
}

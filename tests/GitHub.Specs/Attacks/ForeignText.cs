using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GitHub.Specs.Attacks;

/// <summary>Makes of an example what octo/hello would have in its place, or victim/secret.</summary>
internal static partial class ForeignText
{
    public static JsonNode? Rename(JsonNode? node, bool isForeign) =>
        Rename(node, isForeign ? "victim/secret" : "octo/hello", isForeign, "");

    private static JsonNode? Rename(JsonNode? node, string repository, bool isForeign, string name) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members.Select(member => KeyValuePair.Create(member.Key, Rename(member.Value, repository, isForeign, member.Key)))
            ),
            JsonArray list => new JsonArray([.. list.Select(item => Rename(item, repository, isForeign, name))]),
            JsonValue value when value.TryGetValue<string>(out var text) => Rename(text, repository, isForeign, name),
            JsonValue when isForeign && name == "total_count" => int.Parse(
                ForeignGitHub.Count,
                System.Globalization.CultureInfo.InvariantCulture
            ),
            _ => node?.DeepClone(),
        };

    private static string Rename(string text, string repository, bool isForeign, string name) =>
        name switch
        {
            "full_name" => repository,
            "node_id" => isForeign ? $"{ForeignGitHub.Foreign}_1" : ForeignGraphQl.Own,
            "content" => Convert.ToBase64String(Encoding.UTF8.GetBytes(isForeign ? ForeignGitHub.Foreign : "text")),
            _ when Url().IsMatch(text) => Url().Replace(text, "${host}" + repository) + (isForeign ? $"#{ForeignGitHub.Foreign}" : ""),
            "title"
            or "body"
            or "message"
            or "description"
            or "summary"
            or "login"
            or "name"
            or "path"
            or "filename"
            or "patch" when isForeign => ForeignGitHub.Foreign,
            _ => text,
        };

    [GeneratedRegex("^(?<host>https?://[^/]+/(repos/)?)[^/]+/[^/?#]+(?=/|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Url();
}

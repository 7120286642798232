using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firecrawl.Upstream;

/// <summary>The body of a request: what the caller gave and nothing else.</summary>
internal static class Body
{
    /// <summary>An object of the members that have a value.</summary>
    public static JsonObject Of(object members) => JsonSerializer.SerializeToNode(members, FirecrawlJson.Options)!.AsObject();

    /// <summary>The object, with what <paramref name="more"/> holds added.</summary>
    public static JsonObject With(this JsonObject body, JsonObject? more)
    {
        foreach (var (name, value) in more ?? [])
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }
}

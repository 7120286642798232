using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using McpGateway.Text;

namespace Firecrawl.Upstream;

/// <summary>JSON to and from the API: only what the caller gave is sent, since self-hosted servers refuse fields they do not know.</summary>
internal static class Body
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Results are JSON in JSON, never HTML: the default encoder would double the size of text that is not Latin.
        Encoder = PlainJsonEncoder.Instance,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>An object of the members that have a value.</summary>
    public static JsonObject Of(object members) => JsonSerializer.SerializeToNode(members, Options)!.AsObject();

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

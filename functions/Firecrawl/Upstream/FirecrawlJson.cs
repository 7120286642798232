using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using McpGateway.Text;

namespace Firecrawl.Upstream;

/// <summary>JSON to and from the API: members without a value are left out, since self-hosted servers refuse fields they do not know.</summary>
internal static class FirecrawlJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Results are JSON in JSON, never HTML: the default encoder would double the size of text that is not Latin.
        Encoder = PlainJsonEncoder.Instance,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };
}

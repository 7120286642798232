using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firecrawl.Answers;

/// <summary>How large a value of the API's response is, without making a text of it: a page of 20 MB would take 40 more.</summary>
internal static class RawSize
{
    /// <returns>In bytes, as it came; 0 for what is not a single value, or did not come from the API.</returns>
    public static int Of(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<JsonElement>(out var element) ? JsonMarshal.GetRawUtf8Value(element).Length : 0;
}

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using McpGateway.Text;

namespace GitHub.Api;

/// <summary>GitHub's JSON: snake_case both ways, so that a record is both GitHub's response and what a model gets.</summary>
internal static class GitHubJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Tool results are JSON in JSON, never HTML: the default encoder would double the size of non-Latin text.
        Encoder = PlainJsonEncoder.Instance,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new MomentConverter() },
    };
}

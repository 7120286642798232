using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using McpGateway.Text;
using McpGateway.Tools.ChatGpt;
using ModelContextProtocol;

namespace McpGateway.Tools.Answers;

public static class ToolJson
{
    /// <summary>
    /// How records reach a model: JSON that is readable in every script. The SDK's own options write every letter beyond ASCII and every quotation mark
    /// as an escape, which a model reads as such: six characters for one.
    /// </summary>
    public static readonly JsonSerializerOptions Readable = new(McpJsonUtilities.DefaultOptions) { Encoder = PlainJsonEncoder.Instance };

    /// <summary>The same with what was generated for a service's own types, which a program compiled to native code finds no other way.</summary>
    public static JsonSerializerOptions With(IJsonTypeInfoResolver generated)
    {
        var json = new JsonSerializerOptions(Readable);
        json.TypeInfoResolverChain.Insert(0, generated);
        json.TypeInfoResolverChain.Insert(1, ToolTypes.Default);
        return json;
    }
}

/// <summary>What tools of several services take and return.</summary>
[JsonSerializable(typeof(SearchResults))]
[JsonSerializable(typeof(FetchedDocument))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(double?))]
internal sealed partial class ToolTypes : JsonSerializerContext;

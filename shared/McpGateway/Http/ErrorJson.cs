using System.Text.Json;
using System.Text.Json.Serialization;
using McpGateway.Text;

namespace McpGateway.Http;

[JsonSerializable(typeof(JsonRpcErrors.Envelope))]
[JsonSerializable(typeof(Refusal))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class ErrorJson : JsonSerializerContext
{
    public static ErrorJson Readable { get; } =
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = PlainJsonEncoder.Instance });
}

using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Schemas;

/// <summary>
/// Takes out of the tools' schemas what says nothing, once: null as a type beside another (null means absent in
/// arguments, and is never sent in replies), defaults of null, and defaults in replies. A model reads every byte of
/// tools/list, and some clients refuse types that are lists.
/// </summary>
public sealed class LeanSchemas(IEnumerable<McpServerTool> tools, IOptions<McpOptions> options) : IHostedService
{
    /// <exception cref="NotSupportedException">A schema says what no call would be checked for, or leaves a type out.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var tool in tools)
        {
            if (tool is PreparedTool prepared)
            {
                prepared.MakeUnlessSure();
                continue;
            }

            Apply(tool);
            if (!options.Value.OutputSchemas)
            {
                tool.ProtocolTool.OutputSchema = null;
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="NotSupportedException">The schema says what no call would be checked for, or leaves a type out.</exception>
    internal static void Apply(McpServerTool tool)
    {
        var method = tool.Metadata.OfType<MethodInfo>().FirstOrDefault();
        Trim(tool.ProtocolTool, method);
        // The check is made of all shapes; what is listed comes after it.
        InputSchemas.Of(tool);
        tool.ProtocolTool.InputSchema = ListedUnions.Plain(ListedSchema.Shorten(tool.ProtocolTool.InputSchema, method));
    }

    private static void Trim(Tool tool, MethodInfo? method)
    {
        tool.InputSchema = TrimInput(tool.InputSchema);
        if (method is not null)
        {
            tool.InputSchema = ListedSchema.Of(tool.InputSchema, method);
        }

        tool.OutputSchema = tool.OutputSchema is { } output ? Trim(output, keepDefaults: false) : null;
    }

    internal static JsonElement TrimInput(JsonElement schema) => Trim(schema, keepDefaults: true);

    private static JsonElement Trim(JsonElement schema, bool keepDefaults) =>
        JsonSerializer.SerializeToElement(Trim(JsonNode.Parse(schema.GetRawText()), keepDefaults), PlainValues.Default.JsonNode!);

    private static JsonNode? Trim(JsonNode? schema, bool keepDefaults)
    {
        if (schema is JsonValue value && value.TryGetValue<bool>(out var anything) && anything)
        {
            // What an argument may be, its attributes say.
            return keepDefaults ? new JsonObject() : AnyValue();
        }

        if (schema is not JsonObject members)
        {
            return schema?.DeepClone();
        }

        var trimmed = new JsonObject();
        foreach (var (name, member) in members)
        {
            switch (name)
            {
                case "default" when member is null || !keepDefaults:
                    break;
                case "type" when member is JsonArray types:
                    var named = types.Where(type => type?.ToString() != "null").ToList();
                    trimmed[name] = named.Count == 1 ? named[0]!.DeepClone() : new JsonArray([.. named.Select(type => type!.DeepClone())]);
                    break;
                case "enum" when member is JsonArray values:
                    trimmed[name] = new JsonArray([
                        .. values.Where(allowed => allowed is not null).Select(allowed => allowed!.DeepClone()),
                    ]);
                    break;
                case "properties" or "$defs" when member is JsonObject children:
                    trimmed[name] = new JsonObject(
                        children.Select(child => KeyValuePair.Create(child.Key, Trim(child.Value, keepDefaults)))
                    );
                    break;
                case "items" or "additionalProperties":
                    trimmed[name] = Trim(member, keepDefaults);
                    break;
                case "anyOf" or "oneOf" or "allOf" when member is JsonArray choices:
                    trimmed[name] = new JsonArray([.. choices.Select(choice => Trim(choice, keepDefaults))]);
                    break;
                default:
                    trimmed[name] = member?.DeepClone();
                    break;
            }
        }

        return keepDefaults || SaysWhatItIs(trimmed) ? trimmed : AnyValue();
    }

    private static bool SaysWhatItIs(JsonObject schema) =>
        schema.Any(keyword => keyword.Key is "type" or "enum" or "anyOf" or "oneOf" or "allOf" or "$ref");

    /// <summary>Any value a result may have: some clients warn of one without a type, or refuse it.</summary>
    private static JsonObject AnyValue() =>
        new()
        {
            ["anyOf"] = new JsonArray([
                .. ((string[])["string", "number", "boolean", "object", "array"]).Select(type =>
                    (JsonNode)new JsonObject { ["type"] = type }
                ),
            ]),
        };
}

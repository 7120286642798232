using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Text;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Schemas;

/// <summary>The input schemas of tools, each made ready once.</summary>
internal static class InputSchemas
{
    private static readonly ConditionalWeakTable<McpServerTool, InputSchema> Known = [];

    /// <summary>The schema of a tool; a tool that is not made of a method brings its own schema and its own check.</summary>
    /// <exception cref="NotSupportedException">The schema says what no call is checked for.</exception>
    public static InputSchema Of(McpServerTool tool) => Known.GetValue(tool is PreparedTool prepared ? prepared.Made : tool, Make);

    /// <summary>How a tool's arguments are JSON.</summary>
    public static JsonSerializerOptions JsonOf(McpServerTool tool) => (tool as PreparedTool)?.Json ?? McpJsonUtilities.DefaultOptions;

    /// <summary>What callers name a parameter.</summary>
    public static string NameOf(ParameterInfo parameter) => parameter.GetCustomAttribute<WireNameAttribute>()?.Name ?? parameter.Name!;

    private static InputSchema Make(McpServerTool tool)
    {
        if (tool.Metadata.OfType<MethodInfo>().FirstOrDefault() is not { } method)
        {
            return InputSchema.Anything;
        }

        var place = tool.ProtocolTool.Name;
        var schema = InputSchema.Of(tool.ProtocolTool.InputSchema, place);
        foreach (var parameter in method.GetParameters())
        {
            var name = NameOf(parameter);
            schema.BindTo(name, parameter.Name!);
            if (parameter.IsDefined(typeof(EmptyClearsAttribute)))
            {
                schema.KeepEmpty(name);
            }

            if (parameter.GetCustomAttribute<ReadTextAttribute>() is { } form)
            {
                schema.ReadBy(name, form);
            }

            MarkMembers(schema.Properties.GetValueOrDefault(name), parameter.ParameterType);
            if (parameter.GetCustomAttribute<ReadAsAttribute>() is { } members)
            {
                schema.ReadAs(name, OfMembers(members.Type, JsonOf(tool), $"{place}.{name}"));
            }
        }

        return schema;
    }

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2070",
        Justification = "Assemblies of this repository are compiled whole: functions/Native.props"
    )]
    private static void MarkMembers(InputSchema? schema, Type type)
    {
        type = ListedSchema.ItemOf(type) ?? type;
        schema = schema?.Items ?? schema;
        if (schema is not { IsClosed: true })
        {
            return;
        }

        foreach (var property in type.GetProperties())
        {
            if (schema.Find(property.Name) is not { } name)
            {
                continue;
            }

            if (property.IsDefined(typeof(EmptyClearsAttribute)))
            {
                schema.KeepEmpty(name);
            }

            if (property.IsDefined(typeof(EmptyUnlessGivenAttribute)))
            {
                schema.LetLack(name);
            }
        }
    }

    private static InputSchema OfMembers(Type type, JsonSerializerOptions json, string place)
    {
        var generated = AIJsonUtilities.CreateJsonSchema(type, serializerOptions: json);
        var lean = JsonNode.Parse(LeanSchemas.TrimInput(generated).GetRawText())!.AsObject();
        lean.Remove("$schema");
        return InputSchema.Of(
            JsonSerializer.SerializeToElement(ListedSchema.Complete(lean, type, null), PlainValues.Default.JsonNode),
            place
        );
    }
}

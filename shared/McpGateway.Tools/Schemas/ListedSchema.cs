using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpGateway.Text;

namespace McpGateway.Tools.Schemas;

/// <summary>Adds to a generated schema what the attributes of parameters, and of their types' properties, say.</summary>
internal static class ListedSchema
{
    public static JsonElement Of(JsonElement generated, MethodInfo method)
    {
        var schema = JsonNode.Parse(generated.GetRawText())!.AsObject();
        foreach (var parameter in method.GetParameters())
        {
            if (schema["properties"]?[parameter.Name!] is { } property)
            {
                schema["properties"]![parameter.Name!] = Complete(property, parameter.ParameterType, parameter);
                Rename(schema, parameter.Name!, InputSchemas.NameOf(parameter));
            }
        }

        return JsonSerializer.SerializeToElement(schema, PlainValues.Default.JsonObject);
    }

    /// <summary>Leaves out the members and values of what the method marks as <see cref="BriefAttribute"/>.</summary>
    public static JsonElement Shorten(JsonElement listed, MethodInfo? method)
    {
        var schema = JsonNode.Parse(listed.GetRawText())!.AsObject();
        foreach (var parameter in method?.GetParameters().Where(parameter => parameter.IsDefined(typeof(BriefAttribute))) ?? [])
        {
            var property = schema["properties"]![InputSchemas.NameOf(parameter)]!.AsObject();
            var members = property["items"] as JsonObject ?? property;
            members.Remove("properties");
            members.Remove("required");
            members.Remove("enum");
        }

        return JsonSerializer.SerializeToElement(schema, PlainValues.Default.JsonObject);
    }

    private static void Rename(JsonObject schema, string from, string to)
    {
        if (from == to)
        {
            return;
        }

        var properties = schema["properties"]!.AsObject();
        var (index, property) = (properties.IndexOf(from), properties[from]);
        properties.RemoveAt(index);
        properties.Insert(index, to, property);
        if (schema["required"] is JsonArray required && required.FirstOrDefault(name => (string?)name == from) is { } entry)
        {
            required[required.IndexOf(entry)] = to;
        }
    }

    /// <summary>The schema of a property, completed at every depth.</summary>
    public static JsonNode Complete(JsonNode schema, Type type, ICustomAttributeProvider? attributes)
    {
        // The exporter says true where a type says nothing.
        var completed = schema as JsonObject ?? [];
        type = Nullable.GetUnderlyingType(type) ?? type;
        var shape = Find<JsonShapeAttribute>(attributes);
        var subset = Find<SubsetAttribute>(attributes);
        if (Find<AtLeastAttribute>(attributes) is { } bound)
        {
            completed["minimum"] = bound.Least;
        }

        if (ItemOf(type) is { } item)
        {
            var items = Complete(completed["items"]?.DeepClone() ?? new JsonObject(), item, null).AsObject();
            completed["items"] = items;
            Apply(items, shape, subset);
        }
        else
        {
            Apply(completed, shape, subset);
            if (completed["properties"] is JsonObject properties)
            {
                CompleteMembers(properties, type);
            }
        }

        return completed.Parent is null ? completed : completed.DeepClone();
    }

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2070",
        Justification = "Assemblies of this repository are compiled whole: functions/Native.props"
    )]
    private static void CompleteMembers(JsonObject properties, Type type)
    {
        foreach (var property in type.GetProperties())
        {
            var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? property.Name;
            if (properties.Select(member => member.Key).FirstOrDefault(key => NearName.Loose(key) == NearName.Loose(name)) is { } key)
            {
                properties[key] = Complete(properties[key]!.DeepClone(), property.PropertyType, property);
            }
        }
    }

    private static void Apply(JsonObject schema, JsonShapeAttribute? shape, SubsetAttribute? subset)
    {
        if (shape is { Types.Count: > 1 })
        {
            schema["anyOf"] = Union(
                shape.Types.Select(type => type == "array" ? ListOfPlain(shape.TakesObjects) : Shape(type, subset)),
                shape.TakesObjects
            );
            return;
        }

        if (shape is not null)
        {
            schema["type"] = shape.Types[0];
        }

        if (subset is not null)
        {
            schema["enum"] = Choices(subset);
        }
    }

    private static JsonObject Shape(string type, SubsetAttribute? subset)
    {
        var shape = new JsonObject { ["type"] = type };
        if (type == "string" && subset is not null)
        {
            shape["enum"] = Choices(subset);
        }

        return shape;
    }

    private static JsonObject ListOfPlain(bool takesObjects) =>
        new()
        {
            ["type"] = "array",
            ["items"] = new JsonObject
            {
                ["anyOf"] = Union(((string[])["string", "number", "boolean"]).Select(type => Shape(type, null)), takesObjects),
            },
        };

    private static JsonArray Union(IEnumerable<JsonObject> shapes, bool takesObjects) =>
        new([.. shapes.Append(takesObjects ? ListedUnions.UnlistedObject() : null).OfType<JsonNode>()]);

    private static JsonArray Choices(SubsetAttribute subset) => new([.. subset.Values.Select(value => (JsonNode)value)]);

    private static T? Find<T>(ICustomAttributeProvider? attributes)
        where T : Attribute => attributes?.GetCustomAttributes(typeof(T), inherit: false) is [T found, ..] ? found : null;

    public static Type? ItemOf(Type type) =>
        type == typeof(string) ? null
        : type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericArguments() is [var item] && typeof(IEnumerable).IsAssignableFrom(type) ? item
        : null;
}

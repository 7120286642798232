using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;

namespace McpGateway.Console.Trying;

/// <summary>A form made from the schema of a tool's arguments, and the arguments that a person has put into it.</summary>
internal static class ToolForm
{
    /// <summary>The field for all arguments as JSON, for whatever the others cannot say.</summary>
    public const string WholeField = "json";

    private const string Prefix = "arg.";

    /// <param name="filled">What was sent before; null at first.</param>
    public static IHtmlContent Of(JsonElement schema, ConsoleForm? filled) =>
        Html.Of(
            $"""
            {Html.Join(ParametersIn(schema).Select((parameter, i) => Field(parameter, i, filled?[Prefix + parameter.Name])))}
            <details{Html.If(filled?[WholeField] is not null, () => Html.Of($" open"))}><summary>Arguments as JSON instead</summary>
            <label for="json">A JSON object; the fields above then count for nothing</label><textarea id="json" name="{WholeField}" spellcheck="false">{filled?[
                WholeField
            ]}</textarea>
            </details>
            """
        );

    /// <summary>The arguments of a form. A field that is empty is an argument that is not sent.</summary>
    /// <exception cref="ConsoleException">A field holds something else than its argument takes.</exception>
    public static JsonObject ArgumentsIn(JsonElement schema, ConsoleForm form)
    {
        if (form[WholeField] is { } whole)
        {
            return ParseJson(whole, "The field for JSON") as JsonObject
                ?? throw new ConsoleException(
                    "The field for JSON does not hold an object: write { \"argument\": value }. Nothing was run."
                );
        }

        var arguments = new JsonObject();
        foreach (var parameter in ParametersIn(schema))
        {
            if (form[Prefix + parameter.Name] is { } text)
            {
                arguments[parameter.Name] = Read(parameter, text);
            }
        }

        return arguments;
    }

    private static JsonNode? Read(Parameter parameter, string text) =>
        parameter.Kind switch
        {
            Kind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
                ? ParseJson(text.Trim(), parameter.Name)
                : throw new ConsoleException($"'{text}' is not a number, which {parameter.Name} takes. Nothing was run."),
            Kind.Boolean => JsonValue.Create(text == "true"),
            Kind.Lines => new JsonArray([
                .. text.ReplaceLineEndings("\n")
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => (JsonNode)JsonValue.Create(line)),
            ]),
            Kind.Json => ParseJson(text, parameter.Name),
            _ => JsonValue.Create(text.ReplaceLineEndings("\n")),
        };

    private static JsonNode? ParseJson(string text, string where)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException e)
        {
            throw new ConsoleException(
                $"{where} does not hold JSON (line {(e.LineNumber ?? 0) + 1}, place {(e.BytePositionInLine ?? 0) + 1}). Nothing was run.",
                inner: e
            );
        }
    }

    private static IHtmlContent Field(Parameter parameter, int number, string? value)
    {
        var id = $"arg-{number}";
        var required = Html.If(parameter.IsRequired, () => Html.Of($" required"));
        return Html.Of(
            $"""
            <label for="{id}">{Visible.Of(parameter.Name)}{Html.If(parameter.IsRequired, () => Html.Of($""" <span class="soft">needed</span>"""))}</label>
            {Html.If(parameter.Description is not null, () => Html.Of($"""<p class="soft" id="{id}-help">{Visible.Of(parameter.Description!)}</p>"""))}
            {parameter.Kind switch
            {
                Kind.Choice or Kind.Boolean => Html.Of(
                    $"""
                    <select id="{id}" name="{Prefix}{parameter.Name}"{required}{DescribedBy()}>
                    <option value="">{(parameter.IsRequired ? "choose" : "as by default")}</option>
                    {Html.Join(parameter.Choices.Select(choice => Option(choice, isChosen: choice == value)))}</select>
                    """
                ),
                Kind.Number => Html.Of($"""<input id="{id}" name="{Prefix}{parameter.Name}" inputmode="decimal" value="{value}"{required}{DescribedBy()}>"""),
                Kind.Text => Html.Of(
                    $"""<textarea id="{id}" name="{Prefix}{parameter.Name}" class="small" rows="1"{required}{DescribedBy()}>{value}</textarea>"""
                ),
                Kind.Lines => Html.Of(
                    $"""<textarea id="{id}" name="{Prefix}{parameter.Name}" rows="3" placeholder="one in each line"{required}{DescribedBy()}>{value}</textarea>"""
                ),
                _ => Html.Of(
                    $"""<textarea id="{id}" name="{Prefix}{parameter.Name}" rows="4" placeholder="JSON" spellcheck="false"{required}{DescribedBy()}>{value}</textarea>"""
                ),
            }}
            """
        );

        IHtmlContent DescribedBy() => Html.If(parameter.Description is not null, () => Html.Of($" aria-describedby=\"{id}-help\""));
    }

    private static IHtmlContent Option(string choice, bool isChosen) =>
        Html.Of($"""<option value="{choice}"{Html.If(isChosen, () => Html.Of($" selected"))}>{Visible.Of(choice)}</option>""");

    private static IEnumerable<Parameter> ParametersIn(JsonElement schema)
    {
        if (!schema.TryGetProperty("properties", out var properties))
        {
            return [];
        }

        var required = schema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet()
            : [];
        return properties
            .EnumerateObject()
            .Select(property => ParameterOf(property.Name, property.Value, required.Contains(property.Name)))
            .OrderByDescending(parameter => parameter.IsRequired);
    }

    private static Parameter ParameterOf(string name, JsonElement schema, bool isRequired)
    {
        var choices =
            schema.TryGetProperty("enum", out var values) && values.EnumerateArray().All(value => value.ValueKind == JsonValueKind.String)
                ? values.EnumerateArray().Select(value => value.GetString()!).ToList()
                : [];
        var kind =
            choices.Count > 0
                ? Kind.Choice
                : TypeOf(schema) switch
                {
                    "string" => Kind.Text,
                    "integer" or "number" => Kind.Number,
                    "boolean" => Kind.Boolean,
                    "array" when schema.TryGetProperty("items", out var items) && TypeOf(items) == "string" => Kind.Lines,
                    _ => Kind.Json,
                };
        var description = schema.TryGetProperty("description", out var text) ? text.GetString() : null;
        return new(name, kind, isRequired, description, kind == Kind.Boolean ? ["true", "false"] : choices);
    }

    // ["string", "null"] is a text that may be absent.
    private static string? TypeOf(JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type) ? null
        : type.ValueKind == JsonValueKind.String ? type.GetString()
        : type.EnumerateArray().Select(one => one.GetString()).Where(one => one != "null").ToList() is [var only] ? only
        : null;

    private enum Kind
    {
        Text,
        Number,
        Boolean,
        Choice,

        /// <summary>A list of texts, one in each line.</summary>
        Lines,

        /// <summary>Whatever else there is.</summary>
        Json,
    }

    private sealed record Parameter(string Name, Kind Kind, bool IsRequired, string? Description, IReadOnlyList<string> Choices);
}

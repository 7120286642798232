using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using ModelContextProtocol;

namespace Firecrawl.Scraping;

/// <summary>Brings formats that are named into the API's form, with the options that tools take beside them.</summary>
internal static class PageFormats
{
    private static readonly IReadOnlyList<string> Names = new PageFormatNamesAttribute().Values;

    public static JsonElement[]? Merge(JsonElement[]? formats, JsonFormat? json, QueryFormat? query, ScreenshotFormat? screenshot)
    {
        formats = formats?.Select(Read).ToArray();
        Demand(formats, json, "jsonOptions", "json", "deterministicJson");
        Demand(formats, query, "queryOptions", "query");
        Demand(formats, screenshot, "screenshotOptions", "screenshot");
        return WithWhatTheyNeed(formats)
            ?.Select(format =>
                (format.ValueKind == JsonValueKind.String ? format.GetString() : null) switch
                {
                    { } name when name is "json" or "deterministicJson" => Named(
                        name,
                        json ?? throw Lacking(name, "jsonOptions {prompt, schema}")
                    ),
                    "query" => Question(query ?? throw Lacking("query", "queryOptions {prompt}")),
                    "screenshot" when screenshot is not null => Named("screenshot", screenshot),
                    _ => format,
                }
            )
            .ToArray();
    }

    /// <summary>An object of the API with a type.</summary>
    public static JsonElement Named(string type, object options) =>
        JsonSerializer.SerializeToElement(Body.Of(new { type }).With(Body.Of(options)), FirecrawlJson.Options);

    /// <summary>An object that says no more than its name as that name; the schema in one as JSON, where it came as text.</summary>
    private static JsonElement Read(JsonElement format)
    {
        if (format.ValueKind != JsonValueKind.Object || !format.TryGetProperty("type", out var type))
        {
            return format;
        }

        if (format.GetPropertyCount() == 1)
        {
            var name = Names.FirstOrDefault(name => name.Equals(type.ToString(), StringComparison.OrdinalIgnoreCase));
            return name is null ? format : JsonSerializer.SerializeToElement(name);
        }

        return format.TryGetProperty("schema", out var schema) && schema.ValueKind == JsonValueKind.String
            ? JsonSerializer.SerializeToElement(
                Body.Of(format).With(new() { ["schema"] = SchemaOf(schema.GetString()!, type.ToString()) }),
                FirecrawlJson.Options
            )
            : format;
    }

    private static JsonObject SchemaOf(string text, string format)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw NoSchema(format);
        }
        catch (JsonException)
        {
            throw NoSchema(format);
        }
    }

    private static McpException NoSchema(string format) =>
        new($"formats: the schema of '{format}' is a text that is no JSON object: give the JSON schema itself. Nothing was sent.");

    /// <summary>What the API has for a query: an answer, or the page's own words.</summary>
    private static JsonElement Question(QueryFormat query) =>
        query.Mode == "directQuote"
            ? Named("highlights", new { query = query.Prompt })
            : Named("question", new { question = query.Prompt });

    /// <summary>The API compares the markdown, and refuses to where it is not asked for as well.</summary>
    private static JsonElement[]? WithWhatTheyNeed(JsonElement[]? formats) =>
        formats?.Any(format => IsNamed(format, "changeTracking")) == true && !formats.Any(format => IsNamed(format, "markdown"))
            ? [JsonSerializer.SerializeToElement("markdown"), .. formats]
            : formats;

    private static bool IsNamed(JsonElement format, string name) =>
        format.ValueKind == JsonValueKind.String
            ? format.GetString() == name
            : format.ValueKind == JsonValueKind.Object && format.TryGetProperty("type", out var type) && type.ToString() == name;

    private static void Demand(JsonElement[]? formats, object? options, string field, params string[] takers)
    {
        if (options is not null && formats?.Any(f => f.ValueKind == JsonValueKind.String && takers.Contains(f.GetString())) != true)
        {
            throw new McpException($"{field} requires '{takers[0]}' among formats: add it.");
        }
    }

    private static McpException Lacking(string format, string field) => new($"formats: '{format}' needs {field}.");
}

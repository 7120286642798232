using System.Text.Json.Nodes;
using Firecrawl.Answers;
using Firecrawl.Upstream;
using McpGateway.Upstream;

namespace Firecrawl.Alexandria;

/// <summary>Pages of the catalogue, each entry with the call that leads on from it.</summary>
internal static class Catalogue
{
    /// <summary>The catalogue is a provider of its own, with the capability to look things up.</summary>
    public const string Provider = "firecrawl";

    public const string Capability = "find-tools";

    /// <summary>The index of categories, in the form of the catalogue's other pages.</summary>
    /// <exception cref="UpstreamException">The index has another form.</exception>
    public static JsonObject Categories(JsonObject index, int limit, int offset)
    {
        if (index["cohorts"] is not JsonArray cohorts)
        {
            throw Answer.Unreadable("JSON without a list of cohorts");
        }

        var page = Body.Of(
            new
            {
                level = "categories",
                items = cohorts
                    .OfType<JsonObject>()
                    .Skip(offset)
                    .Take(limit)
                    .Select(cohort => new
                    {
                        id = cohort["cohort"],
                        description = cohort["about"],
                        nextTool = Call(
                            new
                            {
                                categories = new[] { cohort["cohort"] },
                                level = "providers",
                                limit,
                            }
                        ),
                    }),
                total = cohorts.Count,
                nextTool = offset + limit < cohorts.Count
                    ? Call(
                        new
                        {
                            level = "categories",
                            limit,
                            offset = offset + limit,
                        }
                    )
                    : null,
            }
        );
        return Body.Of(
            new
            {
                data = new
                {
                    creditsCost = 0,
                    alexandria = new[]
                    {
                        new
                        {
                            provider = Provider,
                            capability = Capability,
                            creditsCost = 0,
                            data = page,
                        },
                    },
                },
            }
        );
    }

    /// <summary>The response of a look-up, with nextTool beside each next that is a look-up: a model calls tools, not capabilities.</summary>
    public static JsonObject WithNextTools(JsonObject answer)
    {
        if ((answer["data"] as JsonObject)?["alexandria"] is JsonArray and [JsonObject { } found, ..] && found["data"] is JsonObject page)
        {
            var isProviders = page["level"]?.ToString() == "providers";
            foreach (var item in (page["items"] as JsonArray ?? []).OfType<JsonObject>())
            {
                AddNextTool(item, isProviders);
            }

            AddNextTool(page, isProvider: false);
        }

        return answer;
    }

    private static void AddNextTool(JsonObject entry, bool isProvider)
    {
        if (
            entry["next"] is JsonObject next
            && next["provider"]?.ToString() == Provider
            && next["capability"]?.ToString() == Capability
            && next["options"] is JsonObject options
        )
        {
            if (isProvider)
            {
                // From a provider to all of its tools, without their contracts.
                options.Remove("expand");
                options["level"] = "tools";
            }

            entry["nextTool"] = Body.Of(Call(options));
        }
    }

    private static object Call(object arguments) => new { name = "firecrawl_find_tools", arguments };
}

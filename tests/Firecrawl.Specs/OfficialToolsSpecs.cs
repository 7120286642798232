using System.Text.Json;

namespace Firecrawl.Specs;

/// <summary>Every tool of the official server, with its parameters; lean by default.</summary>
public sealed class OfficialToolsSpecs
{
    /// <summary>What differs on purpose, each with its reason.</summary>
    private static readonly Dictionary<string, string> Deliberate = new(StringComparer.Ordinal)
    {
        ["firecrawl_research_search_github"] = "always answers that it is deprecated.",
        ["firecrawl_parse required"] = "a document may come by url as well.",
        ["firecrawl_extract required"] = "a prompt alone will do for the API.",
        ["firecrawl_extract hints"] = "works here, and costs credits.",
    };

    [Fact]
    public async Task Every_official_tool_is_there_with_the_same_parameters()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        var ours = firecrawl.Client.Tools.ToDictionary(tool => tool.Name, tool => tool.ProtocolTool);
        var problems = new List<string>();
        foreach (var official in Official().Where(tool => !Deliberate.ContainsKey(tool.GetProperty("name").GetString()!)))
        {
            var name = official.GetProperty("name").GetString()!;
            if (!ours.TryGetValue(name, out var tool))
            {
                problems.Add($"{name} is missing");
                continue;
            }

            Compare(name, official.GetProperty("inputSchema"), tool.InputSchema, problems);
            foreach (
                var (hint, given) in new[]
                {
                    ("readOnlyHint", tool.Annotations?.ReadOnlyHint),
                    ("destructiveHint", tool.Annotations?.DestructiveHint),
                }
            )
            {
                var isReading = tool.Annotations?.ReadOnlyHint == true;
                if (
                    official.GetProperty("annotations").GetProperty(hint).GetBoolean() != (given ?? !isReading)
                    && !Deliberate.ContainsKey($"{name} hints")
                )
                {
                    problems.Add($"{name}'s {hint} is {given}");
                }
            }
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    [Theory]
    [InlineData(null, 20, 18_500)]
    [InlineData("all", 50, 36_500)]
    public async Task The_list_is_leaner_than_the_official_91_587_bytes(string? toolsets, int count, int most)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", toolsets));
        using var response = await firecrawl.Gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
            FirecrawlGateway.Caller
        );
        var bytes = (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"tools/list ({toolsets ?? "default"}): {firecrawl.Client.Tools.Count} tools, {bytes} bytes"
        );
        Assert.Equal(count, firecrawl.Client.Tools.Count);
        Assert.InRange(bytes, 5_000, most);
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task Every_tool_says_what_it_does()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        Assert.All(
            firecrawl.Client.Tools.Where(tool => tool.Name is not ("read_more" or "show_activity")),
            tool =>
            {
                Assert.False(string.IsNullOrWhiteSpace(tool.ProtocolTool.Title), tool.Name);
                Assert.False(string.IsNullOrWhiteSpace(tool.Description), tool.Name);
                Assert.True(tool.ProtocolTool.Annotations?.OpenWorldHint, tool.Name);
            }
        );
    }

    private static List<JsonElement> Official() =>
        [
            .. JsonDocument
                .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "TestData", "official-tools.json")))
                .RootElement.GetProperty("tools")
                .EnumerateArray(),
        ];

    private static void Compare(string tool, JsonElement official, JsonElement ours, List<string> problems)
    {
        var given = ours.GetProperty("properties");
        foreach (
            var parameter in official
                .GetProperty("properties")
                .EnumerateObject()
                .Where(parameter => !Deliberate.ContainsKey($"{tool}.{parameter.Name}"))
        )
        {
            if (!given.TryGetProperty(parameter.Name, out var mine))
            {
                problems.Add($"{tool}.{parameter.Name} is missing");
            }
            else if (
                TypeOf(mine) is { } type
                && TypeOf(parameter.Value) is { } wanted
                && type != wanted
                && !(type == "integer" && wanted == "number")
            )
            {
                problems.Add($"{tool}.{parameter.Name} is {type} instead of {wanted}");
            }
        }

        if (!Required(official).SetEquals(Required(ours)) && !Deliberate.ContainsKey($"{tool} required"))
        {
            problems.Add($"{tool} requires {string.Join(", ", Required(ours))} instead of {string.Join(", ", Required(official))}");
        }
    }

    // Without a type anything is taken, what the official server takes as well.
    private static string? TypeOf(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static HashSet<string> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
}

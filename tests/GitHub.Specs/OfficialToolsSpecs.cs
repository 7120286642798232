using System.Text.Json;

namespace GitHub.Specs;

/// <summary>Every tool of the official server, with its names, types, required parameters and defaults.</summary>
public sealed class OfficialToolsSpecs
{
    /// <summary>What differs on purpose, each with its reason.</summary>
    private static readonly Dictionary<string, string> Deliberate = new(StringComparer.Ordinal)
    {
        ["issue_write.type"] = "null means absent in every tool (clients send it for what is not given): an empty string removes the type.",
        ["actions_list.workflow_runs_filter.status"] = "GitHub's API takes conclusions as well, by which failed runs are found.",
        ["pull_request_review_write.method"] =
            "a thread is answered by its node id as well, which is all that get_review_comments gives of it.",
        ["pull_request_review_write.required"] = "the node id of a thread says where it is, which is all that resolve_review_thread takes.",
        ["add_issue_comment.required"] = "the id of a comment is all that add_issue_comment_reaction takes.",
        ["issue_read.method"] = "duplicates are read as the rest of an issue is, and not by a tool of their own.",
        ["projects_write.filter"] = "null means absent: an empty string clears the filter.",
        ["projects_write.items"] = "one shape with all members, checked by the tool, instead of oneOf, which several clients cannot read.",
        ["projects_write.updated_field"] = "as items.",
    };

    [Fact]
    public async Task Every_official_tool_is_there_with_the_same_parameters()
    {
        await using var github = await StubbedGitHub.StartAsync();
        var ours = (await github.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).ToDictionary(
            tool => tool.Name,
            tool => tool.JsonSchema
        );
        var problems = new List<string>();
        foreach (var official in Official())
        {
            var name = official.GetProperty("name").GetString()!;
            if (!ours.TryGetValue(name, out var schema))
            {
                problems.Add($"{name} is missing");
                continue;
            }

            Compare(name, official.GetProperty("inputSchema"), schema, problems);
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    [Fact]
    public async Task Toolsets_and_read_only_hints_are_the_official_ones()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", null));
        var byDefault = (await github.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken))
            .Select(tool => tool.Name)
            .ToHashSet();
        var expected = Official()
            .Where(tool => tool.GetProperty("defaultOn").GetBoolean())
            .Select(tool => tool.GetProperty("name").GetString()!)
            .ToList();
        Assert.Empty(expected.Except(byDefault));
        Assert.Empty(
            Official()
                .Where(tool => !tool.GetProperty("defaultOn").GetBoolean())
                .Select(tool => tool.GetProperty("name").GetString()!)
                .Intersect(byDefault)
        );

        await using var all = await StubbedGitHub.StartAsync();
        var hints = (await all.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).ToDictionary(
            tool => tool.Name,
            tool => tool.ProtocolTool.Annotations?.ReadOnlyHint == true
        );
        Assert.Empty(
            Official()
                .Where(tool => hints[tool.GetProperty("name").GetString()!] != tool.GetProperty("readOnly").GetBoolean())
                .Select(tool => tool.GetProperty("name").GetString())
        );
    }

    [Fact]
    public async Task The_default_list_is_smaller_than_the_official_49_700_bytes()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", null));
        using var response = await github.Gateway.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", StubbedGitHub.Bearer);
        var bytes = (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
        TestContext.Current.TestOutputHelper?.WriteLine($"tools/list by default: {bytes} bytes");
        Assert.InRange(bytes, 10_000, 42_000);
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
        var wanted = official.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().ToList() : [];
        var given = ours.TryGetProperty("properties", out var ourProperties) ? ourProperties : default;
        foreach (var parameter in wanted.Where(parameter => !Deliberate.ContainsKey($"{tool}.{parameter.Name}")))
        {
            if (given.ValueKind != JsonValueKind.Object || !given.TryGetProperty(parameter.Name, out var mine))
            {
                problems.Add($"{tool}.{parameter.Name} is missing");
                continue;
            }

            CompareType($"{tool}.{parameter.Name}", parameter.Value, mine, problems);
            var defaultWanted = parameter.Value.TryGetProperty("default", out var value) ? value.GetRawText() : null;
            var defaultGiven = mine.TryGetProperty("default", out value) ? value.GetRawText() : null;
            if (defaultWanted != defaultGiven)
            {
                problems.Add($"{tool}.{parameter.Name} defaults to {defaultGiven ?? "nothing"} instead of {defaultWanted ?? "nothing"}");
            }
        }

        var required = Names(official, "required");
        var ourRequired = Names(ours, "required");
        if (!required.SetEquals(ourRequired) && !Deliberate.ContainsKey($"{tool}.required"))
        {
            problems.Add($"{tool} requires {string.Join(", ", ourRequired)} instead of {string.Join(", ", required)}");
        }
    }

    /// <summary>Whole numbers are declared as such, where the official server says number.</summary>
    private static void CompareType(string path, JsonElement official, JsonElement ours, List<string> problems)
    {
        var wanted = official.TryGetProperty("type", out var type) ? type.ToString() : null;
        var given = ours.TryGetProperty("type", out type) ? type.ToString() : null;
        if (wanted != given && !(wanted == "number" && given == "integer") && wanted?.StartsWith('[') != true)
        {
            problems.Add($"{path} is {given} instead of {wanted}");
            return;
        }

        if (!Names(official, "enum").SetEquals(Names(ours, "enum")))
        {
            problems.Add($"{path} allows {string.Join("/", Names(ours, "enum"))} instead of {string.Join("/", Names(official, "enum"))}");
        }

        foreach (var bound in new[] { "minimum", "maximum" })
        {
            if (
                official.TryGetProperty(bound, out var limit)
                && !(ours.TryGetProperty(bound, out var ourLimit) && ourLimit.GetDouble().Equals(limit.GetDouble()))
            )
            {
                problems.Add($"{path} has no {bound} {limit}");
            }
        }

        if (official.TryGetProperty("items", out var items))
        {
            CompareType($"{path}[]", items, ours.GetProperty("items"), problems);
        }

        if (
            wanted == "object"
            && official.TryGetProperty("properties", out _)
            && official.GetProperty("properties").EnumerateObject().Any()
        )
        {
            Compare(path, official, ours, problems);
        }
    }

    private static HashSet<string> Names(JsonElement schema, string member) =>
        schema.TryGetProperty(member, out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
}

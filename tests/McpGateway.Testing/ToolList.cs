using System.Reflection;
using System.Text;
using System.Text.Json;
using McpGateway.Tools.Describing;
using ModelContextProtocol.Server;
using Xunit;

namespace McpGateway.Testing;

/// <summary>What holds of the tool list of every service.</summary>
public static class ToolList
{
    /// <summary>
    /// Fails where a tool that is written is not listed, a tool has no title, or a value has no type: many clients refuse or
    /// hide such a parameter. Without OUTPUT_SCHEMAS no tool says what its results look like.
    /// </summary>
    /// <param name="add">Adds the service.</param>
    /// <param name="settings">Settings that switch on all of its tools.</param>
    public static async Task CheckAsync(
        GatewayService definition,
        Action<GatewayBuilder> add,
        params (string Name, string? Value)[] settings
    )
    {
        await using var gateway = await Gateway.StartAsync(
            definition,
            add,
            settings.ToDictionary(setting => setting.Name, setting => setting.Value).Append(new("OUTPUT_SCHEMAS", "false")).ToDictionary()
        );
        using var response = await gateway.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        using var list = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var tools = list.RootElement.GetProperty("result").GetProperty("tools").EnumerateArray().ToList();
        var listed = tools.Select(NameOf).ToHashSet();
        Assert.Empty(
            from type in add.Method.DeclaringType!.Assembly.GetTypes()
            from method in type.GetMethods(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
            )
            let tool = method.GetCustomAttribute<McpServerToolAttribute>()
            where tool is not null && !listed.Contains(tool.Name!)
            select $"{type.Name} has '{tool.Name}', which is not listed: add the class to a toolset of the service"
        );
        Assert.All(tools, tool => Assert.NotEmpty(tool.GetProperty("title").GetString()!));
        Assert.DoesNotContain(tools, tool => tool.TryGetProperty("outputSchema", out _));
        Assert.Empty(tools.SelectMany(tool => Untyped(tool.GetProperty("inputSchema"), NameOf(tool))));
    }

    /// <summary>
    /// Fails where docs/clients.md says other numbers of tools than there are, for some clients take 128 of all servers together, or where the two
    /// tools for ChatGPT, which everybody gets, cost a kilobyte.
    /// </summary>
    /// <param name="setting">The setting that chooses toolsets.</param>
    public static async Task CheckCountsAsync(GatewayService definition, Action<GatewayBuilder> add, string setting)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => Gateway.StartAsync(definition, add, With("none")));
        var sets = refusal.Message[(refusal.Message.IndexOf(": use ", StringComparison.Ordinal) + 6)..].TrimEnd('.').Split(", ").Skip(2);
        await using var gateway = await Gateway.StartAsync(definition, add, With("all"));
        var counts = new List<string>();
        foreach (var set in sets)
        {
            counts.Add($"{set} {(await ListAsync(gateway, $"/mcp/x/{set}")).Count - 1}");
        }

        var byDefault = await ListAsync(gateway, "/mcp/x/default");
        var all = await ListAsync(gateway, "/mcp");
        var row = $"| {definition.Name} | {byDefault.Count} | {all.Count} | {string.Join(", ", counts)} |";
        Assert.Contains(row, await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docs", "clients.md")));
        Assert.InRange(byDefault.Where(tool => NameOf(tool) is "search" or "fetch").Sum(tool => tool.GetRawText().Length), 0, 1_000);

        Dictionary<string, string?> With(string toolsets) => new() { [setting] = toolsets };
    }

    /// <summary>
    /// Fails where the listings that a service embeds are not those that its tools' methods make, or a keyword of theirs is checked by no call.
    /// </summary>
    public static async Task CheckListingsAsync(GatewayService definition, Action<GatewayBuilder> add)
    {
        await using var gateway = await Gateway.StartAsync(definition, add);
        using var made = new TemporaryFolder();
        await DescribeCommand.Command.RunAsync(new(["tools", made.Path], gateway.Services, TextWriter.Null), CancellationToken.None);
        var (kept, current) = (
            Read(Path.Combine(Repository.Root, "functions", definition.Listings!.GetName().Name!, "listed")),
            Read(made.Path)
        );
        var stale = kept.Keys.Union(current.Keys).Where(file => kept.GetValueOrDefault(file) != current.GetValueOrDefault(file)).Order();
        Assert.True(!stale.Any(), $"build/listings.sh renews what the tools are listed as, for these differ: {string.Join(", ", stale)}");
        Assert.Equal(current.Keys.Order(), Embedded().Order());

        static Dictionary<string, string> Read(string folder) =>
            Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

        IEnumerable<string> Embedded() =>
            definition
                .Listings!.GetManifestResourceNames()
                .Where(name => name.StartsWith("listed/", StringComparison.Ordinal))
                .Select(name => name["listed/".Length..]);
    }

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(Gateway gateway, string path)
    {
        using var response = await gateway.Http.PostAsync(
            new Uri(path, UriKind.Relative),
            new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Encoding.UTF8, "application/json")
        );
        return
        [
            .. JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("result").GetProperty("tools").EnumerateArray(),
        ];
    }

    private static string NameOf(JsonElement tool) => tool.GetProperty("name").GetString()!;

    /// <summary>The places where a schema leaves open what a value is.</summary>
    private static IEnumerable<string> Untyped(JsonElement schema, string place)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return [$"{place}: anything"];
        }

        var parts = new List<(JsonElement Schema, string Place)>();
        if (schema.TryGetProperty("properties", out var properties))
        {
            parts.AddRange(properties.EnumerateObject().Select(property => (property.Value, $"{place}.{property.Name}")));
        }

        if (schema.TryGetProperty("items", out var items))
        {
            parts.Add((items, $"{place}[]"));
        }

        if (schema.TryGetProperty("anyOf", out var shapes))
        {
            parts.AddRange(shapes.EnumerateArray().Select(shape => (shape, place)));
        }

        var type = schema.TryGetProperty("type", out var named) ? named.ToString() : null;
        return (
            type is null && shapes.ValueKind == JsonValueKind.Undefined ? [$"{place}: no type"]
            : type == "array" && items.ValueKind == JsonValueKind.Undefined ? [$"{place}: no items"]
            : Array.Empty<string>()
        ).Concat(parts.SelectMany(part => Untyped(part.Schema, part.Place)));
    }
}

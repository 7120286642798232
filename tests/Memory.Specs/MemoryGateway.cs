using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Testing;
using McpGateway.Tools.Answers;

namespace Memory.Specs;

/// <summary>A running memory, called as a plain client calls it.</summary>
internal sealed class MemoryGateway : IAsyncDisposable
{
    private readonly Gateway gateway;

    private readonly string path;

    private MemoryGateway(Gateway gateway, string path = "/mcp") => (this.gateway, this.path) = (gateway, path);

    /// <summary>The same memory at the address of a namespace; the spec disposes of the first alone.</summary>
    public MemoryGateway In(string name) => new(gateway, $"/mcp/n/{name}");

    public Gateway Gateway => gateway;

    public string File => Path.Combine(gateway.Folder, "memory.db");

    public static Task<MemoryGateway> StartAsync(params (string Name, string? Value)[] settings) =>
        StartAsync(TimeProvider.System, settings);

    public static async Task<MemoryGateway> StartAsync(TimeProvider time, params (string Name, string? Value)[] given)
    {
        var settings = await SpecStore.SettingsAsync(given);
        var gateway = await Gateway.StartAsync(MemoryService.Definition, MemoryService.AddMemory, settings, time);
        SpecStore.Keep(gateway.Folder, settings);
        return new(gateway);
    }

    /// <summary>Calls a tool with arguments as JSON.</summary>
    public async Task<ToolAnswer> CallAsync(string tool, string arguments) => ToolAnswer.Of(await RawAsync(tool, arguments));

    /// <summary>Calls a tool and gives the body of the response.</summary>
    public async Task<string> RawAsync(string tool, string arguments)
    {
        using var response = await gateway.PostAsync(
            $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{tool}}","arguments":{{arguments}} } }""",
            configure: request =>
            {
                request.RequestUri = new Uri(path, UriKind.Relative);
                request.Headers.Accept.ParseAdd("application/json");
            }
        );
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Calls a tool with an anonymous object as arguments.</summary>
    public Task<ToolAnswer> CallAsync(string tool, object arguments) => CallAsync(tool, JsonSerializer.Serialize(arguments));

    public Task<ToolAnswer> CreateAsync(string name, string type = "thing", params string[] observations) =>
        CallAsync(
            "create_entities",
            new
            {
                entities = new[]
                {
                    new
                    {
                        name,
                        entityType = type,
                        observations,
                    },
                },
            }
        );

    public Task<ToolAnswer> RelateAsync(string from, string to, string relationType) =>
        CallAsync(
            "create_relations",
            new
            {
                relations = new[]
                {
                    new
                    {
                        from,
                        to,
                        relationType,
                    },
                },
            }
        );

    public async Task<string[]> SearchAsync(string query) => (await CallAsync("search_nodes", new { query })).Names;

    /// <summary>The lines of an export that fits into one answer.</summary>
    public async Task<string[]> ExportAsync() => ((string)(await CallAsync("export_graph", "{}")).Structured!["jsonl"]!).Split('\n');

    /// <summary>Reads every page of a reading tool.</summary>
    public async Task<List<ToolAnswer>> ReadAllAsync(string tool, object arguments)
    {
        var pages = new List<ToolAnswer>();
        var input = JsonSerializer.SerializeToNode(arguments)!.AsObject();
        do
        {
            pages.Add(await CallAsync(tool, input.ToJsonString()));
            input["cursor"] = pages[^1].NextCursor;
            Assert.True(pages.Count < 5_000, "The pages do not end.");
        } while (pages[^1].NextCursor is not null);
        return pages;
    }

    public ValueTask DisposeAsync() => gateway.DisposeAsync();
}

/// <summary>A clock that goes as time goes, from a day that a spec sets.</summary>
internal sealed class SetClock(string start) : TimeProvider
{
    private readonly DateTimeOffset began = System.GetUtcNow();
    private DateTimeOffset from = DateTimeOffset.Parse(start, global::System.Globalization.CultureInfo.InvariantCulture);

    public void SetTo(string day) =>
        from = DateTimeOffset.Parse(day, global::System.Globalization.CultureInfo.InvariantCulture) - (System.GetUtcNow() - began);

    public override DateTimeOffset GetUtcNow() => from + (System.GetUtcNow() - began);
}

/// <summary>What a tool call came back with.</summary>
internal sealed record ToolAnswer(string Body, bool IsError, string Text, JsonNode? Structured)
{
    public string[] Names =>
        [.. (Structured ?? throw new InvalidOperationException(Body))["entities"]!.AsArray().Select(e => (string)e!["name"]!)];

    public string[] Observations =>
        [.. Structured!["entities"]!.AsArray().SelectMany(e => e!["observations"]!.AsArray()).Select(o => (string)o!)];

    /// <summary>Each relation as "from type to".</summary>
    public string[] Relations => [.. Structured!["relations"]!.AsArray().Select(r => $"{r!["from"]} {r["relationType"]} {r["to"]}")];

    /// <summary>What a model pays that is shown both forms.</summary>
    public int Tokens => O200k.Count(Text) + (Structured is null ? 0 : O200k.Count(Structured.ToJsonString(ToolJson.Readable)));

    public string? NextCursor => (string?)Structured!["nextCursor"];

    public static ToolAnswer Of(string body)
    {
        var result = JsonNode.Parse(body)!["result"] ?? throw new InvalidOperationException(body);
        return new(body, (bool?)result["isError"] ?? false, (string?)result["content"]?[0]?["text"] ?? "", result["structuredContent"]);
    }
}

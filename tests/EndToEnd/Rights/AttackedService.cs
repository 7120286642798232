using System.Text;
using McpGateway.Testing;

namespace EndToEnd.Rights;

/// <summary>A service under attack: where it can be reached, and what of it goes with which tool.</summary>
internal sealed record AttackedService(string Project, string Prefix)
{
    /// <summary>The settings that lead to a stub of its API.</summary>
    public Func<string, Dictionary<string, string?>> SettingsFor { get; init; } = _ => [];

    public IReadOnlyList<string> Paths { get; init; } = ["/mcp", "/mcp/", "/MCP", "/mcp/readonly", "/mcp/x/all", "/mcp/x/all/readonly"];

    /// <summary>The tools that read unless their arguments ask for more.</summary>
    public IReadOnlyCollection<string> ReadsByArguments { get; init; } = [];

    /// <summary>Values for parameters, by their names, as JSON.</summary>
    public IReadOnlyDictionary<string, string> Samples { get; init; } = new Dictionary<string, string>();

    /// <summary>Arguments that make a reading tool do more.</summary>
    public IReadOnlyList<(string Name, string Json)> Spices { get; init; } = [];

    /// <summary>Resources, each with the tools that give the same.</summary>
    public IReadOnlyList<(string Uri, IReadOnlyList<string> Tools)> Resources { get; init; } = [];

    public (string Uri, string Argument, IReadOnlyList<string> Tools)? Completion { get; init; }

    public (string Name, IReadOnlyList<string> Tools)? Prompt { get; init; }

    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Addresses that do what tools do piece by piece, which go with all of them.</summary>
    public IReadOnlyList<AttackedTransfer> Transfers { get; init; } = [];

    /// <summary>Whether a request to the API changes something.</summary>
    public Func<ReceivedRequest, bool> Writes { get; init; } = _ => false;

    /// <summary>What there is in each namespace, which is put there at the first look; nothing without namespaces.</summary>
    public async Task<string> LookAsync(GatewayProcess gateway, string admin)
    {
        var seen = new StringBuilder();
        foreach (var space in Namespaces)
        {
            var graph = await CallAsync(gateway, admin, space, "read_graph", "{}");
            if (!graph.Contains(SecretOf(space), StringComparison.Ordinal))
            {
                await CallAsync(
                    gateway,
                    admin,
                    space,
                    "create_entities",
                    $$"""{"entities":[{"name":"{{SecretOf(space)}}","entityType":"secret","observations":["kept"]}]}"""
                );
                graph = await CallAsync(gateway, admin, space, "read_graph", "{}");
            }

            seen.Append(graph);
        }

        return seen.ToString();
    }

    /// <summary>What nobody may read who is kept to a namespace; nothing for who is not.</summary>
    public IEnumerable<string> SecretsKeptFrom(string? space) =>
        space is null ? [] : Namespaces.Where(other => other != space).Select(SecretOf);

    private static string SecretOf(string space) => $"hidden-in-{space}";

    private static async Task<string> CallAsync(GatewayProcess gateway, string token, string space, string tool, string arguments)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, space == "default" ? "/mcp" : $"/mcp/n/{space}")
        {
            Content = new StringContent(
                $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        message.Headers.Authorization = new("Bearer", token);
        using var response = await gateway.Http.SendAsync(message);
        return await response.Content.ReadAsStringAsync();
    }
}

/// <summary>An address that does what tools do.</summary>
internal sealed record AttackedTransfer(string Method, string Path, string Namespace, string? Body, IReadOnlyList<string> Tools);

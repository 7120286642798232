using System.Collections.Concurrent;
using McpGateway.Secrets;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Server;

namespace GitHub.Toolsets;

/// <summary>
/// Which tools a request sees: the server's settings bound it, its path and headers choose within, exclusion and
/// read-only win over everything. The rules are the official server's.
/// </summary>
internal sealed class ToolSelection
{
    private readonly ToolCatalogue catalogue;
    private readonly IReadOnlyList<GitHubTool> universe;
    private readonly bool isBounded;
    private readonly ConcurrentDictionary<string, McpServerPrimitiveCollection<McpServerTool>> collections = new(StringComparer.Ordinal);

    /// <exception cref="SettingException">A setting names a tool or toolset that does not exist.</exception>
    public ToolSelection(ToolCatalogue catalogue, GitHubOptions options)
    {
        this.catalogue = catalogue;
        isBounded = !string.IsNullOrWhiteSpace(options.Toolsets) || !string.IsNullOrWhiteSpace(options.Tools);
        var excluded = Names("GITHUB_EXCLUDE_TOOLS", options.ExcludeTools);
        var chosen = isBounded
            ? Choose(
                catalogue.Tools,
                string.IsNullOrWhiteSpace(options.Toolsets) ? null : ReadToolsets(options.Toolsets),
                Names("GITHUB_TOOLS", options.Tools)
            )
            : catalogue.Tools;
        universe =
        [
            .. chosen
                .Where(tool => !excluded.Contains(tool.Name) && (tool.IsReadOnly || !options.ReadOnly))
                .OrderBy(tool => tool.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The tools of a request.</summary>
    /// <exception cref="BadHttpRequestException">X-MCP-Tools names a tool that does not exist.</exception>
    public McpServerPrimitiveCollection<McpServerTool> Of(HttpContext context)
    {
        var tools = Select(context).ToList();
        // Few clients, few selections; a caller that makes up ever new ones gets a fresh collection each time.
        var key = string.Join(',', tools.Select(tool => tool.Name));
        return collections.TryGetValue(key, out var known) ? known
            : collections.Count < 64 ? collections.GetOrAdd(key, _ => [.. tools])
            : [.. tools];
    }

    private IEnumerable<GitHubTool> Select(HttpContext context)
    {
        var request = ToolRequest.Of(context);
        var toolsets = request.Toolsets is { } list ? ToolsetNames.Read(list, _ => { }) : null;
        var named = request.Tools.Select(DeprecatedNames.Resolve).ToHashSet(StringComparer.Ordinal);
        if (!isBounded && named.FirstOrDefault(name => !catalogue.TryGet(name, out _)) is { } unknown)
        {
            throw new BadHttpRequestException(
                $"X-MCP-Tools names '{unknown}', which is no tool of this gateway.",
                StatusCodes.Status400BadRequest
            );
        }

        var chosen =
            toolsets is null && named.Count == 0
                ? isBounded
                    ? universe
                    : Choose(universe, ToolsetNames.Default, named)
                : Choose(universe, toolsets, named);
        var excluded = request.Excluded.Select(DeprecatedNames.Resolve).ToHashSet(StringComparer.Ordinal);
        return chosen.Where(tool => !excluded.Contains(tool.Name) && (tool.IsReadOnly || !request.ReadOnly));
    }

    private static IEnumerable<GitHubTool> Choose(IEnumerable<GitHubTool> tools, IReadOnlySet<string>? toolsets, HashSet<string> named) =>
        tools.Where(tool => named.Contains(tool.Name) || toolsets?.Overlaps(tool.Toolsets) == true);

    private static HashSet<string> ReadToolsets(string list) =>
        ToolsetNames.Read(
            list,
            unknown =>
                throw new SettingException(
                    $"GITHUB_TOOLSETS names '{unknown}', which is no toolset: use all, default or {string.Join(", ", ToolsetNames.All)}."
                )
        );

    private HashSet<string> Names(string setting, string? list)
    {
        var names = (list ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(DeprecatedNames.Resolve)
            .ToHashSet(StringComparer.Ordinal);
        return names.FirstOrDefault(name => !catalogue.TryGet(name, out _)) is { } unknown
            ? throw new SettingException($"{setting} names '{unknown}', which is no tool of this gateway.")
            : names;
    }
}

using McpGateway.Secrets;
using McpGateway.Text;
using McpGateway.Tools.Answers;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Selection;

/// <summary>
/// Which tools a request sees: the operator's settings bound it, its path and headers choose within, exclusion and read-only win over
/// everything. The rules are those of GitHub's own server. A tool of no toolset belongs to the default.
/// </summary>
internal sealed class ToolChoice
{
    private const int LongestName = 100;

    private readonly IReadOnlyList<Toolset> known;
    private readonly IReadOnlyDictionary<string, HashSet<string>> toolsets;
    private readonly Func<string, string> nameOf;
    private readonly ToolsetSettings settings;
    private readonly Chosen? chosen;
    private readonly HashSet<string> excluded;

    /// <exception cref="SettingException">A setting names a tool or toolset that does not exist.</exception>
    public ToolChoice(
        string service,
        IReadOnlyList<Toolset> known,
        IReadOnlyDictionary<string, HashSet<string>> toolsets,
        Func<string, string> nameOf,
        ToolsetSettings settings
    )
    {
        this.known = known;
        this.toolsets = toolsets;
        this.nameOf = nameOf;
        this.settings = settings;
        excluded = Tools($"{service}_EXCLUDE_TOOLS", settings.Excluded, [.. toolsets.Keys, ReadMoreTools.Name]);
        var tools = Tools($"{service}_TOOLS", settings.Tools, [.. toolsets.Keys]);
        if (
            ToolRequest.Names(settings.Toolsets).FirstOrDefault(name => name is not ("all" or "default") && !IsToolset(name)) is { } unknown
        )
        {
            throw new SettingException(
                $"{service}_TOOLSETS names '{unknown}', which is not a toolset: use all, default, {string.Join(", ", known.Select(toolset => toolset.Name))}."
                    + NearName.Ask(unknown, Names)
            );
        }

        // Settings that name nothing bound nothing.
        if (!string.IsNullOrWhiteSpace(settings.Toolsets) || tools.Count > 0)
        {
            chosen = new(string.IsNullOrWhiteSpace(settings.Toolsets) ? null : settings.Toolsets, tools);
        }
    }

    /// <summary>A service without toolsets: all of its tools, of which a request may choose some.</summary>
    public static ToolChoice OfAll { get; } =
        new("", [], new Dictionary<string, HashSet<string>>(StringComparer.Ordinal), name => name, new(null));

    public Func<Func<string, bool>, string>? Instructions { get; init; }

    /// <summary>The tools that only read unless their arguments ask for more.</summary>
    public IReadOnlySet<string> ReadByArguments { get; init; } = new HashSet<string>();

    public IReadOnlyList<Companion> Companions { get; init; } = [];

    public IReadOnlyList<ChatView> Views { get; init; } = [];

    /// <summary>Whether a tool changes nothing, or nothing unless its arguments ask for it.</summary>
    public bool Reads(Tool tool) => tool.Annotations?.ReadOnlyHint == true || ReadByArguments.Contains(tool.Name);

    /// <summary>The toolsets there are, in words, and which one a request may have meant that names none of them.</summary>
    public string AboutToolsets(ToolRequest request) =>
        $"Toolsets are: {string.Join(", ", Names.Order(StringComparer.Ordinal))}."
        + (FindUnknownToolset(request) is { } unknown ? NearName.Ask(unknown, Names) : "");

    /// <summary>Why a tool that there is, is not offered: a sentence.</summary>
    public string WhyLeftOut(Tool tool) =>
        excluded.Contains(tool.Name) || chosen is not null && !Includes(chosen, tool.Name) || settings.ReadOnly && !Reads(tool)
            ? "This gateway has it, but its settings leave it out: its operator can change that."
            : "This gateway has it, but the address and the X-MCP headers of the request leave it out"
                + (toolsets.TryGetValue(tool.Name, out var of) ? $". It is in the toolset {string.Join(" and ", of)}." : ".");

    /// <summary>What a request's list of toolsets names that is none; nothing is offered for it.</summary>
    public string? FindUnknownToolset(ToolRequest request) =>
        ToolRequest.Names(request.Toolsets).FirstOrDefault(name => name is not ("all" or "default") && !IsToolset(name));

    /// <exception cref="BadHttpRequestException">A header names a tool that does not exist: what it should choose or leave out, nobody knows.</exception>
    public IEnumerable<McpServerTool> Of(IEnumerable<McpServerTool> all, ToolRequest request)
    {
        var tools = all.ToList();
        var names = tools.ConvertAll(tool => tool.ProtocolTool.Name);
        var named = Tools("X-MCP-Tools", request.Tools, names, StringComparer.Ordinal);
        var left = Tools("X-MCP-Exclude-Tools", request.Excluded, names, StringComparer.OrdinalIgnoreCase);
        left.UnionWith(excluded);
        var wish = request.Toolsets is null && named.Count == 0 ? null : new Chosen(request.Toolsets, named);
        var offered = tools
            .Where(tool =>
                tool.ProtocolTool.Name != ReadMoreTools.Name
                && Includes(chosen ?? wish ?? new("default", []), tool.ProtocolTool.Name)
                && (wish is null || Includes(wish, tool.ProtocolTool.Name))
                && !left.Contains(tool.ProtocolTool.Name)
                && (Reads(tool.ProtocolTool) || !(request.ReadOnly || settings.ReadOnly))
            )
            .ToList();
        // Whatever answers can be cut, and read on.
        return offered.Count == 0 || left.Contains(ReadMoreTools.Name)
            ? offered
            : offered.Concat(tools.Where(tool => tool.ProtocolTool.Name == ReadMoreTools.Name));
    }

    private IEnumerable<string> Names => known.Select(toolset => toolset.Name).Append("default").Append("all");

    private bool Includes(Chosen choice, string tool) =>
        choice.Tools.Contains(tool)
        || ToolRequest
            .Names(choice.Toolsets)
            .Any(name =>
                name == "all"
                || (
                    toolsets.TryGetValue(tool, out var of)
                        ? of.Contains(name) || (name == "default" && known.Any(toolset => toolset.IsDefault && of.Contains(toolset.Name)))
                        : name == "default"
                )
            );

    private bool IsToolset(string name) => known.Any(toolset => toolset.Name == name);

    private HashSet<string> Tools(string setting, string? list, HashSet<string> known)
    {
        var names = ToolRequest.Names(list).Select(nameOf).ToHashSet(StringComparer.Ordinal);
        return names.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw new SettingException(NoTool(setting, unknown, known))
            : names;
    }

    private HashSet<string> Tools(string header, string list, IReadOnlyList<string> known, StringComparer comparer)
    {
        var names = ToolRequest.Names(list).Select(nameOf).ToHashSet(comparer);
        return names.FirstOrDefault(name => !known.Contains(name, comparer)) is { } unknown
            ? throw new BadHttpRequestException(NoTool(header, unknown, known), StatusCodes.Status400BadRequest)
            : names;
    }

    private static string NoTool(string where, string unknown, IEnumerable<string> known) =>
        $"{where} names '{Cut.To(unknown, LongestName)}', which is not a tool of this gateway"
        + (NearName.Find(unknown, known) is { } near ? $": did you mean {near}?" : ".");

    private sealed record Chosen(string? Toolsets, HashSet<string> Tools);
}

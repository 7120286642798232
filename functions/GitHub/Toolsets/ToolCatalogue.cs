using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace GitHub.Toolsets;

/// <summary>Every tool there is, with its toolsets.</summary>
internal sealed class ToolCatalogue
{
    private readonly Dictionary<string, GitHubTool> tools = new(StringComparer.Ordinal);

    public IEnumerable<GitHubTool> Tools => tools.Values;

    /// <summary>Adds the tools of a topic to its toolset; a method's own <see cref="AlsoInAttribute"/> adds it to another.</summary>
    public ToolCatalogue Add<TTools>(string toolset)
        where TTools : class
    {
        var factory = ActivatorUtilities.CreateFactory<TTools>([]);
        foreach (var method in typeof(TTools).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (method.IsDefined(typeof(McpServerToolAttribute)))
            {
                var toolsets = method
                    .GetCustomAttributes<AlsoInAttribute>()
                    .Select(also => also.Toolset)
                    .Append(toolset)
                    .ToHashSet(StringComparer.Ordinal);
                var tool = GitHubTool.Create(method, services => factory(services, []), toolsets);
                tools.Add(tool.Name, tool);
            }
        }

        return this;
    }

    public bool TryGet(string name, out GitHubTool? tool) => tools.TryGetValue(name, out tool);
}

/// <summary>A second toolset of a tool.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AlsoInAttribute(string toolset) : Attribute
{
    public string Toolset => toolset;
}

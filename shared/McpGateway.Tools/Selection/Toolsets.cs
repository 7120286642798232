using McpGateway.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Tools.Selection;

/// <summary>
/// The groups of tools a service has, and which of them its operator wants: a list of names separated by commas, where
/// <c>default</c> stands for the default ones and <c>all</c> for every one; unset means <c>default</c>.
/// </summary>
/// <param name="setting">The setting that names the wanted toolsets, such as <c>CODA_TOOLSETS</c>.</param>
public sealed class Toolsets(string setting)
{
    private readonly List<Toolset> known = [];

    /// <summary>A toolset that is on unless the setting says otherwise.</summary>
    public Toolsets Default(string name, Action<IMcpServerBuilder> register) => Add(new(name, register, IsDefault: true));

    /// <summary>A toolset that is off unless the setting names it.</summary>
    public Toolsets Optional(string name, Action<IMcpServerBuilder> register) => Add(new(name, register, IsDefault: false));

    /// <summary>Registers the wanted toolsets, in the order they were added.</summary>
    /// <exception cref="SettingException">The setting names a toolset that does not exist.</exception>
    public void Register(IMcpServerBuilder mcp, string? wanted)
    {
        var names = (string.IsNullOrWhiteSpace(wanted) ? "default" : wanted).Split(
            ',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        foreach (var name in names)
        {
            if (name is not ("all" or "default") && known.TrueForAll(toolset => toolset.Name != name))
            {
                throw new SettingException(
                    $"{setting} names '{name}', which is no toolset: use all, default, {string.Join(", ", known.Select(toolset => toolset.Name))}."
                );
            }
        }

        foreach (
            var toolset in known.Where(toolset =>
                names.Contains(toolset.Name) || names.Contains("all") || (toolset.IsDefault && names.Contains("default"))
            )
        )
        {
            toolset.Register(mcp);
        }
    }

    private Toolsets Add(Toolset toolset)
    {
        known.Add(toolset);
        return this;
    }

    private sealed record Toolset(string Name, Action<IMcpServerBuilder> Register, bool IsDefault);
}

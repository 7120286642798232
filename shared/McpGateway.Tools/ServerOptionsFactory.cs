using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace McpGateway.Tools;

/// <summary>
/// Puts the options of the MCP server together once, and gives a copy to each request. The transport asks for new ones with every request,
/// which may change them; the framework's own factory would register each tool and each filter anew.
/// </summary>
internal sealed class ServerOptionsFactory(
    IEnumerable<IConfigureOptions<McpServerOptions>> setups,
    IEnumerable<IPostConfigureOptions<McpServerOptions>> finishes
) : IOptionsFactory<McpServerOptions>
{
    private readonly Lazy<McpServerOptions> original = new(() =>
    {
        var options = new OptionsFactory<McpServerOptions>(setups, finishes).Create(Options.DefaultName);
        ComposedFilters.Compose(options.Filters.Request);
        return options;
    });

    /// <returns>Options of the caller's own, with handlers of its own. Filters and collections are those of every request.</returns>
    public McpServerOptions Create(string name)
    {
        var copy = (McpServerOptions)CopyOf(original.Value);
        copy.Handlers = (McpServerHandlers)CopyOf(copy.Handlers);
        return copy;
    }

    // A list of their members would lack those that the next version of the SDK adds.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(MemberwiseClone))]
    private static extern object CopyOf(object original);
}

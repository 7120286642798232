using System.Reflection;
using McpGateway.Authentication;
using McpGateway.Commands;

namespace McpGateway;

/// <summary>What tells one gateway from another: its name, its port, and what a model is told about it.</summary>
/// <param name="Name">The service's name on the wire, in health responses and in audit lines, such as <c>memory-mcp</c>.</param>
/// <param name="DefaultPort">The port Kestrel listens on unless <c>PORT</c> says otherwise.</param>
/// <param name="Title">The name a person reads.</param>
/// <param name="Instructions">Sent to every client at initialisation: how a model uses the tools well.</param>
public sealed record GatewayService(string Name, int DefaultPort, string Title, string Instructions)
{
    /// <summary>The setting that holds the upstream API's token, such as <c>CODA_API_TOKEN</c>; null without an upstream.</summary>
    public string? UpstreamTokenSetting { get; init; }

    /// <summary>What it is for, in at most 100 characters, for whoever chooses among servers.</summary>
    public string Description { get; init; } = Title;

    /// <summary>Whether its calls cost credits at the vendor.</summary>
    public bool SpendsCredits { get; init; }

    /// <summary>The right that keeps a caller to some of what it holds, such as namespaces of a memory; null: it has none.</summary>
    public PlaceRight? Places { get; init; }

    /// <summary>What it is called in a client, such as <c>memory</c>.</summary>
    public string ShortName => Name.EndsWith("-mcp", StringComparison.Ordinal) ? Name[..^4] : Name;

    /// <summary>The largest request body in bytes unless <c>MAX_REQUEST_BYTES</c> says otherwise.</summary>
    public int LargestRequest { get; init; } = 4_000_000;

    /// <summary>What embeds the listings of its tools; null: it has none, and each is made of its method at start.</summary>
    public Assembly? Listings { get; init; }

    /// <summary>What its program can be told to do instead of serving.</summary>
    public IReadOnlyList<Command> Commands { get; init; } = [];

    /// <summary>The version of the running service, as its assembly states it.</summary>
    public string Version { get; } =
        System
            .Reflection.Assembly.GetEntryAssembly()
            ?.GetCustomAttributes(typeof(System.Reflection.AssemblyInformationalVersionAttribute), false)
            .OfType<System.Reflection.AssemblyInformationalVersionAttribute>()
            .FirstOrDefault()
            ?.InformationalVersion
        ?? "0.0.0";
}

using System.Text.Json.Serialization;

namespace McpGateway.Tools.Describing;

/// <summary>What clients and registries are told of this gateway before anybody connects: who it is and where.</summary>
/// <param name="Name">The host of <c>PUBLIC_URL</c> in reverse, and the service's name: <c>org.example.memory/memory-mcp</c>.</param>
internal sealed record ServerDescription(
    [property: JsonPropertyName("$schema")] string Schema,
    string Name,
    string Title,
    string Description,
    string Version,
    IReadOnlyList<Remote> Remotes
);

/// <summary>An endpoint of the gateway.</summary>
/// <param name="Headers">What a client has to send; null where it logs in by itself or needs nothing.</param>
/// <param name="SupportedProtocolVersions">In server cards only: the registry has no such field.</param>
internal sealed record Remote(
    string Type,
    string Url,
    IReadOnlyList<RemoteHeader>? Headers,
    IReadOnlyList<string>? SupportedProtocolVersions
);

internal sealed record RemoteHeader(string Name, string Description, bool IsRequired, bool IsSecret);

/// <summary>Where clients find the server cards of a host.</summary>
internal sealed record ServerCatalog(string SpecVersion, IReadOnlyList<CatalogEntry> Entries);

internal sealed record CatalogEntry(string Identifier, string DisplayName, string Type, string Url);

[JsonSerializable(typeof(ServerDescription))]
[JsonSerializable(typeof(ServerCatalog))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true
)]
internal sealed partial class DescriptionJson : JsonSerializerContext;

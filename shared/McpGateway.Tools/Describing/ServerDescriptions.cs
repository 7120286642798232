using System.Net;
using McpGateway.Authentication;
using McpGateway.Tools.Transport;
using Microsoft.Extensions.Options;

namespace McpGateway.Tools.Describing;

/// <summary>The descriptions of a gateway, from its definition and settings: the server card and the registry's entry.</summary>
/// <exception cref="InvalidOperationException">The gateway has no <c>PUBLIC_URL</c>: nobody is told where it is.</exception>
internal sealed class ServerDescriptions(GatewayService service, IOptions<GatewayOptions> options, Door door)
{
    public const string CardType = "application/mcp-server-card+json";

    // SEP-2127, https://github.com/modelcontextprotocol/experimental-ext-server-card
    private const string CardSchema = "https://static.modelcontextprotocol.io/schemas/v2/server-card.schema.json";
    private const string RegistrySchema = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json";

    private Uri PublicUrl => options.Value.PublicUri ?? throw new InvalidOperationException("There is no PUBLIC_URL.");

    private string McpUrl => PublicUrl.GetLeftPart(UriPartial.Authority) + "/mcp";

    private string CardUrl => McpUrl + "/server-card";

    /// <summary>The server card (SEP-2127).</summary>
    public ServerDescription Card => Describe(CardSchema, IncomingMessage.SupportedVersions);

    /// <summary>The <c>server.json</c> that a registry takes.</summary>
    public ServerDescription RegistryEntry => Describe(RegistrySchema, versions: null);

    /// <summary>The one entry of the host's catalog.</summary>
    public ServerCatalog Catalog => new("draft", [new($"urn:air:{PublicUrl.Host}:{service.Name}", service.Title, CardType, CardUrl)]);

    private ServerDescription Describe(string schema, IReadOnlyList<string>? versions) =>
        new(
            schema,
            $"{ReversedHost()}/{service.Name}",
            service.Title,
            service.Description,
            // Without the commit that follows the version in builds.
            service.Version.Split('+')[0],
            [new("streamable-http", McpUrl, Headers(), versions)]
        );

    private string ReversedHost() =>
        IPAddress.TryParse(PublicUrl.Host.Trim('[', ']'), out _) ? "localhost" : string.Join('.', PublicUrl.Host.Split('.').Reverse());

    private RemoteHeader[]? Headers() =>
        door.HasTokens ? [new("Authorization", "'Bearer ' and a token of this gateway", IsRequired: !door.HasLogin, IsSecret: true)] : null;
}

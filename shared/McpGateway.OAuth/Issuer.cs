using Microsoft.Extensions.Options;

namespace McpGateway.OAuth;

/// <summary>
/// The names of this authorization server and of the resource it protects. They come from <c>PUBLIC_URL</c> alone, never from
/// a request's Host: clients compare them character by character.
/// </summary>
internal sealed class Issuer(IOptions<GatewayOptions> options, GatewayService service)
{
    /// <summary>The issuer identifier: an origin without a trailing slash. Without a public URL, and hence without a login, a name of the gateway.</summary>
    public string Url { get; } = options.Value.PublicUri?.GetLeftPart(UriPartial.Authority) ?? $"urn:mcp-gateway:{service.Name}";

    public string TokenEndpoint => Url + "/token";

    /// <summary>The protected resource (RFC 8707), the audience of every token.</summary>
    public string Resource => Url + "/mcp";

    /// <summary>Where the resource's metadata is (RFC 9728), the path-inserted form.</summary>
    public string ResourceMetadata => Url + MetadataEndpoints.ResourcePath + "/mcp";

    /// <summary>What a client is told whose resource is another.</summary>
    public string OtherResource => $"The resource is not the one of this server: send {Resource}, or none.";

    /// <summary>
    /// Whether a client means this resource. Some URL classes add a slash or the port that goes without saying, some clients write the host as
    /// their user did, in capitals perhaps, and some know the origin only; none means ours.
    /// </summary>
    public bool Accepts(string? resource) =>
        resource is null
        || Uri.TryCreate(resource, UriKind.Absolute, out var uri)
            && uri is { Query: "", Fragment: "" }
            && uri.GetLeftPart(UriPartial.Path).TrimEnd('/') is var meant
            && (meant == Resource || meant == Url);
}

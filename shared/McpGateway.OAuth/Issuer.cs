using McpGateway.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Options;

namespace McpGateway.OAuth;

/// <summary>
/// The names of this authorization server and of the resources it protects. They come from <c>PUBLIC_URL</c> alone, never from
/// a request's Host: clients compare them character by character.
/// </summary>
internal sealed class Issuer(IOptions<GatewayOptions> options, GatewayService service, IEnumerable<ProtectedAddress> addresses)
{
    private static readonly PathString Whole = "/mcp";

    private readonly TemplateMatcher[] matchers =
    [
        .. addresses.Select(address => new TemplateMatcher(TemplateParser.Parse(address.Pattern), [])),
    ];

    /// <summary>The issuer identifier: an origin without a trailing slash. Without a public URL, and hence without a login, a name of the gateway.</summary>
    public string Url { get; } = options.Value.PublicUri?.GetLeftPart(UriPartial.Authority) ?? $"urn:mcp-gateway:{service.Name}";

    public string TokenEndpoint => Url + "/token";

    /// <summary>The protected resource (RFC 8707), the audience of every token that no address below it was named for.</summary>
    public string Resource => Url + Whole;

    /// <summary>What a client is told whose resource is another.</summary>
    public string OtherResource =>
        $"The resource is not one of this server: send {Resource}, or the address below it at which you call the gateway, or none.";

    /// <summary>Where the metadata of the resource at an address is (RFC 9728), the path-inserted form.</summary>
    public string ResourceMetadataFor(PathString path) =>
        Url + MetadataEndpoints.ResourcePath + (IsProtected(path) ? path : Whole).ToUriComponent();

    /// <summary>
    /// The resource that a client means, as tokens name it; null where it is none of this gateway. Some URL classes add a slash or the port that
    /// goes without saying, some clients write the host as their user did, in capitals perhaps, and some know the origin only; none means all of it.
    /// </summary>
    public string? FindResource(string? resource) =>
        resource is null ? Resource
        : PathIn(resource) is not { } path ? null
        : path.Length == 0 || Whole == path ? Resource
        : IsProtected(path) ? Url + new PathString(path).ToUriComponent()
        : null;

    /// <summary>Whether a token for one resource covers another.</summary>
    public bool Covers(string resource, string other) =>
        BelowOf(resource) is { } below && BelowOf(other) is { } within && new PathString(within).StartsWithSegments(below);

    /// <summary>
    /// Where a token for a resource is good: at a path and below, or, where it is empty, everywhere. Null for a resource of another gateway: a
    /// string, as null becomes a path without a value.
    /// </summary>
    public string? BelowOf(string resource) =>
        resource == Resource ? ""
        : resource.StartsWith(Resource + "/", StringComparison.OrdinalIgnoreCase)
            ? PathString.FromUriComponent(resource[Url.Length..]).Value
        : null;

    private string? PathIn(string resource) =>
        Uri.TryCreate(resource, UriKind.Absolute, out var uri)
        && uri is { Query: "", Fragment: "" }
        && uri.GetLeftPart(UriPartial.Authority) == Url
            ? PathString.FromUriComponent(uri.AbsolutePath.TrimEnd('/')).Value ?? ""
            : null;

    private bool IsProtected(PathString path) => matchers.Any(matcher => matcher.TryMatch(path, []));
}

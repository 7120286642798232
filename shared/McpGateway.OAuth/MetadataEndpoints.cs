using McpGateway.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace McpGateway.OAuth;

/// <summary>Discovery: which server to ask for tokens (RFC 9728) and where its endpoints are (RFC 8414). Open to everybody.</summary>
internal static class MetadataEndpoints
{
    public const string ServerPath = "/.well-known/oauth-authorization-server";
    public const string ResourcePath = "/.well-known/oauth-protected-resource";

    public static void Map(IEndpointRouteBuilder endpoints, string corsPolicy, Issuer issuer, GatewayService service, Profiles profiles)
    {
        var server = new AuthorizationServerMetadata
        {
            Issuer = issuer.Url,
            AuthorizationEndpoint = issuer.Url + "/authorize",
            TokenEndpoint = issuer.TokenEndpoint,
            RegistrationEndpoint = issuer.Url + "/register",
            RevocationEndpoint = issuer.Url + "/revoke",
        };
        // Their names alone: what each allows is between the operator and whoever uses it.
        IReadOnlyList<string> named = [.. profiles.All.Keys.Order(StringComparer.Ordinal)];
        var resource = new ResourceMetadata(issuer.Resource, [issuer.Url], service.Title, named.Count > 0 ? named : null);
        foreach (var suffix in (string[])["", "/mcp"])
        {
            endpoints
                .MapMethods(
                    ServerPath + suffix,
                    ["GET", "HEAD"],
                    context =>
                        OAuthJson.WriteAsync(
                            Cached(context),
                            StatusCodes.Status200OK,
                            server,
                            OAuthJson.Default.AuthorizationServerMetadata
                        )
                )
                .RequireCors(corsPolicy);
            endpoints
                .MapMethods(
                    ResourcePath + suffix,
                    ["GET", "HEAD"],
                    context => OAuthJson.WriteAsync(Cached(context), StatusCodes.Status200OK, resource, OAuthJson.Default.ResourceMetadata)
                )
                .RequireCors(corsPolicy);
        }
    }

    private static HttpContext Cached(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        return context;
    }
}

using System.Text.Json.Serialization.Metadata;
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

    public static void Map(
        IEndpointRouteBuilder endpoints,
        string corsPolicy,
        Issuer issuer,
        GatewayService service,
        Profiles profiles,
        IEnumerable<ProtectedAddress> addresses
    )
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
        foreach (var suffix in (string[])["", "/mcp"])
        {
            Serve(ServerPath + suffix, _ => server, OAuthJson.Default.AuthorizationServerMetadata);
        }

        foreach (var suffix in addresses.Select(address => address.Pattern).Prepend(""))
        {
            Serve(ResourcePath + suffix, ResourceOf, OAuthJson.Default.ResourceMetadata);
        }

        void Serve<T>(string path, Func<HttpRequest, T> metadata, JsonTypeInfo<T> type) =>
            endpoints
                .MapMethods(
                    path,
                    ["GET", "HEAD"],
                    context =>
                    {
                        context.Response.Headers.CacheControl = "public, max-age=300";
                        return OAuthJson.WriteAsync(context, StatusCodes.Status200OK, metadata(context.Request), type);
                    }
                )
                .RequireCors(corsPolicy);

        // The resource has to be the very address that the client calls, as it writes it (RFC 9728 section 3.3).
        ResourceMetadata ResourceOf(HttpRequest request) =>
            new(
                request.Path.StartsWithSegments(ResourcePath, out var address) && address.HasValue
                    ? issuer.Url + address.ToUriComponent()
                    : issuer.Resource,
                [issuer.Url],
                service.Title,
                named.Count > 0 ? named : null
            );
    }
}

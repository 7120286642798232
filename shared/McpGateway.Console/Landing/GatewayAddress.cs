using Microsoft.AspNetCore.Http;

namespace McpGateway.Console.Landing;

/// <summary>The address of the gateway as clients reach it.</summary>
internal static class GatewayAddress
{
    /// <summary>The public URL, or else the name that the request came by, which the request guard knows.</summary>
    public static string Of(GatewayOptions options, HttpRequest request) =>
        options.PublicUri?.GetLeftPart(UriPartial.Authority) ?? $"{request.Scheme}://{request.Host}";
}

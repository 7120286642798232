using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using McpGateway.Http;
using McpGateway.OAuth.Clients;
using McpGateway.Text;
using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth;

/// <summary>RFC 8414, as far as it applies.</summary>
internal sealed record AuthorizationServerMetadata
{
    public required string Issuer { get; init; }

    public required string AuthorizationEndpoint { get; init; }

    public required string TokenEndpoint { get; init; }

    public required string RegistrationEndpoint { get; init; }

    public required string RevocationEndpoint { get; init; }

    public IReadOnlyList<string> ResponseTypesSupported { get; } = ["code"];

    public IReadOnlyList<string> ResponseModesSupported { get; } = ["query"];

    public IReadOnlyList<string> GrantTypesSupported { get; } = ["authorization_code", "refresh_token", "client_credentials"];

    public IReadOnlyList<string> CodeChallengeMethodsSupported { get; } = ["S256"];

    public IReadOnlyList<string> TokenEndpointAuthMethodsSupported { get; } =
    ["none", "client_secret_post", "client_secret_basic", "private_key_jwt"];

    public IReadOnlyList<string> TokenEndpointAuthSigningAlgValuesSupported { get; } = ClientAssertions.Algorithms;

    public IReadOnlyList<string> RevocationEndpointAuthMethodsSupported => TokenEndpointAuthMethodsSupported;

    public IReadOnlyList<string> RevocationEndpointAuthSigningAlgValuesSupported => TokenEndpointAuthSigningAlgValuesSupported;

    public IReadOnlyList<string> ScopesSupported { get; } = [Scopes.Full, Scopes.Read, Scopes.Offline];

    public bool ClientIdMetadataDocumentSupported { get; } = true;

    public bool AuthorizationResponseIssParameterSupported { get; } = true;
}

/// <summary>RFC 9728, as far as it applies.</summary>
/// <param name="ProfilesSupported">The profiles an operator can give a connection, a parameter of our own; null where there are none.</param>
internal sealed record ResourceMetadata(
    string Resource,
    IReadOnlyList<string> AuthorizationServers,
    string ResourceName,
    IReadOnlyList<string>? ProfilesSupported
)
{
    public IReadOnlyList<string> ScopesSupported { get; } = [Scopes.Full, Scopes.Read];

    public IReadOnlyList<string> BearerMethodsSupported { get; } = ["header"];
}

/// <summary>The part of a registration (RFC 7591) that matters here.</summary>
internal sealed record RegistrationRequest(
    string? ClientName = null,
    IReadOnlyList<string>? RedirectUris = null,
    string? TokenEndpointAuthMethod = null,
    string? ApplicationType = null
);

/// <summary>What was really registered.</summary>
internal sealed record RegistrationAnswer
{
    public required string ClientId { get; init; }

    public required long ClientIdIssuedAt { get; init; }

    public required string ClientName { get; init; }

    public required IReadOnlyList<string> RedirectUris { get; init; }

    public string? ApplicationType { get; init; }

    public required string TokenEndpointAuthMethod { get; init; }

    public IReadOnlyList<string> GrantTypes { get; } = ["authorization_code", "refresh_token"];

    public IReadOnlyList<string> ResponseTypes { get; } = ["code"];

    public string? ClientSecret { get; init; }

    public long? ClientSecretExpiresAt { get; init; }
}

/// <summary>The part of a client ID metadata document that matters here.</summary>
/// <param name="TokenEndpointAuthMethods">ChatGPT's plural field: all methods it can do.</param>
internal sealed record ClientDocument(
    string? ClientId = null,
    string? ClientName = null,
    IReadOnlyList<string>? RedirectUris = null,
    string? TokenEndpointAuthMethod = null,
    [property: JsonPropertyName("token_endpoint_auth_methods_supported")] IReadOnlyList<string>? TokenEndpointAuthMethods = null,
    JsonElement? Jwks = null,
    string? JwksUri = null
)
{
    /// <summary>Whether the client can authenticate by this method.</summary>
    public bool Offers(string method) => TokenEndpointAuthMethod == method || TokenEndpointAuthMethods?.Contains(method) == true;
}

internal sealed record TokenAnswer(string AccessToken, string TokenType, long ExpiresIn, string? RefreshToken, string Scope);

internal sealed record OAuthError(string Error, string ErrorDescription);

[JsonSerializable(typeof(AuthorizationServerMetadata))]
[JsonSerializable(typeof(ResourceMetadata))]
[JsonSerializable(typeof(RegistrationRequest))]
[JsonSerializable(typeof(RegistrationAnswer))]
[JsonSerializable(typeof(ClientDocument))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(OAuthError))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class OAuthJson : JsonSerializerContext
{
    // As people read it: a quotation mark is itself.
    private static readonly OAuthJson Readable = new(PlainJson.Of(JsonNamingPolicy.SnakeCaseLower));

    /// <summary>A failure that nobody foresaw, in the form of RFC 6749.</summary>
    public static FailureReply FailureReply { get; } = new(WriteFailureAsync);

    /// <summary>Responds with JSON that no cache keeps, unless the caller has said otherwise.</summary>
    public static Task WriteAsync<T>(HttpContext context, int status, T answer, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        if (context.Response.Headers.CacheControl.Count == 0)
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.Pragma = "no-cache";
        }

        var readable = (JsonTypeInfo<T>?)Readable.GetTypeInfo(type.Type) ?? type;
        return context.Response.WriteAsJsonAsync(answer, readable, "application/json", context.RequestAborted);
    }

    private static Task WriteFailureAsync(HttpContext context, Failure failure) =>
        WriteAsync(
            context,
            failure.Status,
            new OAuthError(failure.Status < StatusCodes.Status500InternalServerError ? "invalid_request" : "server_error", failure.Message),
            OAuthJson.Default.OAuthError
        );
}

using System.Text.Json.Serialization;

namespace McpGateway.OAuth.Grants;

/// <summary>One approved connection, which all its tokens depend on.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Sequence">How often the refresh token has been exchanged.</param>
/// <param name="Rotated">When it was exchanged last.</param>
/// <param name="Expires">When the connection ends unless it is used before.</param>
/// <param name="Revoked">When it was ended. The record stays for a while, so that a used code stays used.</param>
internal sealed record Grant(
    string Id,
    string ClientId,
    string ClientName,
    string RedirectHost,
    string Resource,
    string Scope,
    DateTimeOffset Created,
    DateTimeOffset LastUsed,
    DateTimeOffset Expires,
    int Sequence = 0,
    DateTimeOffset? Rotated = null,
    DateTimeOffset? Revoked = null
)
{
    /// <summary>Who calls with a token of this grant, in audit lines and rate limits.</summary>
    [JsonIgnore]
    public string CallerName => $"oauth:{ClientName}:{Id[..8]}";

    public bool IsAlive(DateTimeOffset now) => Revoked is null && now < Expires;
}

/// <summary>A grant as it was read, with the store's mark of that state.</summary>
internal sealed record StoredGrant(Grant Grant, string Version);

[JsonSerializable(typeof(Grant))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true
)]
internal sealed partial class GrantJson : JsonSerializerContext;

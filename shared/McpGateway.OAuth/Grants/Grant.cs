using System.Text.Json.Serialization;

namespace McpGateway.OAuth.Grants;

/// <summary>One approved connection, which all its tokens depend on.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Sequence">How often the refresh token has been exchanged.</param>
/// <param name="Rotated">When it was exchanged last, in grants of older releases; <paramref name="Rotations"/> since.</param>
/// <param name="Expires">When the connection ends unless it is used before.</param>
/// <param name="Revoked">When it was ended. The record stays for a while, so that a used code stays used.</param>
/// <param name="Rotations">When it was exchanged, the latest last; as far back as a retired token still counts.</param>
/// <param name="MustSign">Whether the client has to authenticate by a signed assertion.</param>
/// <param name="Secret">SHA-256 of the client secret of a program that logs in by itself; null for apps.</param>
/// <param name="Profile">The profile of <c>PROFILES</c> whose rights it has, within the scope; null for all of the scope.</param>
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
    DateTimeOffset? Revoked = null,
    IReadOnlyList<DateTimeOffset>? Rotations = null,
    bool MustSign = false,
    string? Secret = null,
    string? Profile = null
)
{
    /// <summary>Whether the operator made it for a program that logs in by itself (client credentials).</summary>
    [JsonIgnore]
    public bool IsMachine => Secret is not null;

    /// <summary>Who calls with a token of this grant, in audit lines and rate limits.</summary>
    [JsonIgnore]
    public string CallerName => $"oauth:{ClientName}:{Id[..8]}";

    // More exchanges within the window than any client makes.
    private const int MostRotations = 64;

    /// <summary>The grant after an exchange of its refresh token.</summary>
    /// <param name="window">How long the retired token still counts.</param>
    public Grant Exchanged(DateTimeOffset now, DateTimeOffset expires, TimeSpan window) =>
        this with
        {
            Sequence = Sequence + 1,
            Rotated = null,
            Rotations = [.. Past.Where(at => (now - at).Duration() <= window).Append(now).TakeLast(MostRotations)],
            LastUsed = now,
            Expires = expires,
        };

    /// <summary>When the refresh token of a sequence was exchanged for the next one; null when that was long ago.</summary>
    public DateTimeOffset? RetiredAt(int sequence) =>
        Sequence - sequence is > 0 and var turns && turns <= Past.Count ? Past[Past.Count - turns] : null;

    private IReadOnlyList<DateTimeOffset> Past => Rotations ?? (Rotated is { } last ? [last] : []);

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

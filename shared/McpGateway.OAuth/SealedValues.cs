using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace McpGateway.OAuth;

/// <summary>Something handed out sealed. The purpose keeps one kind from passing as another.</summary>
internal interface ISealed
{
    static abstract string Purpose { get; }

    /// <summary>Unix seconds from which on it is worthless.</summary>
    long Expires { get; }
}

/// <summary>
/// Encrypts and signs what clients carry for us: codes, tokens, tickets, client ids. The purpose holds the issuer, so that a
/// value of one gateway is worthless at another, even with a shared key ring.
/// </summary>
internal sealed class SealedValues(IDataProtectionProvider provider, Issuer issuer, TimeProvider time)
{
    public string Seal<T>(T value)
        where T : ISealed =>
        WebEncoders.Base64UrlEncode(ProtectorOf<T>().Protect(JsonSerializer.SerializeToUtf8Bytes(value, typeof(T), SealedJson.Default)));

    /// <summary>The value, or null if it is not one of this kind and gateway, or has expired.</summary>
    public T? Open<T>(string? text)
        where T : class, ISealed
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            var value = (T?)
                JsonSerializer.Deserialize(ProtectorOf<T>().Unprotect(WebEncoders.Base64UrlDecode(text)), typeof(T), SealedJson.Default);
            return value?.Expires > time.GetUtcNow().ToUnixTimeSeconds() ? value : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private IDataProtector ProtectorOf<T>()
        where T : ISealed => provider.CreateProtector(issuer.Url, "oauth", T.Purpose);
}

/// <summary>An authorization code; redeeming it creates its grant.</summary>
/// <param name="Client">SHA-256 of the client id, which can be long.</param>
/// <param name="MustSign">Whether the client has to authenticate by a signed assertion.</param>
internal sealed record AuthorizationCode(
    string Grant,
    string Client,
    string ClientName,
    string RedirectUri,
    string Challenge,
    string Scope,
    string Resource,
    long Expires,
    bool MustSign = false,
    string? Profile = null
) : ISealed
{
    public static string Purpose => "code";
}

/// <summary>An access token.</summary>
internal sealed record AccessToken(string Grant, string Scope, string Resource, long Expires) : ISealed
{
    public static string Purpose => "access";
}

/// <summary>A refresh token, good for one turn of its grant's sequence.</summary>
internal sealed record RefreshToken(string Grant, int Sequence, long Expires) : ISealed
{
    public static string Purpose => "refresh";
}

/// <summary>A dynamically registered client: its id is this record, sealed, and never expires.</summary>
internal sealed record RegisteredClient(string Name, IReadOnlyList<string> RedirectUris, string? Secret = null) : ISealed
{
    public static string Purpose => "client";

    [JsonIgnore]
    public long Expires => long.MaxValue;
}

/// <summary>Proof that the operator has typed the secret for exactly this request and is asked about this client.</summary>
/// <param name="Request">SHA-256 of the authorization request.</param>
internal sealed record ConsentTicket(string Id, string Request, string ClientName, bool MustSign, long Expires) : ISealed
{
    public static string Purpose => "consent";
}

/// <summary>A session of the operator in the console, as its cookie holds it.</summary>
/// <param name="Secret">The fingerprint of the secret it was opened with.</param>
internal sealed record OperatorCookie(string Id, string Secret, long Expires) : ISealed
{
    public static string Purpose => "console";
}

/// <summary>Proof that a form of the console was made for a session.</summary>
internal sealed record FormTicket(string Session, long Expires) : ISealed
{
    public static string Purpose => "form";
}

/// <summary>A sentence for the next page of a session.</summary>
internal sealed record Notice(string Session, string Text, long Expires) : ISealed
{
    public static string Purpose => "notice";
}

[JsonSerializable(typeof(AuthorizationCode))]
[JsonSerializable(typeof(AccessToken))]
[JsonSerializable(typeof(RefreshToken))]
[JsonSerializable(typeof(RegisteredClient))]
[JsonSerializable(typeof(ConsentTicket))]
[JsonSerializable(typeof(OperatorCookie))]
[JsonSerializable(typeof(FormTicket))]
[JsonSerializable(typeof(Notice))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class SealedJson : JsonSerializerContext;

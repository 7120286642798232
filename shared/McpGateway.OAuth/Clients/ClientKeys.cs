using System.Text.Json;
using McpGateway.Caching;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace McpGateway.OAuth.Clients;

/// <summary>The public keys of clients that sign, from their document or the URL it names. A set is read again when it lacks a key.</summary>
internal sealed partial class ClientKeys(AppHosts hosts, TimeProvider time, ILogger<ClientKeys> logger)
{
    private const int MostCached = 1_000;
    private const int MostKeys = 20;
    private const int SmallestModulus = 2048 / 8;

    // A signature with a key nobody knows makes the gateway ask the host again, but not at once.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly Remembered<string, Entry> known = new(AppHosts.LongestCached, MostCached, time);

    /// <summary>The keys, or null where they cannot be had at present; the log says why.</summary>
    /// <param name="keyId">The key the signature names, if it names one.</param>
    public async Task<IReadOnlyList<SecurityKey>?> FindAsync(KeySource source, string? keyId, CancellationToken cancellationToken)
    {
        if (source.Set is { } set)
        {
            return Usable(set);
        }

        var url = source.Url!;
        if (
            !known.TryFind(url, out var entry)
            || (time.GetElapsedTime(entry.Read) >= Fresh && keyId is not null && entry.Keys?.Any(key => key.KeyId == keyId) != true)
        )
        {
            var fetched = await hosts.GetAsync(url, "key set", OAuthJson.Default.JsonElement, cancellationToken);
            if (fetched.Problem is { } problem)
            {
                KeysUnknown(new Uri(url).Host, problem);
                // What was read before stays good while its host is in trouble.
                entry = new(entry?.Keys, time.GetTimestamp());
                known.Keep(url, entry, entry.Keys is null ? AppHosts.FailureCached : null);
            }
            else
            {
                entry = new(Usable(fetched.Value.GetRawText()), time.GetTimestamp());
                known.Keep(url, entry, fetched.Lifetime);
            }
        }

        return entry.Keys;
    }

    // RFC 7517. Symmetric keys, short ones and those meant for encryption sign nothing here.
    private static List<SecurityKey> Usable(string set)
    {
        try
        {
            return
            [
                .. JsonWebKeySet
                    .Create(set)
                    .Keys.Where(key =>
                        key.Use is null or "" or "sig"
                        && (
                            (key.Kty == JsonWebAlgorithmsKeyTypes.RSA && ModulusOf(key) >= SmallestModulus)
                            || key is { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv: JsonWebKeyECTypes.P256 }
                        )
                    )
                    .Take(MostKeys),
            ];
        }
        catch (Exception e) when (e is ArgumentException or JsonException or FormatException)
        {
            return [];
        }
    }

    private static int ModulusOf(JsonWebKey key) => key.N is { } modulus ? Base64UrlEncoder.DecodeBytes(modulus).Length : 0;

    private sealed record Entry(IReadOnlyList<SecurityKey>? Keys, long Read);

    [LoggerMessage(LogLevel.Warning, "The keys of a client at {Host} cannot be read: {Problem}")]
    private partial void KeysUnknown(string host, string problem);
}

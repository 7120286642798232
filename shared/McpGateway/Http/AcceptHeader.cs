using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace McpGateway.Http;

/// <summary>What a request says of a media type in its <c>Accept</c> (RFC 9110 section 12.5.1).</summary>
/// <param name="Quality">How much it is wanted, from 0, not at all, to 1.</param>
/// <param name="IsNamed">Whether it is named itself, and not covered by a wildcard alone or by there being no header.</param>
public readonly record struct AcceptHeader(double Quality, bool IsNamed)
{
    /// <summary>Whether a client asks for a type by its name.</summary>
    public bool IsAskedFor => IsNamed && Quality > 0;

    /// <summary>What the headers of a request say of a media type; of ranges that cover it the most specific one counts.</summary>
    public static AcceptHeader Of(HttpRequest request, string mediaType)
    {
        if (request.Headers.Accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges))
        {
            return new(1, IsNamed: false);
        }

        var (quality, closest) = (0.0, 0);
        foreach (var range in ranges)
        {
            var closeness =
                range.MatchesAllTypes ? 1
                : range.MatchesAllSubTypes
                    ? Covers(range, mediaType) ? 2
                        : 0
                : range.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase) ? 3
                : 0;
            if (closeness > 0 && closeness >= closest)
            {
                quality = closeness > closest ? range.Quality ?? 1 : Math.Max(quality, range.Quality ?? 1);
                closest = closeness;
            }
        }

        return new(quality, IsNamed: closest == 3);
    }

    private static bool Covers(MediaTypeHeaderValue range, string mediaType) =>
        mediaType.AsSpan(0, mediaType.IndexOf('/')).Equals(range.Type, StringComparison.OrdinalIgnoreCase);
}

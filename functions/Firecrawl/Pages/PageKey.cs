using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Firecrawl.Pages;

/// <summary>Which scrapes may be kept for others, and when two of them ask for the same.</summary>
internal static class PageKey
{
    // What acts on the page, shows it as only this caller may see it, or asks for more than the page.
    private static readonly string[] Personal =
    [
        .. "headers actions profile zeroDataRetention lockdown minAge auditMetadata toolDetail domainTools skipTlsVerification".Split(' '),
    ];

    // What says how to read, not what.
    private static readonly string[] Manner = ["maxAge", "timeout", "storeInCache"];

    /// <param name="request">The body of a scrape.</param>
    /// <returns>Null: it must not be kept.</returns>
    public static string? Of(JsonObject request)
    {
        if (
            Personal.Any(request.ContainsKey)
            || request["storeInCache"]?.ToString() == "false"
            || !Uri.TryCreate(request["url"]?.ToString(), UriKind.Absolute, out var url)
            || url.UserInfo.Length > 0
        )
        {
            return null;
        }

        var formats = FormatsOf(request);
        // The vendor compares with a time of its own.
        if (formats.Contains("changeTracking"))
        {
            return null;
        }

        var asked = request.DeepClone().AsObject();
        asked["url"] = url.AbsoluteUri;
        foreach (var name in Manner)
        {
            asked.Remove(name);
        }

        if (formats is ["markdown"])
        {
            asked.Remove("formats");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked.ToJsonString())))[..24];
    }

    private static List<string?> FormatsOf(JsonObject request) =>
        [.. (request["formats"] as JsonArray ?? []).Select(format => (format is JsonObject named ? named["type"] : format)?.ToString())];
}

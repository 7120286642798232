using McpGateway.Secrets;

namespace Firecrawl.Upstream;

/// <summary>
/// Which Firecrawl answers: the vendor's cloud, or an operator's own of any age. What its responses show is remembered until the gateway
/// restarts.
/// </summary>
internal sealed class FirecrawlServer
{
    private const string CloudHost = "api.firecrawl.dev";

    /// <exception cref="SettingException">FIRECRAWL_VERSION is neither a version nor <c>cloud</c>.</exception>
    public FirecrawlServer(FirecrawlOptions options, Uri baseUrl)
    {
        var given = options.Version?.Trim();
        var isNamedCloud = string.Equals(given, "cloud", StringComparison.OrdinalIgnoreCase);
        IsCloud = string.IsNullOrEmpty(given) ? baseUrl.Host == CloudHost : isNamedCloud;
        if (string.IsNullOrEmpty(given) || isNamedCloud)
        {
            return;
        }

        var version = System.Version.TryParse(given.TrimStart('v', 'V'), out var parsed)
            ? parsed
            : throw new SettingException(
                $"FIRECRAWL_VERSION='{given}' is not a version: use one such as 2.0 or 2.11.162, cloud, or leave it out."
            );
        IsFirst = version is { Major: 2, Minor: 0 };
    }

    /// <summary>
    /// Whether everything the vendor documents is there. A self-hosted server knows starts by their idempotency key only with a
    /// database that it usually lacks.
    /// </summary>
    public bool IsCloud { get; }

    /// <summary>Whether it is a 2.0, which refuses many of today's fields. Null: not known yet.</summary>
    public bool? IsFirst { get; set; }

    /// <summary>Whether it answers with a job's first pages whatever <c>skip</c> asks for, as a 2.0 does. Null: not known yet.</summary>
    public bool? IgnoresSkip { get; set; }
}

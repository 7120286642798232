using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Firecrawl;

/// <summary>Which Firecrawl, and what callers may have it do.</summary>
public sealed class FirecrawlOptions
{
    /// <summary>The API key; a self-hosted Firecrawl may do without.</summary>
    [ConfigurationKeyName("FIRECRAWL_API_KEY")]
    public string? Key { get; set; }

    /// <summary>Where the v2 API lives; <c>/v2</c> is added to a URL without a path. Without a key plain http will do.</summary>
    [ConfigurationKeyName("FIRECRAWL_API_URL")]
    public string Url { get; set; } = "https://api.firecrawl.dev/v2";

    /// <summary>
    /// What the API is, where its host does not tell: <c>cloud</c>, or the version of a self-hosted server such as <c>2.0</c>. Unset:
    /// found out.
    /// </summary>
    [ConfigurationKeyName("FIRECRAWL_VERSION")]
    public string? Version { get; set; }

    /// <summary>Which toolsets are on: names separated by commas, <c>default</c> or <c>all</c>.</summary>
    [ConfigurationKeyName("FIRECRAWL_TOOLSETS")]
    public string? Toolsets { get; set; }

    /// <summary>Refuse page actions, webhooks and work in live browsers.</summary>
    [ConfigurationKeyName("FIRECRAWL_SAFE_MODE")]
    public bool SafeMode { get; set; }

    /// <summary>The folder that firecrawl_parse may read files from; unset: none, documents come as base64 or by URL.</summary>
    [ConfigurationKeyName("FIRECRAWL_FILES")]
    public string? Files { get; set; }

    /// <summary>Let tools have private, loopback and link-local addresses scraped.</summary>
    [ConfigurationKeyName("FIRECRAWL_ALLOW_PRIVATE")]
    public bool AllowPrivate { get; set; }

    /// <summary>The domains that tools may read, with their subdomains, separated by commas; unset: all.</summary>
    [ConfigurationKeyName("FIRECRAWL_ALLOWED_DOMAINS")]
    public string? AllowedDomains { get; set; }

    /// <summary>The domains that tools may not read, with their subdomains, separated by commas.</summary>
    [ConfigurationKeyName("FIRECRAWL_DENIED_DOMAINS")]
    public string? DeniedDomains { get; set; }

    /// <summary>Options of pages where a caller gives none, as JSON such as <c>{"proxy":"basic","pdfOptions":{"maxPages":50}}</c>.</summary>
    [ConfigurationKeyName("FIRECRAWL_DEFAULTS")]
    public string? Defaults { get; set; }

    /// <summary>The most credits that one call may be estimated to cost; unset: no limit of the gateway's.</summary>
    [ConfigurationKeyName("FIRECRAWL_MAX_CREDITS_PER_CALL")]
    public int? MaxCreditsPerCall { get; set; }

    /// <summary>How many megabytes of pages are kept in DATA_PATH, for scrapes with a maxAge and for firecrawl_page_changes; 0: none.</summary>
    [ConfigurationKeyName("FIRECRAWL_PAGES_MB")]
    [Range(0, 100_000)]
    public int PagesMegabytes { get; set; } = 100;

    /// <summary>How many minutes old a kept page may be where a scrape has no maxAge of its own; 0: each is read anew.</summary>
    [ConfigurationKeyName("FIRECRAWL_PAGES_MINUTES")]
    [Range(0, 5_256_000)]
    public int PagesMinutes { get; set; }
}

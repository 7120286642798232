using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace GitHub;

/// <summary>Which GitHub, as whom, and what of it callers may use.</summary>
public sealed class GitHubOptions
{
    /// <summary>A personal access token; with it, no App.</summary>
    [ConfigurationKeyName("GITHUB_TOKEN")]
    public string? Token { get; set; }

    /// <summary>The id, or client id, of a GitHub App to work as instead of with a token.</summary>
    [ConfigurationKeyName("GITHUB_APP_ID")]
    public string? AppId { get; set; }

    /// <summary>Which installation of the App: the number at the end of its settings page's URL.</summary>
    [ConfigurationKeyName("GITHUB_APP_INSTALLATION_ID")]
    public long? AppInstallationId { get; set; }

    /// <summary>The App's private key in PEM, PKCS#1 or PKCS#8; normally by <c>GITHUB_APP_PRIVATE_KEY_FILE</c>.</summary>
    [ConfigurationKeyName("GITHUB_APP_PRIVATE_KEY")]
    public string? AppPrivateKey { get; set; }

    /// <summary>github.com when empty, a tenant such as octo.ghe.com, or a GitHub Enterprise Server.</summary>
    [ConfigurationKeyName("GITHUB_HOST")]
    public string? Host { get; set; }

    /// <summary>Toolsets offered, separated by commas; <c>all</c> and <c>default</c> are keywords.</summary>
    [ConfigurationKeyName("GITHUB_TOOLSETS")]
    public string? Toolsets { get; set; }

    /// <summary>Single tools offered, besides the toolsets.</summary>
    [ConfigurationKeyName("GITHUB_TOOLS")]
    public string? Tools { get; set; }

    /// <summary>Tools never offered.</summary>
    [ConfigurationKeyName("GITHUB_EXCLUDE_TOOLS")]
    public string? ExcludeTools { get; set; }

    /// <summary>Offer only tools that change nothing.</summary>
    [ConfigurationKeyName("GITHUB_READ_ONLY")]
    public bool ReadOnly { get; set; }

    /// <summary>Withhold what people without push access wrote in public repositories; a request may switch it on, not off.</summary>
    [ConfigurationKeyName("GITHUB_LOCKDOWN_MODE")]
    public bool Lockdown { get; set; }

    /// <summary>Memory for responses that are transferred again only if they changed; 0 keeps none.</summary>
    [ConfigurationKeyName("GITHUB_CACHE_BYTES"), Range(0, 1_000_000_000)]
    public long CacheBytes { get; set; } = 33_554_432;

    /// <summary>Requests that create content (issues, comments, reviews and the like), as calls/seconds; further ones wait.</summary>
    [ConfigurationKeyName("GITHUB_LIMIT_CONTENT_WRITES")]
    public string ContentWrites { get; set; } = "10/10";

    /// <summary>
    /// The repositories tools may touch at all, separated by commas: <c>owner/name</c> or <c>owner/*</c>. Empty: every one the token
    /// reaches.
    /// </summary>
    [ConfigurationKeyName("GITHUB_ALLOWED_REPOS")]
    public string? AllowedRepositories { get; set; }

    /// <summary>Those of them tools may change. Empty: every allowed one.</summary>
    [ConfigurationKeyName("GITHUB_WRITABLE_REPOS")]
    public string? WritableRepositories { get; set; }
}

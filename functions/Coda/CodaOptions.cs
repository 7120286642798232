using Microsoft.Extensions.Configuration;

namespace Coda;

/// <summary>What the operator says about Coda.</summary>
public sealed class CodaOptions
{
    /// <summary>The API token; without one the gateway starts, lists its tools, and each call says what to set.</summary>
    [ConfigurationKeyName("CODA_API_TOKEN")]
    public string? Token { get; set; }

    /// <summary>Where the API lives: https, or http on loopback.</summary>
    [ConfigurationKeyName("CODA_API_BASE_URL")]
    public string BaseUrl { get; set; } = "https://docs.superhuman.com/apis/v1";

    /// <summary>Which toolsets are on: names separated by commas, <c>default</c> or <c>all</c>.</summary>
    [ConfigurationKeyName("CODA_TOOLSETS")]
    public string? Toolsets { get; set; }

    /// <summary>The docs the tools may touch: ids or links separated by commas; unset means every doc the token can reach.</summary>
    [ConfigurationKeyName("CODA_ALLOWED_DOCS")]
    public string? AllowedDocs { get; set; }

    /// <summary>More hosts that exports may be downloaded from, separated by commas; <c>*.</c> stands for everything below.</summary>
    [ConfigurationKeyName("CODA_EXPORT_HOSTS")]
    public string? ExportHosts { get; set; }

    /// <summary>Whether the tools of Coda's hosted MCP server are offered as well.</summary>
    [ConfigurationKeyName("CODA_HOSTED_MCP")]
    public bool HostedMcp { get; set; }

    /// <summary>Where the hosted MCP server is: https, or http on loopback. It gets the token.</summary>
    [ConfigurationKeyName("CODA_HOSTED_MCP_URL")]
    public string HostedUrl { get; set; } = "https://docs.superhuman.com/apis/mcp";

    /// <summary>Reads: calls per seconds, as <c>100/6</c>.</summary>
    [ConfigurationKeyName("CODA_LIMIT_READS")]
    public string Reads { get; set; } = "100/6";

    /// <summary>Writes of any kind: calls per seconds.</summary>
    [ConfigurationKeyName("CODA_LIMIT_WRITES")]
    public string Writes { get; set; } = "10/6";

    /// <summary>Writes of page content and rows, which count as writes too: calls per seconds.</summary>
    [ConfigurationKeyName("CODA_LIMIT_CONTENT_WRITES")]
    public string ContentWrites { get; set; } = "3/10";

    /// <summary>Listing docs: calls per seconds.</summary>
    [ConfigurationKeyName("CODA_LIMIT_DOC_LISTS")]
    public string DocLists { get; set; } = "4/6";

    /// <summary>Analytics: calls per seconds.</summary>
    [ConfigurationKeyName("CODA_LIMIT_ANALYTICS")]
    public string Analytics { get; set; } = "100/6";
}

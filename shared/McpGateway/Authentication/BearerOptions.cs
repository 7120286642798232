using Microsoft.Extensions.Configuration;

namespace McpGateway.Authentication;

/// <summary>Which static bearer tokens a gateway accepts.</summary>
public sealed class BearerOptions
{
    /// <summary>The one token of a simple set-up.</summary>
    [ConfigurationKeyName("MCP_BEARER_TOKEN")]
    public string? Token { get; set; }

    /// <summary>
    /// Several named tokens, separated by commas or line breaks, each <c>name=token</c> or <c>name=sha256:hex</c>, so that
    /// a token can be rotated without downtime and callers can be told apart.
    /// </summary>
    [ConfigurationKeyName("MCP_BEARER_TOKENS")]
    public string? Tokens { get; set; }

    /// <summary>Serve everyone without a token, even where others can reach the service.</summary>
    [ConfigurationKeyName("ALLOW_ANONYMOUS")]
    public bool AllowAnonymous { get; set; }
}

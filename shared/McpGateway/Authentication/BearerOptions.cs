using Microsoft.Extensions.Configuration;

namespace McpGateway.Authentication;

/// <summary>Which static bearer tokens a gateway accepts.</summary>
public sealed class BearerOptions
{
    internal const string TokenSetting = "MCP_BEARER_TOKEN";

    internal const string TokensSetting = "MCP_BEARER_TOKENS";

    /// <summary>The one token of a simple set-up.</summary>
    [ConfigurationKeyName(TokenSetting)]
    public string? Token { get; set; }

    /// <summary>
    /// Several named tokens, separated by commas or line breaks, each <c>name=token</c> or <c>name=sha256:hex</c>, so that
    /// an old and a new token are good at the same time and callers can be told apart. Rights may follow
    /// after semicolons. What follows a <c>#</c> is a comment.
    /// </summary>
    [ConfigurationKeyName(TokensSetting)]
    public string? Tokens { get; set; }

    /// <summary>Rights with a name, for tokens and approvals of apps: <c>name: rights</c>, separated by <c>|</c> or line breaks.</summary>
    [ConfigurationKeyName("PROFILES")]
    public string? Profiles { get; set; }

    /// <summary>What all callers together may use up, written as in rights: <c>calls=10000/day;credits=5000/month</c>.</summary>
    [ConfigurationKeyName("BUDGET")]
    public string? Budget { get; set; }

    /// <summary>Serve everyone without a token, even where others can reach the service.</summary>
    [ConfigurationKeyName("ALLOW_ANONYMOUS")]
    public bool AllowAnonymous { get; set; }
}

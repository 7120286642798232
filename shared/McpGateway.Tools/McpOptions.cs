using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace McpGateway.Tools;

/// <summary>How the MCP endpoint behaves.</summary>
public sealed class McpOptions
{
    /// <summary>
    /// <see cref="SessionMode.Stateless"/> serves every request on its own; <see cref="SessionMode.Hybrid"/> keeps a session
    /// for clients that initialize, which server-to-client requests on the older revisions need.
    /// </summary>
    [ConfigurationKeyName("MCP_SESSIONS")]
    public SessionMode Sessions { get; set; } = SessionMode.Stateless;

    /// <summary>The longest answer of a tool, in tokens of o200k, estimated on the high side. What goes beyond is read on with read_more.</summary>
    [ConfigurationKeyName("ANSWER_TOKENS"), Range(4_000, 1_000_000)]
    public int AnswerTokens { get; set; } = 20_000;

    /// <summary>Hide and refuse every tool that changes something.</summary>
    [ConfigurationKeyName("READ_ONLY")]
    public bool ReadOnly { get; set; }

    /// <summary>Who is asked before a tool deletes or overwrites.</summary>
    [ConfigurationKeyName("CONFIRM_DESTRUCTIVE")]
    public DestructiveConfirmation ConfirmDestructive { get; set; } = DestructiveConfirmation.Auto;

    /// <summary>Whether tools declare the schema of their results. Some clients never call a tool that does.</summary>
    [ConfigurationKeyName("OUTPUT_SCHEMAS")]
    public bool OutputSchemas { get; set; } = true;
}

/// <summary>Who is asked before a destructive tool runs.</summary>
public enum DestructiveConfirmation
{
    /// <summary>The user, where the client says that it can ask (elicitation); otherwise nobody.</summary>
    Auto,

    /// <summary>The user, where the client can ask; otherwise the operator, on the page /console/approvals.</summary>
    Page,

    /// <summary>The user; where the client cannot ask, the tool does not run.</summary>
    Always,

    /// <summary>Nobody.</summary>
    Never,
}

/// <summary>Whether the server keeps state between requests.</summary>
public enum SessionMode
{
    Stateless,
    Hybrid,
}

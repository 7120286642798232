using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using ModelContextProtocol.Server;

namespace Firecrawl.Agents;

/// <summary>Tools for the agent that finds its pages by itself.</summary>
[McpServerToolType]
internal sealed partial class AgentTools(IAgentApi agents)
{
    /// <summary>Starts an agent that searches, reads and answers by itself, and answers its id at once: ask firecrawl_agent_status every 15 to 30 s, it takes minutes. May cost up to maxCredits.</summary>
    /// <param name="prompt">What to find; at most 10000 characters.</param>
    /// <param name="urls">Where to begin.</param>
    /// <param name="schema">JSON schema of the answer.</param>
    /// <param name="effort">low, medium or high (cloud only).</param>
    /// <param name="maxCredits">The API's default is 2500.</param>
    /// <param name="strictConstrainToURLs">Only these urls.</param>
    /// <param name="threadId">Goes on with an earlier agent.</param>
    /// <param name="mode">extract or chat.</param>
    /// <param name="model">spark-2, spark-1-mini or spark-1-pro.</param>
    [McpServerTool(Name = "firecrawl_agent", Title = "Start an agent", ReadOnly = false, Destructive = false, OpenWorld = true)]
    public partial Task<string> StartAsync(
        string prompt, string[]? urls = null, JsonObject? schema = null, string? effort = null, int? maxCredits = null, bool? strictConstrainToURLs = null,
        string? threadId = null, string? mode = null, JsonObject? exchange = null, string? model = null, CancellationToken cancellationToken = default) =>
        Answer.OfAsync(agents.StartAsync(Body.Of(new { prompt, urls, schema, effort, maxCredits, strictConstrainToURLs, threadId, mode, exchange, model }), cancellationToken));

    /// <summary>Tells what an agent found, or that it is still processing.</summary>
    [McpServerTool(Name = "firecrawl_agent_status", Title = "State of an agent", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public partial Task<string> CheckAsync(string id, CancellationToken cancellationToken) => Answer.OfAsync(agents.GetAsync(id, cancellationToken));
}

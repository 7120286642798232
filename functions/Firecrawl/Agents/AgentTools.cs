using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Jobs;
using Firecrawl.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Agents;

/// <summary>Tools for the agent that finds its pages by itself.</summary>
internal sealed partial class AgentTools(IAgentApi agents, JobWait wait, CreditCap cap)
{
    private static readonly string[] Events = ["started", "action", "completed", "failed", "cancelled"];

    /// <summary>
    /// Has an agent search, read and answer on its own, and waits for it; it takes minutes: then continue with firecrawl_agent_status.
    /// May cost up to maxCredits.
    /// </summary>
    /// <param name="prompt">What to find; at most 10000 characters.</param>
    /// <param name="urls">Where to begin.</param>
    /// <param name="schema">JSON schema of the answer.</param>
    /// <param name="maxCredits">The API's default is 2500.</param>
    /// <param name="strictConstrainToURLs">Only these urls.</param>
    /// <param name="threadId">Continues an earlier agent.</param>
    /// <param name="webhook">URL, or {url, headers, metadata, events}.</param>
    /// <param name="waitSeconds">0 to 600, default 45; 0 returns its id at once.</param>
    [McpServerTool(Name = "firecrawl_agent", Title = "Start an agent", ReadOnly = false, Destructive = false, OpenWorld = true)]
    public async partial Task<string> StartAsync(
        string prompt,
        IProgress<ProgressNotificationValue> progress,
        string[]? urls = null,
        JsonObject? schema = null,
        [AllowedValues("low", "medium", "high")] string? effort = null,
        [AtLeast(1)] int? maxCredits = null,
        bool? strictConstrainToURLs = null,
        [JobId] string? threadId = null,
        [AllowedValues("extract", "chat")] string? mode = null,
        JsonObject? exchange = null,
        [AllowedValues("spark-2", "spark-1-mini", "spark-1-pro")] string? model = null,
        JsonObject? threatProtection = null,
        JsonObject? auditMetadata = null,
        [JsonShape("string", "object")] JsonElement? webhook = null,
        int waitSeconds = 45,
        CancellationToken cancellationToken = default
    )
    {
        if (strictConstrainToURLs == true && urls is not { Length: > 0 })
        {
            throw new McpException(
                "strictConstrainToURLs keeps the agent to urls, and there are none: give them, or leave it out. Nothing was sent."
            );
        }

        if (cap.Most is { } most)
        {
            maxCredits ??= Math.Min(most, CreditCost.AgentUsual);
        }

        var body = Body.Of(
            new
            {
                prompt,
                urls,
                schema,
                effort,
                maxCredits,
                strictConstrainToURLs,
                threadId,
                mode,
                exchange,
                model,
                threatProtection,
                auditMetadata,
                webhook = Webhook.Of(webhook, Events),
            }
        );
        progress.Report(new() { Progress = 0, Message = $"Starting; up to {maxCredits ?? CreditCost.AgentUsual} credits" });
        // Not broken off: an agent that was started can be cancelled by its id only.
        var started = await agents.StartAsync(body, CancellationToken.None);
        var job = Job(JobState.Id(started));
        return JobWait.Describe(
            job,
            waitSeconds > 0 ? await wait.RunAsync(job, waitSeconds, progress, cancellationToken) : JobState.Started(started)
        );
    }

    /// <summary>Shows what an agent found and what it cost, or that it is still processing.</summary>
    [McpServerTool(Name = "firecrawl_agent_status", Title = "State of an agent", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public async partial Task<string> CheckAsync([JobId] string id, CancellationToken cancellationToken) =>
        JobWait.Describe(Job(id), await agents.GetAsync(id, cancellationToken));

    private Job Job(string id) =>
        new(
            id,
            "firecrawl_agent_status",
            cancellationToken => agents.GetAsync(id, cancellationToken),
            cancellationToken => agents.CancelAsync(id, cancellationToken)
        );
}

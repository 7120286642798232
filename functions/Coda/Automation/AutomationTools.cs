using System.Text.Json;
using Coda.Docs;
using Coda.Mutations;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Automation;

/// <summary>Tools that start automations.</summary>
internal sealed partial class AutomationTools(IAutomationApi automation, DocResolver docs, MutationWaiter waiter)
{
    /// <summary>Starts an automation rule that is triggered by a webhook. Rules cannot be listed: the user copies the ID from Coda.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="ruleId">grid-auto-….</param>
    /// <param name="payload">JSON the rule reads.</param>
    /// <param name="requestId">An ID of your own: a call repeated with it acts once.</param>
    [McpServerTool(
        Name = "coda_trigger_automation",
        Title = "Start an automation",
        Destructive = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<WriteResult> TriggerAutomationAsync(
        string docId,
        string ruleId,
        IProgress<ProgressNotificationValue> progress,
        [JsonShape("object")] JsonElement? payload = null,
        string? requestId = null,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var accepted = await automation.TriggerAsync(doc, ruleId, payload ?? JsonSerializer.SerializeToElement(new { }), cancellationToken);
        return await waiter.WaitAsync(accepted, null, waitSeconds, progress, cancellationToken);
    }
}

using System.Text.Json;
using Coda.Docs;
using Coda.Mutations;
using Refit;

namespace Coda.Automation;

/// <summary>https://coda.io/developers/apis/v1#tag/Automations</summary>
internal interface IAutomationApi
{
    [Post("/docs/{doc}/hooks/automation/{ruleId}")]
    Task<Accepted> TriggerAsync(DocId doc, string ruleId, [Body] JsonElement payload, CancellationToken cancellationToken);
}

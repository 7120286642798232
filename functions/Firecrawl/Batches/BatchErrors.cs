using System.Net;
using System.Text.Json.Nodes;
using McpGateway.Upstream;

namespace Firecrawl.Batches;

/// <summary>The pages of a batch that failed, from whichever path the server has for them.</summary>
internal static class BatchErrors
{
    public static async Task<JsonObject> ReadAsync(IBatchApi batches, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await batches.GetErrorsAsync(id, cancellationToken);
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return await batches.GetErrorsOfFirstVersionAsync(id, cancellationToken);
        }
    }
}

using System.Text.Json.Nodes;
using Refit;

namespace Firecrawl.Feedback;

/// <summary>Ratings of Firecrawl's results.</summary>
internal interface IFeedbackApi
{
    [Post("/search/{id}/feedback")]
    Task<JsonObject> RateSearchAsync(string id, [Body] JsonObject body, CancellationToken cancellationToken);

    [Post("/feedback")]
    Task<JsonObject> RateAsync([Body] JsonObject body, CancellationToken cancellationToken);
}

using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using McpGateway.Upstream;

namespace Firecrawl.Team;

/// <summary>What many pages cost, said before they are read; and what is left, said when it is not enough.</summary>
internal sealed class Balance(ITeamApi team)
{
    /// <summary>About what pages cost, in words.</summary>
    public static string Estimate(int pages, long each) =>
        string.Create(CultureInfo.InvariantCulture, $"up to {pages} pages at {each} or more credits each: about {pages * each}");

    /// <summary>Starts what costs credits; if they are used up, the caller is told how many there are.</summary>
    public async Task<JsonObject> PayAsync(Task<JsonObject> start, int pages)
    {
        try
        {
            return await start;
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.PaymentRequired)
        {
            throw new UpstreamException(e.Message + await CompareAsync(pages), e.Status, e) { Code = e.Code };
        }
    }

    private async Task<string> CompareAsync(int pages)
    {
        try
        {
            var usage = await team.GetUsageAsync("credit-usage", CancellationToken.None);
            return (usage["data"] as JsonObject)?["remainingCredits"] is { } left
                ? $" {left} credits are left; {pages} pages were asked for."
                : "";
        }
        catch (UpstreamException)
        {
            // The balance is a courtesy: without it the refusal stands as it is.
            return "";
        }
    }
}

using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using McpGateway.Upstream;

namespace Firecrawl.Team;

/// <summary>What many pages cost, said before they are read; and what is left, said when it is not enough.</summary>
internal sealed class Balance(ITeamApi team)
{
    /// <summary>About what a page costs: https://docs.firecrawl.dev/billing</summary>
    /// <param name="scrapeOptions">As they are sent.</param>
    public static int CreditsPerPage(JsonObject? scrapeOptions)
    {
        var hasJson =
            scrapeOptions?["formats"] is JsonArray formats
            && formats.Any(format => format is JsonObject named && named["type"]?.ToString() == "json");
        return 1 + (hasJson ? 4 : 0) + (scrapeOptions?["zeroDataRetention"]?.ToString() == "true" ? 1 : 0);
    }

    /// <summary>About what pages cost, in words.</summary>
    public static string Estimate(int pages, int each) =>
        string.Create(CultureInfo.InvariantCulture, $"up to {pages} pages at {each} or more credits each: about {(long)pages * each}");

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

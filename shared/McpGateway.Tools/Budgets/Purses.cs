using System.Collections.Concurrent;
using McpGateway.Authentication;
using McpGateway.State;
using McpGateway.State.Database;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.Tools.Budgets;

/// <summary>The pots of every caller, and of all together.</summary>
internal sealed partial class Purses(
    Usage usage,
    OverallBudget overall,
    IOptions<GatewayOptions> options,
    TimeProvider time,
    ILogger<Purses> logger
) : IDisposable
{
    private const string Everyone = "*";

    private readonly ConcurrentDictionary<(string Owner, string What), Pot> pots = new();
    private readonly TimeZoneInfo zone = options.Value.Zone;

    public TimeZoneInfo Zone => zone;

    /// <summary>The limits of one kind that hold for a caller, with their pots; a limit for each call has none.</summary>
    public IEnumerable<(string Owner, Limit Limit, Pot? Pot)> Of(string caller, Rights rights) =>
        rights
            .Limits.Select(limit => (caller, limit, PotOf(caller, limit)))
            .Concat(overall.Limits.Select(limit => ("all callers", limit, PotOf(Everyone, limit))));

    /// <summary>Whether anything limits a caller.</summary>
    public bool Limit(Rights rights) => rights.Limits.Count > 0 || overall.Limits.Count > 0;

    public void Dispose()
    {
        foreach (var pot in pots.Values)
        {
            try
            {
                pot.Release();
            }
            catch (StateException e)
            {
                // Somebody has a little less until the period ends.
                NotReleased(e);
            }
        }
    }

    private Pot? PotOf(string owner, Limit limit) =>
        limit.Per == Per.Call ? null : pots.GetOrAdd((owner, limit.Name), _ => new(usage, owner, limit, zone, time));

    [LoggerMessage(LogLevel.Warning, "A lease of a budget cannot be given back: it stays used up until the period ends")]
    private partial void NotReleased(Exception exception);
}

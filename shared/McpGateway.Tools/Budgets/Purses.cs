using System.Collections.Concurrent;
using McpGateway.Authentication;
using McpGateway.State;
using McpGateway.State.Database;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.Tools.Budgets;

/// <summary>The pots of every caller, and of all together.</summary>
internal sealed partial class Purses : IDisposable
{
    private const string Everyone = "*";

    // A lease that nobody draws on for so long is given back: another process may lack it, and a kill would lose it.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Owner, string What), Pot> pots = new();
    private readonly ConcurrentDictionary<string, (Rights Rights, Allowance Allowance)> allowances = new(StringComparer.Ordinal);
    private readonly Usage usage;
    private readonly OverallBudget overall;
    private readonly TimeProvider time;
    private readonly ILogger<Purses> logger;
    private readonly ITimer giveBack;
    private int isTicking;

    public Purses(Usage usage, OverallBudget overall, IOptions<GatewayOptions> options, TimeProvider time, ILogger<Purses> logger)
    {
        (this.usage, this.overall, this.time, this.logger) = (usage, overall, time, logger);
        Zone = options.Value.Zone;
        giveBack = time.CreateTimer(_ => GiveIdleBack(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeZoneInfo Zone { get; }

    /// <summary>What limits a caller.</summary>
    public Allowance Of(string caller, Rights rights)
    {
        if (rights.Limits.Count == 0 && overall.Limits.Count == 0)
        {
            return Allowance.Unlimited;
        }

        // A caller's rights are one object until they change.
        if (!allowances.TryGetValue(caller, out var known) || !ReferenceEquals(known.Rights, rights))
        {
            known = (rights, Build(caller, rights));
            allowances[caller] = known;
        }

        return known.Allowance;
    }

    /// <summary>The budgets of those who have called since the start, and of all together.</summary>
    public IReadOnlyList<(string Owner, Limit Limit, long Used, DateTimeOffset Ends)> Known()
    {
        var all = new Dictionary<(string, string), (string, Limit, long, DateTimeOffset)>();
        foreach (var budget in allowances.Values.SelectMany(known => known.Allowance.Counted))
        {
            var (period, used) = budget.Pot!.Look();
            all[(budget.Owner, budget.Limit.Name)] = (budget.Owner, budget.Limit, used, period.Ends);
        }

        return [.. all.OrderBy(budget => budget.Key.Item1, StringComparer.Ordinal).Select(budget => budget.Value)];
    }

    public void Dispose()
    {
        giveBack.Dispose();
        foreach (var pot in pots.Values)
        {
            TryGiveBack(pot);
        }
    }

    private Allowance Build(string caller, Rights rights)
    {
        List<Budget> all =
        [
            .. Smallest(rights.Limits).Select(limit => new Budget(caller, limit, PotOf(caller, limit))),
            .. Smallest(overall.Limits).Select(limit => new Budget("all callers", limit, PotOf(Everyone, limit))),
        ];
        return new(Only(Spending.Calls), Only(Spending.Tokens), Only(Spending.Credits));

        IReadOnlyList<Budget> Only(Spending what) => [.. all.Where(budget => budget.Limit.What == what)];
    }

    // Of two limits of one thing, a profile's and a token's own, the smaller says it all; each would count every call again.
    private static IEnumerable<Limit> Smallest(IEnumerable<Limit> limits) =>
        limits.GroupBy(limit => limit.Name).Select(same => same.MinBy(limit => limit.Most)!);

    private Pot? PotOf(string owner, Limit limit) =>
        limit.Per == Per.Call ? null : pots.GetOrAdd((owner, limit.Name), _ => new(usage, owner, limit, Zone, time, Leased));

    // It ticks only while something is leased.
    private void Leased()
    {
        if (Interlocked.Exchange(ref isTicking, 1) == 0)
        {
            giveBack.Change(Idle, Timeout.InfiniteTimeSpan);
        }
    }

    private void GiveIdleBack()
    {
        Volatile.Write(ref isTicking, 0);
        foreach (var pot in pots.Values)
        {
            if (pot.IsUnsettled && (!pot.IsIdle() || !TryGiveBack(pot)))
            {
                Leased();
            }
        }
    }

    private bool TryGiveBack(Pot pot)
    {
        try
        {
            pot.GiveBack();
            return true;
        }
        catch (StateException e)
        {
            // Somebody has a little less until it can be given back, or the period ends.
            NotGivenBack(e);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A lease of a budget cannot be given back: it stays used up until it can, or the period ends")]
    private partial void NotGivenBack(Exception exception);
}

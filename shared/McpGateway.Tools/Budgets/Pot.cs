using McpGateway.Authentication;
using McpGateway.State;

namespace McpGateway.Tools.Budgets;

/// <summary>
/// What one owner uses up of one thing: calls a day, say. It takes a small lease of the budget from the state at a time, so that most calls
/// write nothing. Exact within a process: what was granted never exceeds the limit, and all of it can be had. Of a process that is killed,
/// a lease stays used up.
/// </summary>
internal sealed class Pot(Usage usage, string owner, Limit kind, TimeZoneInfo zone, TimeProvider time)
{
    private const long LargestLease = 1_000;

    private readonly Lock gate = new();
    private Period period;
    private long used;
    private long leased;
    private int open;

    /// <summary>Uses up an amount, or nothing when that would exceed the limit.</summary>
    public bool TryTake(long amount, long limit)
    {
        lock (gate)
        {
            Turn();
            if (leased < amount)
            {
                var lacking = amount - leased;
                (var granted, used) = usage.Take(
                    owner,
                    kind.Name,
                    period.Name,
                    lacking,
                    lacking + Math.Min(limit / 100, LargestLease),
                    limit
                );
                leased += granted;
            }

            if (leased < amount || used - leased + amount > limit)
            {
                return false;
            }

            leased -= amount;
            return true;
        }
    }

    /// <summary>
    /// Opens an amount that is known only when it is closed: as much as it may be at most, or all that is left. The last of a budget is opened
    /// by one at a time, so that only one goes beyond it.
    /// </summary>
    /// <returns>How much is used up until then; 0 when nothing was opened.</returns>
    public long Open(long most, long limit)
    {
        lock (gate)
        {
            Turn();
            if (leased < most)
            {
                // More than one call needs: else each would lack what the one before has used.
                var extra = Math.Min(limit / 100, Math.Max(most, LargestLease));
                (var granted, used) = usage.Take(owner, kind.Name, period.Name, 1, most - leased + extra, limit);
                leased += granted;
            }

            var taken = Math.Max(0, Math.Min(Math.Min(leased, most), limit - (used - leased)));
            if (taken == 0 || (taken < most && open > 0))
            {
                return 0;
            }

            open++;
            leased -= taken;
            return taken;
        }
    }

    /// <summary>Closes what was opened.</summary>
    /// <param name="rest">What was not used of it; negative when more was.</param>
    public void Close(long rest, string since)
    {
        lock (gate)
        {
            open--;
            Settle(rest, since);
        }
    }

    /// <summary>Gives back what was not used, or uses up more than was known before, beyond any limit.</summary>
    /// <param name="since">The period it was taken in: what belongs to an earlier one is past.</param>
    public void Settle(long amount, string since)
    {
        lock (gate)
        {
            Turn();
            if (since != period.Name)
            {
                return;
            }

            leased += amount;
            if (leased < 0)
            {
                used = usage.Add(owner, kind.Name, period.Name, -leased);
                leased = 0;
            }
        }
    }

    /// <summary>The period that is running, and what is used up in it.</summary>
    public (Period Period, long Used) Look()
    {
        lock (gate)
        {
            Turn();
            return (period, used - leased);
        }
    }

    /// <summary>Gives the rest of the lease back.</summary>
    public void Release()
    {
        lock (gate)
        {
            Turn();
            if (leased > 0)
            {
                used = usage.Add(owner, kind.Name, period.Name, -leased);
                leased = 0;
            }
        }
    }

    private void Turn()
    {
        var now = Period.Of(kind.Per, time.GetUtcNow(), zone);
        if (now.Name != period.Name)
        {
            (period, used, leased) = (now, 0, 0);
        }
    }
}

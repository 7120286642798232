using McpGateway.Authentication;
using McpGateway.State;
using McpGateway.State.Database;

namespace McpGateway.Tools.Budgets;

/// <summary>
/// What one owner uses up of one thing: calls a day, say. It takes a small lease of the budget from the state at a time, so that most calls
/// write nothing. Never more is granted than the limit, by however many processes; what is leased and not used comes back to the others
/// (<see cref="GiveBack"/>). Of a process that is killed, a lease stays used up.
/// </summary>
/// <param name="leasing">Told whenever a lease was taken.</param>
internal sealed class Pot(Usage usage, string owner, Limit kind, TimeZoneInfo zone, TimeProvider time, Action leasing)
{
    private readonly Lock gate = new();
    private Period period;

    // As the state has it, with the lease.
    private long used;
    private long leased;

    // Set aside for running calls whose amount is known when they end.
    private long open;
    private int openCalls;
    private TaskCompletionSource? closing;
    private bool isIdle;

    /// <summary>Whether the state has something else than was used up.</summary>
    public bool IsUnsettled => Volatile.Read(ref leased) != 0;

    /// <summary>Uses up an amount, or nothing when that would exceed the limit.</summary>
    /// <returns>What was taken; null when nothing was.</returns>
    public Share? Take(long amount, long limit)
    {
        lock (gate)
        {
            Turn();
            if (leased < amount)
            {
                Lease(amount - leased, amount - leased, limit);
            }

            if (leased < amount || used - leased + amount > limit)
            {
                return null;
            }

            leased -= amount;
            return new(this, period.Name, amount);
        }
    }

    /// <summary>
    /// Sets an amount aside that is known only when it is closed: as much as it may be at most, or all that is left. The last of a budget is
    /// set aside for one call at a time, so that only one goes beyond it.
    /// </summary>
    /// <param name="next">When nothing was set aside: ends when another call is closed, which may leave something; null when the budget is used up.</param>
    public Share? Open(long most, long limit, out Task? next)
    {
        lock (gate)
        {
            Turn();
            if (leased < most)
            {
                Lease(1, most - leased, limit);
            }

            var amount = Math.Min(Math.Min(leased, most), limit - (used - leased));
            if (amount <= 0 || (amount < most && openCalls > 0))
            {
                next = openCalls > 0 && used - leased - open < limit ? (closing ??= NewClosing()).Task : null;
                return null;
            }

            next = null;
            openCalls++;
            open += amount;
            leased -= amount;
            return new(this, period.Name, amount);
        }
    }

    /// <summary>Closes what was opened: what was not used of it comes back, what was used beyond it is counted.</summary>
    public void Close(Share opened, long cost)
    {
        lock (gate)
        {
            Turn();
            if (opened.Period == period.Name)
            {
                openCalls--;
                open -= opened.Amount;
            }

            closing?.TrySetResult();
            closing = null;
            Settle(opened.Amount - cost, opened.Period);
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
                try
                {
                    Balance();
                }
                catch (StateException)
                {
                    // The call has run, and its answer must not be lost: what is owed counts here until it can be written.
                    leasing();
                }
            }
            else
            {
                leasing();
            }
        }
    }

    /// <summary>The period that is running, and what is known to be used up in it.</summary>
    public (Period Period, long Used) Look()
    {
        lock (gate)
        {
            Turn();
            return (period, used - leased - open);
        }
    }

    /// <summary>Whether nobody has drawn on the lease since this was asked last.</summary>
    public bool IsIdle()
    {
        lock (gate)
        {
            var wasIdle = isIdle;
            isIdle = true;
            return wasIdle;
        }
    }

    /// <summary>Gives the rest of the lease back, and writes what is owed.</summary>
    /// <exception cref="StateException">It cannot be written now.</exception>
    public void GiveBack()
    {
        lock (gate)
        {
            Turn();
            Balance();
        }
    }

    private void Balance()
    {
        if (leased != 0)
        {
            used = usage.Add(owner, kind.Name, period.Name, -leased);
            leased = 0;
        }
    }

    // A hundredth more than is needed, to count the next calls against.
    private void Lease(long least, long wanted, long limit)
    {
        (var granted, used) = usage.Take(owner, kind.Name, period.Name, least, wanted, limit / 100, limit);
        leased += granted;
        if (leased > 0)
        {
            leasing();
        }
    }

    private void Turn()
    {
        isIdle = false;
        var now = time.GetUtcNow();
        if (period.Holds(now))
        {
            return;
        }

        var next = Period.Of(kind.Per, now, zone);
        if (next.Name != period.Name)
        {
            (used, leased, open, openCalls) = (0, 0, 0, 0);
        }

        period = next;
    }

    private static TaskCompletionSource NewClosing() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What was taken from a pot.</summary>
/// <param name="Period">The name of the period it was taken in.</param>
internal readonly record struct Share(Pot Pot, string Period, long Amount);

namespace McpGateway.Tools.Budgets;

/// <summary>What was set aside for something whose cost is known later.</summary>
public sealed class Reservation
{
    private readonly CallAccount account;
    private readonly IReadOnlyList<(Pot Pot, string Period, long Amount)> taken;
    private int isSettled;

    internal Reservation(CallAccount account, IReadOnlyList<(Pot Pot, string Period, long Amount)> taken) =>
        (this.account, this.taken) = (account, taken);

    /// <summary>Says what it cost, once; later calls do nothing. What was set aside beyond that is given back, what is lacking is used up.</summary>
    public void Settle(long cost)
    {
        if (Settled(cost))
        {
            account.Spent(cost);
        }
    }

    internal void SettleTokens(long cost) => Settled(cost);

    internal void GiveBack() => Settled(0);

    private bool Settled(long cost)
    {
        if (Interlocked.Exchange(ref isSettled, 1) != 0)
        {
            return false;
        }

        foreach (var (pot, period, amount) in taken)
        {
            pot.Settle(amount - cost, period);
        }

        return true;
    }
}

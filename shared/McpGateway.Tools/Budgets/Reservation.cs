namespace McpGateway.Tools.Budgets;

/// <summary>Credits that were set aside for something whose cost is known later.</summary>
public sealed class Reservation
{
    private readonly CallAccount account;
    private readonly IReadOnlyList<Share> taken;
    private int isSettled;

    internal Reservation(CallAccount account, IReadOnlyList<Share> taken) => (this.account, this.taken) = (account, taken);

    /// <summary>Says what it cost, once; later calls do nothing. What was set aside beyond that is given back, what is lacking is used up.</summary>
    public void Settle(long cost)
    {
        if (Interlocked.Exchange(ref isSettled, 1) != 0)
        {
            return;
        }

        foreach (var share in taken)
        {
            share.Pot.Settle(share.Amount - cost, share.Period);
        }

        account.Spent(cost);
    }
}

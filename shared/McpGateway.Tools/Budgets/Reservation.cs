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
        if (End((pot, rest, period) => pot.Settle(rest, period), cost))
        {
            account.Spent(cost);
        }
    }

    /// <summary>Closes what was opened for the tokens of an answer.</summary>
    internal void CloseTokens(long cost) => End((pot, rest, period) => pot.Close(rest, period), cost);

    internal void GiveBack() => End((pot, rest, period) => pot.Settle(rest, period), 0);

    private bool End(Action<Pot, long, string> end, long cost)
    {
        if (Interlocked.Exchange(ref isSettled, 1) != 0)
        {
            return false;
        }

        foreach (var (pot, period, amount) in taken)
        {
            end(pot, amount - cost, period);
        }

        return true;
    }
}

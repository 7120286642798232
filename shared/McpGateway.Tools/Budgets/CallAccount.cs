using System.Globalization;
using McpGateway.Authentication;
using ModelContextProtocol;

namespace McpGateway.Tools.Budgets;

/// <summary>
/// What the call that is running uses up. Each call of a tool has one; what costs credits asks it first, with the most that it may cost, and
/// says afterwards what it did cost.
/// </summary>
public sealed class CallAccount
{
    private static readonly AsyncLocal<CallAccount?> Ambient = new();

    private readonly Purses purses;
    private readonly IReadOnlyList<(string Owner, Limit Limit, Pot? Pot)> limits;
    private long credits;

    internal CallAccount(Purses purses, string caller, Rights rights)
    {
        this.purses = purses;
        limits = purses.Limit(rights) ? [.. purses.Of(caller, rights)] : [];
    }

    /// <summary>The account of the call that is running; null outside of one.</summary>
    public static CallAccount? Current => Ambient.Value;

    /// <summary>The credits that were spent, as far as it is known.</summary>
    public long Credits => Interlocked.Read(ref credits);

    internal static void Begin(CallAccount account) => Ambient.Value = account;

    /// <summary>Sets credits aside that something may cost at the most.</summary>
    /// <param name="remedy">What to ask for instead, as a sentence.</param>
    /// <exception cref="McpException">That is more than is left: nothing may be spent.</exception>
    public Reservation ReserveCredits(long most, string remedy)
    {
        var taken = new List<(Pot Pot, string Period, long Amount)>();
        foreach (var (owner, limit, pot) in limits.Where(limit => limit.Limit.What == Spending.Credits))
        {
            if (pot is null ? most <= limit.Most : pot.TryTake(most, limit.Most))
            {
                if (pot is not null)
                {
                    taken.Add((pot, pot.Look().Period.Name, most));
                }

                continue;
            }

            new Reservation(this, taken).Settle(0);
            throw pot is null
                ? new McpException(
                    $"This may cost up to {Count(most)} credits, and '{owner}' may spend {limit}; nothing was sent. {remedy}"
                )
                : new McpException($"This may cost up to {Count(most)} credits. {UsedUp(owner, limit, pot)} Nothing was sent. {remedy}");
        }

        return new(this, taken);
    }

    /// <summary>Counts the call itself, and sets the tokens of its answer aside.</summary>
    /// <exception cref="McpException">A budget is used up: the call must not run.</exception>
    internal Reservation Open(long answerTokens)
    {
        var counted = new List<(Pot Pot, string Period, long Amount)>();
        var tokens = new List<(Pot Pot, string Period, long Amount)>();
        foreach (var (owner, limit, pot) in limits.Where(limit => limit.Pot is not null && limit.Limit.What != Spending.Credits))
        {
            var amount = limit.What == Spending.Calls ? (pot!.TryTake(1, limit.Most) ? 1 : 0) : pot!.Open(answerTokens, limit.Most);
            if (amount == 0)
            {
                new Reservation(this, counted).GiveBack();
                new Reservation(this, tokens).CloseTokens(0);
                throw new McpException(
                    $"{UsedUp(owner, limit, pot)} Nothing was done. Wait until then, or ask the operator of this gateway."
                );
            }

            (limit.What == Spending.Calls ? counted : tokens).Add((pot, pot.Look().Period.Name, amount));
        }

        return new(this, tokens);
    }

    /// <summary>What is nearly used up, in a sentence; null when nothing is.</summary>
    internal string? NearlyUsedUp()
    {
        var near = limits
            .Where(limit => limit.Pot is not null)
            .Select(limit => (limit.Owner, limit.Limit, Now: limit.Pot!.Look()))
            .Where(limit => limit.Now.Used >= limit.Limit.Most * 0.9)
            .Select(limit => $"{Count(limit.Now.Used)} of {limit.Limit} are used by '{limit.Owner}', until {When(limit.Now.Period.Ends)}")
            .ToList();
        return near.Count > 0 ? $"Budget: {string.Join("; ", near)}." : null;
    }

    internal void Spent(long amount) => Interlocked.Add(ref credits, amount);

    private string UsedUp(string owner, Limit limit, Pot pot)
    {
        var (period, used) = pot.Look();
        return $"The budget {limit} of '{owner}' is used up or too small for this ({Count(used)} used); it begins anew at {When(period.Ends)}.";
    }

    private string When(DateTimeOffset moment) =>
        TimeZoneInfo.ConvertTime(moment, purses.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + $" ({purses.Zone.Id})";

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using McpGateway.Authentication;
using McpGateway.State.Database;
using McpGateway.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;

namespace McpGateway.Tools.Budgets;

/// <summary>
/// What the call that is running uses up. Each call of a tool has one; what costs credits asks it first, with the most that it may cost, and
/// says afterwards what it did cost.
/// </summary>
public sealed class CallAccount
{
    private static readonly AsyncLocal<CallAccount?> Ambient = new();

    // How long a call waits for others to tell what they used of the last tokens.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Purses purses;
    private readonly Allowance allowance;
    private readonly TimeProvider time;
    private readonly List<Share> open;
    private long credits;

    internal CallAccount(Purses purses, string caller, Rights rights, TimeProvider time)
    {
        (this.purses, this.time) = (purses, time);
        allowance = purses.Of(caller, rights);
        open = new(allowance.Tokens.Count);
    }

    /// <summary>The account of the call that is running; null outside of one.</summary>
    public static CallAccount? Current => Ambient.Value;

    /// <summary>The credits that were spent, as far as it is known.</summary>
    public long Credits => Interlocked.Read(ref credits);

    /// <summary>Whether anything limits the caller.</summary>
    internal bool IsLimited => !allowance.IsUnlimited;

    /// <summary>The tokens of the answer, where they were counted.</summary>
    internal long? Tokens { get; private set; }

    internal static void Begin(CallAccount account) => Ambient.Value = account;

    /// <summary>
    /// Counts a request as a call that does what tools do, of any size, and that no model reads: the tokens of its response are not counted.
    /// </summary>
    /// <exception cref="McpException">A budget is used up, or cannot be counted at present: the request must not run.</exception>
    public static void CountCall(HttpContext request)
    {
        var services = request.RequestServices;
        try
        {
            new CallAccount(
                services.GetRequiredService<Purses>(),
                request.User.CallerName() ?? Caller.Anonymous.Name,
                request.User.GetRights(),
                services.GetRequiredService<TimeProvider>()
            ).CountCall();
        }
        catch (StateException e)
        {
            throw BudgetFilter.Uncounted(e);
        }
    }

    /// <summary>Sets credits aside that something may cost at the most.</summary>
    /// <param name="remedy">What to ask for instead, as a sentence.</param>
    /// <exception cref="McpException">That is more than is left: nothing may be spent.</exception>
    public Reservation ReserveCredits(long most, string remedy)
    {
        var taken = new List<Share>();
        foreach (var budget in allowance.Credits)
        {
            if (budget.Pot is null)
            {
                if (most > budget.Limit.Most)
                {
                    new Reservation(this, taken).Settle(0);
                    throw new McpException(
                        $"This may cost up to {Count(most)} credits, and '{budget.Owner}' may spend {budget.Limit}; nothing was sent. {remedy}"
                    );
                }
            }
            else if (budget.Pot.Take(most, budget.Limit.Most) is { } share)
            {
                taken.Add(share);
            }
            else
            {
                new Reservation(this, taken).Settle(0);
                throw new McpException(
                    $"This may cost up to {Count(most)} credits. {UsedUp(budget, budget.Pot)} Nothing was sent. {remedy}"
                );
            }
        }

        return new(this, taken);
    }

    /// <summary>Counts the call itself, and sets the tokens of its answer aside until <see cref="Close"/>.</summary>
    /// <exception cref="McpException">A budget is used up: the call must not run.</exception>
    internal async ValueTask OpenAsync(long answerTokens, CancellationToken cancellationToken)
    {
        var counted = CountCall();
        try
        {
            foreach (var budget in allowance.Tokens)
            {
                open.Add(await SetAsideAsync(budget, answerTokens, cancellationToken));
            }
        }
        catch
        {
            GiveBack(counted);
            throw;
        }
    }

    /// <summary>Counts the tokens of the answer.</summary>
    internal void Close(long tokens)
    {
        Tokens = tokens;
        foreach (var share in open)
        {
            share.Pot.Close(share, tokens);
        }

        open.Clear();
    }

    /// <summary>What is nearly used up, in a sentence; null when nothing is.</summary>
    /// <param name="tokens">Those of this answer, which are not closed yet.</param>
    internal string? NearlyUsedUp(long tokens)
    {
        List<string>? near = null;
        foreach (var budget in allowance.Counted)
        {
            var (period, used) = budget.Pot!.Look();
            used += budget.Limit.What == Spending.Tokens ? tokens : 0;
            if (used >= budget.Limit.Most * 0.9)
            {
                (near ??= []).Add(
                    $"{Count(used)} of {budget.Limit} are used by '{budget.Owner}', until {Moment.Exact(period.Ends, purses.Zone)}"
                );
            }
        }

        return near is null ? null : $"Budget: {string.Join("; ", near)}.";
    }

    private List<Share> CountCall()
    {
        var counted = new List<Share>(allowance.Calls.Count);
        try
        {
            foreach (var budget in allowance.Calls)
            {
                counted.Add(budget.Pot!.Take(1, budget.Limit.Most) ?? throw Refusal(budget));
            }

            return counted;
        }
        catch
        {
            GiveBack(counted);
            throw;
        }
    }

    private static void GiveBack(List<Share> counted)
    {
        foreach (var share in counted)
        {
            share.Pot.Settle(share.Amount, share.Period);
        }
    }

    internal void Spent(long amount) => Interlocked.Add(ref credits, amount);

    private async ValueTask<Share> SetAsideAsync(Budget budget, long most, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (budget.Pot!.Open(most, budget.Limit.Most, out var next) is { } share)
            {
                return share;
            }

            if (next is null)
            {
                throw Refusal(budget);
            }

            try
            {
                var left = Patience - time.GetElapsedTime(started);
                await next.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                throw new McpException(
                    $"What is left of the budget {budget.Limit} of '{budget.Owner}' is set aside for calls that are running. "
                        + "Nothing was done: send this one again in a few seconds."
                );
            }
        }
    }

    private McpException Refusal(Budget budget) =>
        new($"{UsedUp(budget, budget.Pot!)} Nothing was done. Wait until then, or ask the operator of this gateway.");

    private string UsedUp(Budget budget, Pot pot)
    {
        var (period, used) = pot.Look();
        return $"The budget {budget.Limit} of '{budget.Owner}' is used up or too small for this ({Count(used)} used); it begins anew at "
            + $"{Moment.Exact(period.Ends, purses.Zone)}.";
    }

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);
}

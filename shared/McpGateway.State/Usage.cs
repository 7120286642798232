using McpGateway.State.Database;

namespace McpGateway.State;

/// <summary>What was used up of budgets, by owner and by what is counted.</summary>
public sealed class Usage(StateDatabase database)
{
    // So little of what is left is leased beyond need that the last of a budget is counted one by one.
    private const int Shares = 16;

    /// <summary>Uses up as much as there is room for, or nothing when that is less than needed.</summary>
    /// <param name="what">What is counted, such as <c>calls/day</c>.</param>
    /// <param name="period">The period it is counted in; with another one, counting begins anew.</param>
    /// <param name="spare">What may be used up besides, to be counted against later; less of it, the less there is left.</param>
    /// <returns>How much was granted, and how much is used up by then.</returns>
    /// <exception cref="StateException">It cannot be told now: nothing was granted.</exception>
    public (long Granted, long Used) Take(string owner, string what, string period, long least, long wanted, long spare, long limit) =>
        database.Decide(session =>
        {
            var used = Find(session, owner, what, period);
            var room = limit - used;
            if (room < least)
            {
                return (0L, used);
            }

            var granted = Math.Min(room, wanted + Math.Min(spare, Math.Max(0, room - wanted) / Shares));
            Set(session, owner, what, period, used + granted);
            return (granted, used + granted);
        });

    /// <summary>Adds to what is used up, whatever the limit, or gives something back.</summary>
    /// <exception cref="StateException">It cannot be written now.</exception>
    public long Add(string owner, string what, string period, long amount) =>
        database.Decide(session =>
        {
            var used = Math.Max(0, Find(session, owner, what, period) + amount);
            Set(session, owner, what, period, used);
            return used;
        });

    private static long Find(StateSession session, string owner, string what, string period) =>
        session.Number("SELECT used FROM usage WHERE owner = $1 AND what = $2 AND period = $3", owner, what, period);

    private static void Set(StateSession session, string owner, string what, string period, long used) =>
        session.Run(
            """
            INSERT INTO usage (owner, what, period, used) VALUES ($1, $2, $3, $4)
            ON CONFLICT (owner, what) DO UPDATE SET period = excluded.period, used = excluded.used
            """,
            owner,
            what,
            period,
            used
        );
}

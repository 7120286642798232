using Npgsql;

namespace McpGateway.State.Postgres;

/// <summary>
/// Whether the database is known to be away. In its first seconds whoever needs it waits for it, as most outages are short; afterwards each call
/// fails at once, and one a second looks whether it is back.
/// </summary>
internal sealed class Outage(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private NpgsqlException? last;
    private long began;
    private long looked;

    /// <summary>What a call is told that need not try, since the outage has lasted for all of its patience; null when it has to try.</summary>
    public NpgsqlException? Find(TimeSpan patience)
    {
        if (Volatile.Read(ref last) is null)
        {
            return null;
        }

        lock (gate)
        {
            if (last is null || time.GetElapsedTime(began) < patience)
            {
                return null;
            }

            if (time.GetElapsedTime(looked) < Interval)
            {
                return last;
            }

            looked = time.GetTimestamp();
            return null;
        }
    }

    /// <summary>Notes that the database did not answer.</summary>
    /// <param name="asked">When it was asked.</param>
    public void Note(NpgsqlException failure, long asked)
    {
        lock (gate)
        {
            began = last is null ? asked : began;
            looked = time.GetTimestamp();
            last = failure;
        }
    }

    /// <summary>Whether a failure was noted, and there is nothing left to wait for.</summary>
    public bool HasOutlasted(TimeSpan patience, NpgsqlException failure)
    {
        lock (gate)
        {
            return last == failure && time.GetElapsedTime(began) >= patience;
        }
    }

    public void End()
    {
        if (Volatile.Read(ref last) is not null)
        {
            lock (gate)
            {
                last = null;
            }
        }
    }
}

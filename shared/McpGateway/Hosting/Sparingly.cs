namespace McpGateway.Hosting;

/// <summary>
/// Something that helps, and holds up everything else while it runs: it takes a tenth of the time at the most, however often it is wanted. What is
/// not due is left out, for the next time does it as well.
/// </summary>
internal sealed class Sparingly(Action work, TimeProvider time)
{
    /// <summary>How many times as long as the work took nothing is done.</summary>
    private const int Rest = 9;

    private long due = long.MinValue;

    /// <summary>Does the work if it is due and nobody is at it.</summary>
    public void Run()
    {
        var (began, wasDue) = (time.GetTimestamp(), Volatile.Read(ref due));
        if (began < wasDue || Interlocked.CompareExchange(ref due, long.MaxValue, wasDue) != wasDue)
        {
            return;
        }

        work();
        var ended = time.GetTimestamp();
        Volatile.Write(ref due, ended + (Rest * (ended - began)));
    }
}

namespace McpGateway.Hosting;

/// <summary>
/// Something that helps, and holds up everything else while it runs: it takes a tenth of the time at the most, however often it is wanted. What is
/// wanted before it is due is done once, when it is.
/// </summary>
internal sealed class Sparingly
{
    /// <summary>How many times as long as the work took nothing is done.</summary>
    private const int Rest = 9;

    private readonly Action work;
    private readonly TimeProvider time;
    private readonly ITimer rested;
    private readonly Lock changing = new();
    private bool isBusy;
    private bool isWanted;

    public Sparingly(Action work, TimeProvider time)
    {
        this.work = work;
        this.time = time;
        rested = time.CreateTimer(_ => EndRest(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Does the work if it is due and nobody is at it, else has it done later.</summary>
    public void Run()
    {
        lock (changing)
        {
            if (isBusy)
            {
                isWanted = true;
                return;
            }

            isBusy = true;
            isWanted = false;
        }

        var began = time.GetTimestamp();
        work();
        rested.Change(Rest * time.GetElapsedTime(began), Timeout.InfiniteTimeSpan);
    }

    private void EndRest()
    {
        bool again;
        lock (changing)
        {
            isBusy = false;
            again = isWanted;
        }

        if (again)
        {
            Run();
        }
    }
}

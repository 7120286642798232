using McpGateway.Tools.Budgets;

namespace Firecrawl.Upstream;

/// <summary>
/// What was set aside for jobs that are still running, until one of their states says what they cost. A job whose end nobody asks for, or
/// that outlives the gateway, stays at the most it could cost.
/// </summary>
internal sealed class CreditJobs
{
    private const int Most = 1_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Reservation> jobs = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    public void Add(string id, Reservation reservation)
    {
        lock (gate)
        {
            if (jobs.TryAdd(id, reservation))
            {
                order.Enqueue(id);
            }

            while (order.Count > Most)
            {
                jobs.Remove(order.Dequeue());
            }
        }
    }

    /// <summary>The job that a path names, if something is set aside for it.</summary>
    public string? Find(string path)
    {
        lock (gate)
        {
            return jobs.Count == 0 ? null : path.Split('/').FirstOrDefault(jobs.ContainsKey);
        }
    }

    public Reservation? Take(string id)
    {
        lock (gate)
        {
            return jobs.Remove(id, out var reservation) ? reservation : null;
        }
    }
}

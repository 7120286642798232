using Memory.Database;
using Memory.Storage;
using Microsoft.Extensions.Hosting;

namespace Memory.Tools;

/// <summary>
/// Sees when resources change that sessions have subscribed to. It reads the log of changes while there are any, so that it
/// sees what other processes write as well.
/// </summary>
internal sealed class ResourceWatch(MemoryStore store, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Of more changes at once, as an import makes, all that is subscribed to counts as changed.</summary>
    private const int MostRead = 1_000;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim isWanted = new(0);

    // A session that is over is not kept.
    private readonly List<WeakReference<ResourceSubscriptions>> sessions = [];

    /// <summary>The last change that was told of each namespace.</summary>
    private readonly Dictionary<string, long> told = new(StringComparer.Ordinal);

    /// <summary>Watches a namespace for a session from now on.</summary>
    public async Task AddAsync(ResourceSubscriptions session, string space, CancellationToken cancellationToken)
    {
        var last = await store.ReadAsync(space, graph => new GraphHistory(graph.Space).LastSeq(), cancellationToken);
        lock (gate)
        {
            told.TryAdd(space, last);
            if (!sessions.Exists(s => s.TryGetTarget(out var known) && known == session))
            {
                sessions.Add(new(session));
                if (sessions.Count == 1)
                {
                    isWanted.Release();
                }
            }
        }
    }

    public override void Dispose()
    {
        isWanted.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await isWanted.WaitAsync(stoppingToken);
                using var timer = new PeriodicTimer(Pause, time);
                do
                {
                    await timer.WaitForNextTickAsync(stoppingToken);
                } while (await LookAsync(stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops, or could not start: the host would take this for a failure then.
        }
    }

    /// <returns>False when nobody is subscribed to anything any more.</returns>
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var subscribers = FindSubscribers();
        foreach (var space in subscribers.SelectMany(s => s.Spaces).Distinct(StringComparer.Ordinal))
        {
            await LookAsync(space, subscribers, cancellationToken);
        }

        subscribers.ForEach(s => s.Tell(cancellationToken));
        return subscribers.Count > 0;
    }

    private List<ResourceSubscriptions> FindSubscribers()
    {
        lock (gate)
        {
            sessions.RemoveAll(s => !s.TryGetTarget(out var session) || session.Spaces.Count == 0);
            List<ResourceSubscriptions> found =
            [
                .. sessions.Select(s => s.TryGetTarget(out var session) ? session : null).OfType<ResourceSubscriptions>(),
            ];
            var spaces = found.SelectMany(s => s.Spaces).ToHashSet(StringComparer.Ordinal);
            foreach (var space in told.Keys.Where(space => !spaces.Contains(space)).ToList())
            {
                told.Remove(space);
            }

            return found;
        }
    }

    private async Task LookAsync(string space, List<ResourceSubscriptions> subscribers, CancellationToken cancellationToken)
    {
        long from;
        lock (gate)
        {
            if (!told.TryGetValue(space, out from))
            {
                return; // Being added this moment.
            }
        }

        try
        {
            var (last, changed) = await store.ReadAsync(space, graph => ReadChanges(graph, from), cancellationToken);
            if (last != from)
            {
                subscribers.ForEach(s => s.Note(space, changed));
                lock (gate)
                {
                    told[space] = last;
                }
            }
        }
        catch (StoreException)
        {
            // The store has logged it, and every call says so: the next look comes after the pause.
        }
    }

    /// <returns>The last change, and the names of what changed, null when that may be anything.</returns>
    private static (long Last, HashSet<string>? Changed) ReadChanges(GraphReader graph, long from)
    {
        var history = new GraphHistory(graph.Space);
        var last = history.LastSeq();
        // Fewer than before: another file is in its place.
        if (last < from || last - from > MostRead)
        {
            return (last, null);
        }

        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in history.After(from).ToList())
        {
            changed.UnionWith(entry.Entities);
            if (entry.Operation == "rename_entity")
            {
                // Their relations name it.
                changed.UnionWith(graph.RelationsOf(entry.Subject, 0).SelectMany(r => (string[])[r.Relation.From, r.Relation.To]));
            }
        }

        return (last, changed);
    }
}

using Memory.Database;
using Memory.Graph;
using Memory.Search;
using Microsoft.Extensions.Options;

namespace Memory.Storage;

/// <summary>The memory: what calls read and change, by namespaces, in whichever database. One transaction for each call.</summary>
internal sealed class MemoryStore(IDatabase database, CallerNamespace caller, IOptions<MemoryOptions> options, TimeProvider time)
    : IDisposable
{
    private readonly SemaphoreSlim longReads = new(Math.Max(1, Environment.ProcessorCount - 1));

    public void Dispose() => longReads.Dispose();

    /// <summary>The namespace of the request at hand.</summary>
    public string Current => caller.Name;

    /// <summary>What is asked of the caller's namespace, as cursors know it: a page goes on in its own namespace alone.</summary>
    public string Question(string asked) => $"{caller.Name}\0{asked}";

    /// <summary>Changes the caller's graph in one transaction: all of it or, on any error or cancellation, nothing.</summary>
    /// <param name="by">Who changes it, for the change log.</param>
    /// <exception cref="StoreException">The memory cannot be written.</exception>
    public Task<T> WriteAsync<T>(string by, Func<GraphWriter, T> change, CancellationToken cancellationToken) =>
        WriteAsync(caller.Name, by, change, cancellationToken);

    /// <summary>Changes the graph of a namespace, which comes to be with its first change.</summary>
    /// <exception cref="StoreException">The memory cannot be written.</exception>
    public async Task<T> WriteAsync<T>(string name, string by, Func<GraphWriter, T> change, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(
                name,
                session =>
                {
                    var now = Moments.Now(time);
                    var space = new Space(session, Spaces.FindOrCreate(session, name, now), now, cancellationToken);
                    var counters = new Counters(space);
                    var log = new ChangeLog(space, counters, by);
                    var graph = new GraphWriter(space, counters, log, options.Value.AllowDanglingRelations);
                    var result = change(graph);
                    graph.Finish();
                    return result;
                },
                cancellationToken
            );
        }
        catch (MissingEntityException e) when (!TextRules.IsTooLong(e.Name))
        {
            var near = await NearestNamesAsync(name, [e.Name], cancellationToken);
            throw new MissingEntityException(e.Name, near[0]);
        }
    }

    /// <summary>
    /// What names may mean that are not stored, and which others are nearly those that are. In a large memory this takes longer than a
    /// change, so nobody looks for them within one, when all other writers wait.
    /// </summary>
    /// <returns>For each an existing name other than itself and those after it, or null.</returns>
    public async Task<IReadOnlyList<string?>> NearestNamesAsync(
        string space,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        if (names.Count == 0)
        {
            return [];
        }

        try
        {
            return await ReadAsync(
                space,
                graph => names.Select((name, i) => NearNames.Find(graph.Space, name, names.Skip(i + 1))).ToList(),
                cancellationToken
            );
        }
        catch (StoreException)
        {
            // What was changed is changed, and the answer says so. The database has logged what is wrong.
            return new string?[names.Count];
        }
    }

    /// <summary>Reads one state of the caller's graph.</summary>
    /// <exception cref="StoreException">The memory cannot be read.</exception>
    public Task<T> ReadAsync<T>(Func<GraphReader, T> read, CancellationToken cancellationToken) =>
        ReadAsync(caller.Name, read, cancellationToken);

    /// <summary>Reads one state of the graph of a namespace; one that is not there is empty.</summary>
    /// <exception cref="StoreException">The memory cannot be read.</exception>
    public Task<T> ReadAsync<T>(string name, Func<GraphReader, T> read, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => read(new GraphReader(new Space(session, Spaces.Find(session, name), Moments.Now(time), cancellationToken))),
            cancellationToken
        );

    /// <summary>Reads what takes a while, such as an answer to a sentence: never on so many processors at once that a short read would wait.</summary>
    /// <exception cref="StoreException">The memory cannot be read.</exception>
    public async Task<T> ReadLongAsync<T>(Func<GraphReader, T> read, CancellationToken cancellationToken)
    {
        await longReads.WaitAsync(cancellationToken);
        try
        {
            return await ReadAsync(read, cancellationToken);
        }
        finally
        {
            longReads.Release();
        }
    }

    /// <summary>The names of all namespaces, in the order of their coming.</summary>
    /// <exception cref="StoreException">The memory cannot be read.</exception>
    public Task<IReadOnlyList<string>> NamespacesAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(Spaces.All, cancellationToken);

    /// <summary>The names of the namespaces whose search copy does not say what their graph does.</summary>
    /// <param name="sample">How many entities of each are looked at; null for all of it.</param>
    public Task<List<string>> FindWrongIndexesAsync(int? sample, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
                Spaces
                    .All(session)
                    .Where(name =>
                        !IndexCheck.IsRight(new Space(session, Spaces.Find(session, name), Moments.Now(time), cancellationToken), sample)
                    )
                    .ToList(),
            cancellationToken
        );

    /// <summary>Builds the search's copy anew from the graph, in one transaction.</summary>
    public Task RebuildIndexAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            null,
            session =>
            {
                IndexBuild.Run(session, cancellationToken);
                return true;
            },
            cancellationToken
        );
}

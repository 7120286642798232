using Memory.Database;

namespace Memory.Moving;

/// <summary>
/// Copies a memory from one database into another, empty one: numbers, dates, history, search index and all. In transactions of some
/// hundred rows, in the order of the keys, so that a move that was cut short goes on where it stopped; at the end both sides are compared.
/// </summary>
/// <param name="copied">Gets the rows copied so far and those there are in all.</param>
internal sealed class MemoryMove(IDatabase from, IDatabase to, string now, Action<long, long> copied)
{
    private const int MostRows = 500;

    /// <summary>A row of the target's <c>import</c>, there while the move is not at its end: its path is where the memory came from.</summary>
    public const string Mark = "move";

    private long done;
    private long total;

    /// <returns>How many rows of each table were copied, over all namespaces.</returns>
    /// <exception cref="MoveException">The target holds a memory of its own, or is not equal to the source at the end.</exception>
    public async Task<IReadOnlyDictionary<string, long>> RunAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken);
        var names = await from.ReadAsync(Spaces.All, cancellationToken);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in MovedTable.All)
        {
            foreach (var name in names)
            {
                var count = await ReadAsync(from, name, table.Count, cancellationToken);
                counts[table.Name] = counts.GetValueOrDefault(table.Name) + count;
                total += count;
            }
        }

        foreach (var name in names)
        {
            await WriteAsync(name, _ => { }, cancellationToken);
            foreach (var table in MovedTable.All)
            {
                await CopyAsync(name, table, cancellationToken);
                await CompareAsync(name, table, cancellationToken);
            }
        }

        await WriteAsync(
            Spaces.Default,
            space => space.Run("DELETE FROM import WHERE namespace = ?1 AND content = ?2", Mark),
            cancellationToken
        );
        return counts;
    }

    /// <summary>Marks the target, which is empty or was marked by an earlier run from the same place.</summary>
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var state = await to.ReadAsync(
            session =>
                session.Scalar("SELECT path FROM import WHERE content = ?1", Mark) as string
                ?? ((session.Scalar("SELECT 1 FROM log LIMIT 1") ?? session.Scalar("SELECT 1 FROM entity LIMIT 1")) is null ? "" : null),
            cancellationToken
        );
        if (state is null)
        {
            throw new MoveException($"{to.Place} holds a memory already, and a move would mix the two: name an empty one.");
        }

        if (state.Length > 0 && state != from.Place)
        {
            throw new MoveException($"{to.Place} holds the beginning of a move from {state}: end that one, or name an empty database.");
        }

        await WriteAsync(
            Spaces.Default,
            space =>
                space.Run(
                    "INSERT INTO import (namespace, content, path, at, report) VALUES (?1, ?2, ?3, ?4, '') ON CONFLICT (namespace, content) DO NOTHING",
                    Mark,
                    from.Place,
                    now
                ),
            cancellationToken
        );
    }

    /// <summary>Copies what follows the last row that is there.</summary>
    private async Task CopyAsync(string name, MovedTable table, CancellationToken cancellationToken)
    {
        var (last, there) = await ReadAsync(to, name, space => (table.Last(space), table.Count(space)), cancellationToken);
        done += there;
        while (await ReadAsync(from, name, space => table.After(space, last, MostRows), cancellationToken) is { Count: > 0 } rows)
        {
            await WriteAsync(name, space => rows.ForEach(row => table.Insert(space, row)), cancellationToken);
            last = rows[^1][..table.Key.Length];
            done += rows.Count;
            copied(done, total);
        }
    }

    /// <summary>Compares both sides; a table that differs, since the source has changed between two runs, is copied once more.</summary>
    private async Task CompareAsync(string name, MovedTable table, CancellationToken cancellationToken)
    {
        if (await IsEqualAsync(name, table, cancellationToken))
        {
            return;
        }

        await WriteAsync(name, table.Clear, cancellationToken);
        await CopyAsync(name, table, cancellationToken);
        if (!await IsEqualAsync(name, table, cancellationToken))
        {
            throw new MoveException(
                $"The table {table.Name} of the namespace {name} is not the same in {from.Place} and {to.Place}: stop what changes the memory, and "
                    + "run the move again."
            );
        }
    }

    private async Task<bool> IsEqualAsync(string name, MovedTable table, CancellationToken cancellationToken) =>
        await ReadAsync(from, name, table.Digest, cancellationToken) == await ReadAsync(to, name, table.Digest, cancellationToken);

    private Task<T> ReadAsync<T>(IDatabase database, string name, Func<Space, T> read, CancellationToken cancellationToken) =>
        database.ReadAsync(session => read(new(session, Spaces.Find(session, name), now, cancellationToken)), cancellationToken);

    private Task<bool> WriteAsync(string name, Action<Space> write, CancellationToken cancellationToken) =>
        to.WriteAsync(
            name,
            session =>
            {
                write(new(session, Spaces.FindOrCreate(session, name, now), now, cancellationToken));
                return true;
            },
            cancellationToken
        );
}

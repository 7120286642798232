using Memory.Graph;

namespace Memory.Storage;

/// <summary>Counts what a deletion found and notes what it did not.</summary>
/// <param name="kind">What was to be deleted, as in "Deleted 1 of 2 entities".</param>
/// <param name="subject">The same at the beginning of a sentence.</param>
internal sealed class DeletionReport(string kind, string subject)
{
    /// <summary>For how many missing items something similar is looked up, and how many a message names.</summary>
    private const int MostNamed = 20;

    private readonly List<NotFound> missing = [];

    /// <summary>The names that do not exist, by the place of their item.</summary>
    private readonly Dictionary<int, string> unknown = [];
    private int deleted;

    /// <param name="findNear">Looks for what is stored about the same entity and resembles the item.</param>
    public void Add(bool wasDeleted, string item, Func<string?> findNear)
    {
        if (wasDeleted)
        {
            deleted++;
        }
        else
        {
            missing.Add(NotFound.Of(item, missing.Count < MostNamed ? findNear() : null));
        }
    }

    /// <summary>An item that is missing because its entity is.</summary>
    public void AddName(bool wasDeleted, string item, string name)
    {
        if (!wasDeleted && missing.Count < MostNamed)
        {
            unknown.Add(missing.Count, name);
        }

        Add(wasDeleted, item, () => null);
    }

    /// <summary>In the words of the official server, which says nothing more where all was found.</summary>
    public async Task<Deletion> ToAnswerAsync(MemoryStore store, CancellationToken cancellationToken)
    {
        var near = await store.NearestNamesAsync(store.Current, [.. unknown.Values], cancellationToken);
        foreach (var ((place, _), name) in unknown.Zip(near))
        {
            missing[place] = missing[place] with { DidYouMean = name };
        }

        return deleted + missing.Count == 0 ? new(false, $"No {kind} were named: nothing was deleted", 0)
            : missing.Count == 0 ? new(true, $"{subject} deleted successfully")
            : new(
                deleted > 0,
                $"Deleted {deleted} of {deleted + missing.Count} {kind}. Not found: "
                    + $"{string.Join(", ", missing.Take(MostNamed))}{(missing.Count > MostNamed ? $" and {missing.Count - MostNamed} more" : "")}",
                deleted,
                missing
            );
    }
}

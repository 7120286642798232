namespace Memory.Graph;

/// <summary>What became of a file.</summary>
public sealed class ImportReport
{
    private const int MostProblems = 100;

    private readonly List<string> problems = [];

    public int EntitiesCreated { get; set; }

    /// <summary>Entities whose facts joined those of an existing one.</summary>
    public int EntitiesJoined { get; set; }

    public int Observations { get; set; }

    public int Relations { get; set; }

    /// <summary>How much was not used, or not as it stands.</summary>
    public int Problems { get; set; }

    /// <summary>The first of them with their places.</summary>
    public IReadOnlyList<string> FirstProblems => problems;

    /// <summary>Whether nothing was stored.</summary>
    public bool DryRun { get; init; }

    /// <summary>Entities and relations that could be used.</summary>
    internal int Used { get; set; }

    internal void Tell(string problem)
    {
        Problems++;
        if (problems.Count < MostProblems)
        {
            problems.Add(problem);
        }
    }

    internal ImportReport Copy()
    {
        var copy = new ImportReport { DryRun = DryRun };
        copy.BecomeLike(this);
        return copy;
    }

    internal void BecomeLike(ImportReport other)
    {
        (EntitiesCreated, EntitiesJoined, Observations, Relations) = (
            other.EntitiesCreated,
            other.EntitiesJoined,
            other.Observations,
            other.Relations
        );
        (Problems, Used) = (other.Problems, other.Used);
        problems.Clear();
        problems.AddRange(other.problems);
    }

    public override string ToString() =>
        $"{EntitiesCreated} entities created, {EntitiesJoined} joined with existing ones, {Observations} observations and "
        + $"{Relations} relations added, {Problems} problems"
        + (DryRun ? "; a dry run: nothing was stored" : "");
}

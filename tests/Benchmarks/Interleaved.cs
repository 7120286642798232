namespace Benchmarks;

/// <summary>Measures contenders in turn, round by round: what slows the machine for a while slows all of them.</summary>
internal static class Interleaved
{
    /// <returns>What was measured of each, in the order of the rounds.</returns>
    public static async Task<Dictionary<TContender, List<TRun>>> MeasureAsync<TContender, TRun>(
        IReadOnlyList<TContender> contenders,
        int rounds,
        Func<TContender, Task<TRun>> measure
    )
        where TContender : notnull
    {
        var runs = contenders.ToDictionary(contender => contender, _ => new List<TRun>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var contender in contenders)
            {
                runs[contender].Add(await measure(contender));
            }
        }

        return runs;
    }
}

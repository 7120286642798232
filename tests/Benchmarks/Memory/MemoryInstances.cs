namespace Benchmarks.Memory;

/// <summary>Instances of memory-mcp on one store, called in turns.</summary>
internal sealed class MemoryInstances(IReadOnlyList<OurMemory> instances) : IAsyncDisposable
{
    private int turn;

    /// <param name="folder">What they share where the store is a file.</param>
    /// <param name="database">The URL of a PostgreSQL; null for the file.</param>
    public static async Task<MemoryInstances> StartAsync(int count, string folder, string? database)
    {
        var instances = new List<OurMemory>();
        for (var i = 0; i < count; i++)
        {
            instances.Add(await OurMemory.StartAsync(folder, database));
        }

        return new(instances);
    }

    public TimeSpan ProcessorTime => instances.Aggregate(TimeSpan.Zero, (sum, instance) => sum + ProcessTime.Of(instance.ProcessId));

    /// <exception cref="InvalidOperationException">The call failed.</exception>
    public async Task CallAsync(string path, string tool, string arguments)
    {
        var instance = instances[(int)((uint)Interlocked.Increment(ref turn) % instances.Count)];
        var answer = await instance.CallAsync(path, tool, arguments);
        if (answer.Contains("\"isError\":true", StringComparison.Ordinal) || !answer.Contains("\"result\":", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{tool} failed: {answer[..Math.Min(answer.Length, 500)]}");
        }
    }

    public async Task<double> ResidentMegabytesAsync()
    {
        var sum = 0.0;
        foreach (var instance in instances)
        {
            sum += await ProcessMemory.ResidentAsync(instance.ProcessId);
        }

        return sum;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }
    }
}

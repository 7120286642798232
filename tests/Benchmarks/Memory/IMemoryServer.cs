namespace Benchmarks.Memory;

/// <summary>A memory server under load, over whatever transport it speaks.</summary>
internal interface IMemoryServer : IAsyncDisposable
{
    int ProcessId { get; }

    /// <summary>Calls a tool and reads its whole answer.</summary>
    /// <param name="arguments">The arguments as JSON.</param>
    /// <returns>The JSON-RPC message that came back.</returns>
    Task<string> CallAsync(string tool, string arguments);

    /// <summary>What the process holds in memory now.</summary>
    Task<double> ResidentMegabytesAsync() => ProcessMemory.ResidentAsync(ProcessId);
}

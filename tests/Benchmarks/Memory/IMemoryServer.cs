using System.Globalization;

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
    async Task<double> ResidentMegabytesAsync()
    {
        var line = (await File.ReadAllLinesAsync($"/proc/{ProcessId}/status")).First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}

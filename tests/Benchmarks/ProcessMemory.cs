using System.Globalization;

namespace Benchmarks;

/// <summary>What a process holds in memory, as Linux counts it, in megabytes.</summary>
internal static class ProcessMemory
{
    public static Task<double> ResidentAsync(int process) => ReadAsync(process, "VmRSS:");

    /// <summary>The most it has ever held.</summary>
    public static Task<double> PeakAsync(int process) => ReadAsync(process, "VmHWM:");

    private static async Task<double> ReadAsync(int process, string field)
    {
        var line = (await File.ReadAllLinesAsync($"/proc/{process}/status")).First(l => l.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}

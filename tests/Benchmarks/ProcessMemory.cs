using System.Globalization;

namespace Benchmarks;

/// <summary>What a process holds in memory, as Linux counts it, in megabytes.</summary>
internal static class ProcessMemory
{
    public static Task<double> ResidentAsync(int process) => ReadAsync(process, "VmRSS:");

    /// <summary>The most it has ever held.</summary>
    public static Task<double> PeakAsync(int process) => ReadAsync(process, "VmHWM:");

    /// <summary>A process with all that it started: front ends keep a child for each session.</summary>
    public static async Task<double> ResidentOfFamilyAsync(int parent)
    {
        var sum = 0.0;
        foreach (var process in ProcessTime.FamilyOf(parent))
        {
            try
            {
                sum += await ResidentAsync(process);
            }
            catch (Exception e) when (e is IOException or InvalidOperationException)
            {
                // It has ended, or is about to and holds nothing.
            }
        }

        return sum;
    }

    private static async Task<double> ReadAsync(int process, string field)
    {
        var line = (await File.ReadAllLinesAsync($"/proc/{process}/status")).First(l => l.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}

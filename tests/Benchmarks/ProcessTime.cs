using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>What processes have had of processors, as Linux counts it.</summary>
internal static class ProcessTime
{
    public static TimeSpan Of(int process)
    {
        using var found = Process.GetProcessById(process);
        return found.TotalProcessorTime;
    }

    /// <summary>A process and its children, those that have ended included.</summary>
    public static TimeSpan OfFamily(int parent) =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => FieldsOf(name!))
            .Where(fields => fields.Length > 0 && (fields[Pid] == Text(parent) || fields[Parent] == Text(parent)))
            .Aggregate(
                TimeSpan.Zero,
                (sum, fields) => sum + TicksOf(fields[Pid] == Text(parent) ? fields[Own..(Own + 4)] : fields[Own..(Own + 2)])
            );

    /// <summary>A process and its descendants.</summary>
    public static IReadOnlyList<int> FamilyOf(int parent)
    {
        var parents = Directory
            .EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => FieldsOf(name!))
            .Where(fields => fields.Length > 0)
            .ToLookup(
                fields => int.Parse(fields[Parent], CultureInfo.InvariantCulture),
                fields => int.Parse(fields[Pid], CultureInfo.InvariantCulture)
            );
        var family = new List<int> { parent };
        for (var next = 0; next < family.Count; next++)
        {
            family.AddRange(parents[family[next]]);
        }

        return family;
    }

    private const int Pid = 0;
    private const int Parent = 1;

    // utime, stime, and those of children that were waited for.
    private const int Own = 2;
    private const int TicksPerSecond = 100;

    /// <summary>Id, parent's id, and the four times of /proc/pid/stat; nothing of a process that is gone.</summary>
    private static string[] FieldsOf(string process)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            // After the name, which may hold anything, in brackets.
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return [process, fields[1], .. fields[11..15]];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static TimeSpan TicksOf(string[] ticks) =>
        TimeSpan.FromSeconds(ticks.Sum(t => long.Parse(t, CultureInfo.InvariantCulture)) / (double)TicksPerSecond);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

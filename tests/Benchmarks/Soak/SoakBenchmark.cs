using System.Diagnostics;
using System.Globalization;
using Benchmarks.Fleet;

namespace Benchmarks.Soak;

/// <summary>Mixed traffic at all four services for a long time: whether what their processes hold stays flat.</summary>
public static class SoakBenchmark
{
    private const int Minutes = 120;

    // Slopes leave out the first tenth: caches fill and code is compiled anew.
    private const int ShareLeftOut = 10;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly (string Name, Func<Sample, double> Of)[] Figures =
    [
        ("memory, MB", sample => sample.Resident),
        ("heap, MB", sample => sample.Heap),
        ("handles", sample => sample.Handles),
        ("threads", sample => sample.Threads),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var minutes = arguments is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : Minutes;
        if (minutes < 3)
        {
            Console.Error.WriteLine("A slope needs 3 minutes at least.");
            return 2;
        }

        await using var fleet = await ServiceFleet.StartAsync();
        using var end = new CancellationTokenSource();
        var traffic = fleet.Members.Values.ToDictionary(member => member, member => new Traffic(member));
        var running = Task.WhenAll(traffic.Values.Select(each => Task.Run(() => each.RunAsync(end.Token))));
        var samples = fleet.Members.Values.ToDictionary(member => member, _ => new List<Sample>());
        Console.WriteLine($"| minute | service | calls | {string.Join(" | ", Figures.Select(figure => figure.Name))} |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var started = Stopwatch.GetTimestamp();
        for (var minute = 1; minute <= minutes; minute++)
        {
            var pause = Task.Delay(Max((minute * Minute) - Stopwatch.GetElapsedTime(started), TimeSpan.Zero), TimeProvider.System);
            // Traffic ends before its time only when something failed.
            await await Task.WhenAny(pause, running);
            foreach (var (member, taken) in samples)
            {
                var sample = await Sample.TakeAsync(member, Stopwatch.GetElapsedTime(started).TotalMinutes);
                taken.Add(sample);
                Print($"{minute} | {member.Name} | {traffic[member].Calls}", Figures.Select(figure => $"{figure.Of(sample):0.#}"));
            }

            fleet.Forget();
        }

        await end.CancelAsync();
        await running;
        Console.WriteLine();
        Console.WriteLine($"| slope in an hour, ± its standard error | {string.Join(" | ", Figures.Select(figure => figure.Name))} |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (member, taken) in samples)
        {
            var settled = taken.Skip(Math.Min(taken.Count / ShareLeftOut, taken.Count - 3)).ToList();
            Print(
                member.Name,
                Figures.Select(figure =>
                {
                    var line = Line.Through([.. settled.Select(sample => (sample.Minutes / 60, figure.Of(sample)))]);
                    return string.Create(CultureInfo.InvariantCulture, $"{line.Slope:0.00} ± {line.Error:0.00}");
                })
            );
        }

        return 0;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static void Print(string first, IEnumerable<string> values) => Console.WriteLine($"| {first} | {string.Join(" | ", values)} |");
}

using System.Globalization;
using McpGateway.Testing;

namespace Benchmarks.Curves;

/// <summary>How what a call costs grows: with connections, entities, tools and callers, as plots in docs/curves.</summary>
public static class CurvesBenchmark
{
    private static readonly string[] Figures = ["median of a call, ms", "processor time of a call, ms"];

    /// <param name="arguments">Some of connections, entities, tools and callers, all by default; a number is the largest memory.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var largest = arguments.Where(argument => char.IsAsciiDigit(argument[0])).Select(int.Parse).SingleOrDefault(100_000);
        (string Name, Func<Task<IReadOnlyList<Growth>>> MeasureAsync)[] curves =
        [
            ("connections", CallCurves.OfConnectionsAsync),
            ("tools", CallCurves.OfToolsAsync),
            ("callers", CallCurves.OfCallersAsync),
            ("entities", () => EntityCurve.MeasureAsync(largest)),
        ];
        var chosen = arguments.Where(argument => !char.IsAsciiDigit(argument[0])).ToList();
        if (chosen.FirstOrDefault(name => !curves.Any(curve => curve.Name == name)) is { } unknown)
        {
            Console.Error.WriteLine($"'{unknown}' is not a curve: {string.Join(", ", curves.Select(curve => curve.Name))}.");
            return 2;
        }

        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "docs", "curves"));
        foreach (var (name, measureAsync) in curves.Where(curve => chosen.Count == 0 || chosen.Contains(curve.Name)))
        {
            var growths = await measureAsync();
            Print(name, growths);
            var panels = Figures.Select(
                (figure, i) =>
                    new Panel(
                        figure,
                        [
                            .. growths.Select(growth => new Curve(
                                growth.What,
                                [.. growth.Points.Select(point => (point.X, point.Figures[i]))]
                            )),
                        ]
                    )
            );
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{name}.svg"), Plot.Draw(name, [.. panels]));
        }

        return 0;
    }

    private static void Print(string name, IReadOnlyList<Growth> growths)
    {
        Console.WriteLine($"| {name} | call | {string.Join(" | ", Figures)} |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var growth in growths)
        {
            foreach (var (x, figures) in growth.Points)
            {
                var values = string.Join(" | ", figures.Select(figure => figure.ToString("0.000", CultureInfo.InvariantCulture)));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {x:#,0} | {growth.What} | {values} |"));
            }
        }

        Console.WriteLine();
    }
}

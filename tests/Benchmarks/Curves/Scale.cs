namespace Benchmarks.Curves;

/// <summary>A logarithmic axis from one of its marks to another.</summary>
/// <param name="Marks">The values that are labelled: 1, 2 and 5 of each decade, or where there are many decades, 1 alone.</param>
internal sealed record Scale(IReadOnlyList<double> Marks, double From, double To)
{
    private const int MostMarks = 9;

    /// <param name="from">The coordinate of the lowest mark.</param>
    /// <param name="to">The coordinate of the highest.</param>
    public static Scale Of(IEnumerable<double> values, double from, double to)
    {
        var all = values.ToList();
        double[] steps = [1, 2, 5];
        var marks = MarksOf(all, steps);
        return new(marks.Count <= MostMarks ? marks : MarksOf(all, [1]), from, to);
    }

    public double At(double value) =>
        From + ((To - From) * (Math.Log(value) - Math.Log(Marks[0])) / (Math.Log(Marks[^1]) - Math.Log(Marks[0])));

    private static List<double> MarksOf(List<double> values, double[] steps)
    {
        var decades = Enumerable.Range(-6, 16).SelectMany(decade => steps.Select(step => step * Math.Pow(10, decade))).ToList();
        // With room for rounding: 0.1 is no power of ten exactly.
        var first = decades.FindLastIndex(mark => mark <= values.Min() * 1.000001);
        var last = decades.FindIndex(mark => mark >= values.Max() * 0.999999);
        return decades[first..(Math.Max(last, first + 1) + 1)];
    }
}

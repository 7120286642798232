namespace Benchmarks.Soak;

/// <summary>The straight line closest to some points.</summary>
/// <param name="Slope">How much it rises for each unit of x.</param>
/// <param name="Error">The standard error of the slope.</param>
internal sealed record Line(double Slope, double Error)
{
    /// <param name="points">At least three.</param>
    public static Line Through(IReadOnlyList<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        var spread = points.Sum(point => (point.X - x) * (point.X - x));
        var slope = points.Sum(point => (point.X - x) * (point.Y - y)) / spread;
        var rest = points.Sum(point => Math.Pow(point.Y - y - (slope * (point.X - x)), 2));
        return new(slope, Math.Sqrt(rest / (points.Count - 2) / spread));
    }
}

namespace Benchmarks.Curves;

/// <summary>What one call costs as something grows.</summary>
/// <param name="What">The call.</param>
/// <param name="Points">How large it is, with the median time and the processor time of a call in milliseconds.</param>
internal sealed record Growth(string What, IReadOnlyList<(double X, double[] Figures)> Points);

namespace Benchmarks.Curves;

/// <summary>How one figure grows.</summary>
/// <param name="Name">Whose figure, for the legend.</param>
/// <param name="Points">What it grows with, and the figure.</param>
internal sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Curves over one axis.</summary>
/// <param name="Title">What is shown, with its unit.</param>
internal sealed record Panel(string Title, IReadOnlyList<Curve> Curves);

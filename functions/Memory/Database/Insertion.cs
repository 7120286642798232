using System.Globalization;

namespace Memory.Database;

/// <summary>Stores rows of one table, several with each statement: that costs little more than a statement for one of them.</summary>
internal sealed class Insertion
{
    private const int MostRows = 8;

    private readonly int columns;

    /// <summary>For each number of rows a statement, always the same object, by which it is known.</summary>
    private readonly string[] statements;

    /// <param name="head">Its beginning, up to the columns, of which the first is the namespace.</param>
    /// <param name="columns">How many columns there are besides.</param>
    /// <param name="tail">What follows the values.</param>
    public Insertion(string head, int columns, string tail = "")
    {
        this.columns = columns;
        statements = [.. Enumerable.Range(1, MostRows).Select(rows => $"{head} VALUES {ValuesOf(rows)}{tail}")];
    }

    /// <summary>How many values make a full statement.</summary>
    public int Full => MostRows * columns;

    /// <param name="values">The values of whole rows, one after the other.</param>
    public void Run(Space space, ReadOnlySpan<object?> values)
    {
        for (; values.Length > Full; values = values[Full..])
        {
            space.Run(statements[^1], values[..Full]);
        }

        if (!values.IsEmpty)
        {
            space.Run(statements[(values.Length / columns) - 1], values);
        }
    }

    private string ValuesOf(int rows) =>
        string.Join(
            ", ",
            Enumerable
                .Range(0, rows)
                .Select(row => $"(?1, {string.Join(", ", Enumerable.Range(2 + (row * columns), columns).Select(Parameter))})")
        );

    private static string Parameter(int number) => string.Create(CultureInfo.InvariantCulture, $"?{number}");
}

using System.Globalization;

namespace Memory.Storage;

/// <summary>Where the next page begins.</summary>
/// <param name="Index">How many entities of the result lie before it.</param>
/// <param name="Entity">The entity it begins with, should the graph have moved meanwhile; 0 past the last.</param>
/// <param name="Observation">The last observation of that entity already given, or 0 when the entity is yet to come.</param>
/// <param name="Relation">The last relation already given with that entity, or -1 while its observations are not all given.</param>
internal sealed record Cursor(int Index, long Entity, long Observation = 0, long Relation = -1)
{
    public static Cursor Start { get; } = new(0, 0);

    public string ToText(string question) =>
        CursorText.Of(string.Create(CultureInfo.InvariantCulture, $"{Index}.{Entity}.{Observation}.{Relation}"), question);

    /// <exception cref="ModelContextProtocol.McpException">It is not a cursor of ours, or belongs to another question.</exception>
    public static Cursor Parse(string? text, string question) => CursorText.Read(text, question, Read) ?? Start;

    private static Cursor? Read(string place) =>
        place.Split('.') is [var index, var entity, var observation, var relation]
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
        && long.TryParse(entity, NumberStyles.None, CultureInfo.InvariantCulture, out var e)
        && long.TryParse(observation, NumberStyles.None, CultureInfo.InvariantCulture, out var o)
        && long.TryParse(relation, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var r)
            ? new(i, e, o, r)
            : null;
}

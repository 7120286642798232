using Memory.Graph;

namespace Memory.Import;

/// <summary>Something that a file of an import holds, with its place in the file.</summary>
internal abstract record ImportItem(string Place);

internal sealed record ImportedEntity(string Place, LoggedEntity Entity) : ImportItem(Place);

internal sealed record ImportedRelation(string Place, LoggedRelation Relation) : ImportItem(Place);

/// <summary>What cannot be used, and why.</summary>
internal sealed record ImportProblem(string Place, string Text) : ImportItem(Place)
{
    public override string ToString() => $"{Place}: {Text}";
}

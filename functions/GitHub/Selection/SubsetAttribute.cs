namespace GitHub.Selection;

/// <summary>The values the items of a list parameter may have.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class SubsetAttribute(params string[] values) : Attribute
{
    public IReadOnlyList<string> Values => values;
}

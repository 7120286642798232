namespace GitHub.Selection;

/// <summary>What a caller names a parameter whose name is a keyword of C#.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class WireNameAttribute(string name) : Attribute
{
    public string Name => name;
}

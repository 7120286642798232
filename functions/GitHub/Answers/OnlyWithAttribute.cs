namespace GitHub.Answers;

/// <summary>The methods of a tool that an argument means something to. Given with another, it is said to have been ignored.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class OnlyWithAttribute(params string[] methods) : Attribute
{
    public IReadOnlyList<string> Methods => methods;
}

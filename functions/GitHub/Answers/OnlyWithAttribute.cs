namespace GitHub.Answers;

/// <summary>The methods of a tool that an argument means something to. Given with another, a tool that reads says that it was ignored, and one that writes
/// refuses the call.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class OnlyWithAttribute(params string[] methods) : Attribute
{
    public IReadOnlyList<string> Methods => methods;
}

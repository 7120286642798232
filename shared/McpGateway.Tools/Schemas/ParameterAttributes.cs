namespace McpGateway.Tools.Schemas;

/// <summary>
/// A text or list that means something when it is empty, as to clear a field, or a list of which an item may be. Any other empty value was not given where
/// it is optional, and is refused where it is required. Where the value may be any of several shapes, null means something as well.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class EmptyClearsAttribute : Attribute;

/// <summary>A list that callers are told to give, as the official server of the service wants it, and that is taken as empty where they do not.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmptyUnlessGivenAttribute : Attribute;

/// <summary>The values the items of a list may have.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public class SubsetAttribute(params string[] values) : Attribute
{
    public IReadOnlyList<string> Values => values;
}

/// <summary>The kinds of JSON a value may be, where its own type allows any; of a list, those of its items.</summary>
/// <param name="types">Types of JSON Schema: <c>string</c>, <c>number</c>, <c>boolean</c>, <c>object</c>, or <c>array</c> for a list of texts,
/// numbers and flags.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class JsonShapeAttribute(params string[] types) : Attribute
{
    public IReadOnlyList<string> Types => types;

    /// <summary>Whether an object is taken as well, though none is asked for: the tool reads it, or says what to give instead.</summary>
    public bool TakesObjects { get; init; }
}

/// <summary>What an object has for members, where listing them would cost more than it tells: the list says any object, the check knows them.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ReadAsAttribute(Type type) : Attribute
{
    public Type Type => type;
}

/// <summary>
/// Lists an object, or each of a list, as any object, and a choice as any text: the parameter's own description says more in less than a list of its
/// members or values. The check knows them all.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class BriefAttribute : Attribute;

/// <summary>The least value of a number. A zero below it means that none was given.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class AtLeastAttribute(int least) : Attribute
{
    public int Least => least;
}

/// <summary>A text that callers give in more than one form, such as an id or an address that has it: how it is read.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class ReadTextAttribute : Attribute
{
    /// <summary>The form that the tool wants; a text that is in none of the forms stays as it is.</summary>
    public abstract string Read(string text);
}

/// <summary>What callers name a parameter whose name is a keyword of C#.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class WireNameAttribute(string name) : Attribute
{
    public string Name => name;
}

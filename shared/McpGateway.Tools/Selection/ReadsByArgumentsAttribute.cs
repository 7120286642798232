namespace McpGateway.Tools.Selection;

/// <summary>
/// A tool that only reads unless its arguments ask for more. Whoever may only read may use it: the service refuses those arguments while
/// <c>ReadingOnly</c> is on.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadsByArgumentsAttribute : Attribute;

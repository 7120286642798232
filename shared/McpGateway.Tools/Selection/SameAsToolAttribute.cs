namespace McpGateway.Tools.Selection;

/// <summary>Names the tool whose answer a resource gives another way, where it is not the tool that all resources of the service come with.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SameAsToolAttribute(string tool) : Attribute
{
    public string Tool => tool;
}

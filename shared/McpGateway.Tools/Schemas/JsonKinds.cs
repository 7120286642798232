namespace McpGateway.Tools.Schemas;

/// <summary>What kinds of JSON values a schema allows.</summary>
[Flags]
internal enum JsonKinds
{
    None = 0,
    Text = 1,
    Integer = 2,
    Number = 4,
    Boolean = 8,
    Object = 16,
    Array = 32,
}

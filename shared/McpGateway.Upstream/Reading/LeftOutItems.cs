namespace McpGateway.Upstream.Reading;

/// <summary>Counts the items that one reading leaves out; it is done on one thread.</summary>
internal static class LeftOutItems
{
    /// <summary>What was left out so far; an item that fails takes back what was counted within it.</summary>
    [field: ThreadStatic]
    public static int Count { get; set; }
}

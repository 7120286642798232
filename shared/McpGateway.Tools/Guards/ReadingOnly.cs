namespace McpGateway.Tools.Guards;

/// <summary>
/// Whether the call that is running may change nothing, by <c>READ_ONLY=true</c>, the rights of its caller, or the path or header it came by:
/// for guards that judge a call by its arguments.
/// </summary>
public static class ReadingOnly
{
    private static readonly AsyncLocal<bool> Ambient = new();

    public static bool IsOn => Ambient.Value;

    internal static void Begin(bool isOn) => Ambient.Value = isOn;
}

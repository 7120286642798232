namespace McpGateway.Console.Frame;

/// <summary>The other gateways of this operator.</summary>
internal static class Siblings
{
    /// <summary>Those of the setting, but for this gateway itself: one list serves them all.</summary>
    public static IReadOnlyList<(string Name, Uri Url)> Of(ConsoleOptions options, GatewayService service) =>
        [.. options.SiblingList.Where(sibling => sibling.Name != service.ShortName && sibling.Name != service.Name)];
}

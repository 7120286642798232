namespace McpGateway.Console.Session;

/// <summary>The operator, where audit lines name who did something.</summary>
internal static class ConsoleCaller
{
    public const string Name = "operator";
}

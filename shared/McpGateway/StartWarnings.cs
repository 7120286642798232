using System.Collections.Concurrent;

namespace McpGateway;

/// <summary>What the operator should know, found while registering, logged at start.</summary>
public sealed class StartWarnings
{
    private readonly ConcurrentQueue<string> warnings = new();

    public void Add(string warning) => warnings.Enqueue(warning);

    public IReadOnlyCollection<string> All => warnings;
}

using System.Collections.Concurrent;

namespace McpGateway.Hosting;

/// <summary>What the operator should hear once the logger is there: collected while registering, logged at start.</summary>
internal sealed class StartWarnings
{
    private readonly ConcurrentQueue<string> warnings = new();

    public void Add(string warning) => warnings.Enqueue(warning);

    public IReadOnlyCollection<string> All => warnings;
}

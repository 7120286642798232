using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;

namespace McpGateway;

/// <summary>What the operator should know, found while registering, logged at start.</summary>
/// <param name="settings">Where it shows which settings are given.</param>
public sealed class StartWarnings(IConfiguration settings)
{
    private readonly ConcurrentQueue<string> warnings = new();

    public IReadOnlyCollection<string> All => warnings;

    public void Add(string warning) => warnings.Enqueue(warning);

    /// <summary>Tells of a setting, where it is given, that another one, or the lack of one, leaves without effect: its operator relies on it.</summary>
    /// <param name="because">Why, and what to do: the second half of a sentence.</param>
    public void NoEffect(string setting, string because)
    {
        if (!string.IsNullOrWhiteSpace(settings[setting]))
        {
            Add($"{setting} has no effect: {because}");
        }
    }
}

using Memory.Database;
using Memory.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Memory;

/// <summary>
/// Opens the memory before the first call. A folder that cannot be used ends the start; a database that cannot be used does
/// not: then every call, and /health/ready, says what is wrong until it is put right.
/// </summary>
internal sealed partial class MemoryStart(IDatabase database, MemoryStore store, ILogger<MemoryStart> logger) : IHostedService
{
    /// <summary>Entities of each namespace whose search copy is checked: a copy that is wrong is seldom wrong in one place.</summary>
    private const int Sample = 20;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        database.Prepare();
        if (await database.FindProblemAsync(cancellationToken) is { } problem)
        {
            Unusable(problem);
            return;
        }

        Opened(database.Place);
        try
        {
            if (database.IsCheckedAtStart)
            {
                await CheckIndexAsync(cancellationToken);
            }
        }
        catch (StoreException e)
        {
            Unusable(e.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CheckIndexAsync(CancellationToken cancellationToken)
    {
        if (await store.FindWrongIndexesAsync(Sample, cancellationToken) is { Count: > 0 } wrong)
        {
            Rebuilds(string.Join(", ", wrong));
            await store.RebuildIndexAsync(cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "The memory is in {Path}")]
    private partial void Opened(string path);

    [LoggerMessage(LogLevel.Warning, "The search copy of {Namespaces} does not say what the memory does: it is built anew")]
    private partial void Rebuilds(string namespaces);

    [LoggerMessage(LogLevel.Error, "{Problem}")]
    private partial void Unusable(string problem);
}

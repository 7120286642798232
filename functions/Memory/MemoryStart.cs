using Memory.Database;
using Memory.Import;
using Memory.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Memory;

/// <summary>
/// Opens the memory before the first call. A folder that cannot be used ends the start; a file that cannot be used does
/// not: then every call, and /health/ready, says what is wrong until it is put right.
/// </summary>
internal sealed partial class MemoryStart(MemoryFile file, MemoryStore store, MemoryImport import, ILogger<MemoryStart> logger)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        file.PrepareFolder();
        if (await store.FindProblemAsync(cancellationToken) is { } problem)
        {
            Unusable(problem);
            return;
        }

        Opened(file.Path);
        await import.RunAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "The memory is in {Path}")]
    private partial void Opened(string path);

    [LoggerMessage(LogLevel.Error, "{Problem}")]
    private partial void Unusable(string problem);
}

using McpGateway.Console;
using McpGateway.Console.Frame;
using Memory.Graph;
using Memory.Import;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;

namespace Memory.Pages;

/// <summary>The import that the operator began last: it goes on while nobody looks, one at a time.</summary>
internal sealed partial class ImportJobs(GraphImport import, IHostApplicationLifetime lifetime, ILogger<ImportJobs> logger)
{
    /// <summary>The largest file a page takes, which is held in memory meanwhile; larger ones go to /import.</summary>
    public const long LargestFile = 64 * 1024 * 1024;

    private readonly Lock turn = new();

    public ImportJob? Last { get; private set; }

    /// <exception cref="ConsoleException">Another import is under way.</exception>
    public void Begin(string space, string file, Stream content, string? entity, bool isDry, DateTimeOffset now)
    {
        var job = new ImportJob(space, file, now, content.Length, isDry);
        lock (turn)
        {
            if (Last is { IsRunning: true } other)
            {
                throw new ConsoleException(
                    $"The import of {other.File} is under way ({other.Words}): wait until it has ended. Nothing was begun."
                );
            }

            Last = job;
        }

        _ = RunAsync(job, content, entity);
    }

    private async Task RunAsync(ImportJob job, Stream content, string? entity)
    {
        // The page that began it does not wait.
        await Task.Yield();
        try
        {
            await using (content)
            {
                var report = await import.RunAsync(
                    content,
                    job.Space,
                    MemoryRequest.By,
                    entity,
                    job.IsDry,
                    report => job.Tell(report, content.CanRead ? content.Position : job.Size),
                    lifetime.ApplicationStopping
                );
                job.End(report, null);
            }
        }
        catch (Exception e) when (e is McpException or OperationCanceledException)
        {
            job.End(
                null,
                e is McpException ? e.Message : "The gateway was stopped: import the file again, what is there already stays as it is."
            );
        }
#pragma warning disable CA1031 // Nobody awaits it: the page tells of the failure, and the log says which.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failed(e);
            job.End(null, "The gateway's log says what went wrong. What was taken in before stays.");
        }
    }

    [LoggerMessage(LogLevel.Error, "An import of the console failed")]
    private partial void Failed(Exception exception);
}

/// <summary>An import, and how far it is.</summary>
internal sealed class ImportJob(string space, string file, DateTimeOffset began, long size, bool isDry)
{
    private long read;

    public string Space => space;

    public string File => file;

    public DateTimeOffset Began => began;

    public long Size => size;

    public bool IsDry => isDry;

    public bool IsRunning { get; private set; } = true;

    /// <summary>What came in until now.</summary>
    public ImportReport? Report { get; private set; }

    /// <summary>Why it ended early, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>How much of the file has been read, from 0 to 1.</summary>
    public double Share =>
        !IsRunning ? 1
        : size == 0 ? 0
        : Math.Min(1, (double)Volatile.Read(ref read) / size);

    /// <summary>How far it is, in words.</summary>
    public string Words => $"{Share * 100:0} % of {Pieces.Bytes(size)}";

    public void Tell(ImportReport report, long position)
    {
        Report = report;
        Volatile.Write(ref read, position);
    }

    public void End(ImportReport? report, string? problem)
    {
        Report = report ?? Report;
        Problem = problem;
        IsRunning = false;
    }
}

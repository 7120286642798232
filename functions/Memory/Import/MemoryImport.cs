using System.Security.Cryptography;
using Memory.Database;
using Memory.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol;

namespace Memory.Import;

/// <summary>
/// Takes in the files that settings name, each content once: <c>MEMORY_IMPORT</c>, and <c>MEMORY_FILE_PATH</c>, by which the
/// official server knows its file. In its turn, not early as <see cref="MemoryStart"/>: what ends the start leaves nothing imported.
/// </summary>
internal sealed partial class MemoryImport(
    MemoryStore store,
    GraphImport import,
    IOptions<MemoryOptions> options,
    ILogger<MemoryImport> logger
) : IHostedService
{
    /// <summary>Why a file was not taken in, or null.</summary>
    public string? Problem { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Import is { Length: > 0 } path)
        {
            await RunAsync("MEMORY_IMPORT", Path.GetFullPath(path), cancellationToken);
        }

        // The official server begins with a file that is not there yet.
        if (options.Value.OfficialFile is { Length: > 0 } file && File.Exists(file))
        {
            TakesOver(Path.GetFullPath(file));
            await RunAsync("MEMORY_FILE_PATH", Path.GetFullPath(file), cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RunAsync(string setting, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await ImportAsync(setting, path, file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (await store.WriteAsync(Spaces.Default, setting, graph => graph.Imports.HasPath(path), cancellationToken))
            {
                return; // Taken in at an earlier start: the file may go.
            }

            Fail($"{setting}='{path}' cannot be read ({e.Message}): check the path, or remove the setting.");
        }
        catch (McpException e)
        {
            Fail($"{setting}='{path}' was not imported: {e.Message}");
        }
    }

    private async Task ImportAsync(string setting, string path, FileStream file, CancellationToken cancellationToken)
    {
        // The same file brings more when dangling relations have been allowed since.
        var fingerprint =
            $"{Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken))}{(options.Value.AllowDanglingRelations ? "+dangling" : "")}";
        if (await store.WriteAsync(Spaces.Default, setting, graph => graph.Imports.Has(fingerprint), cancellationToken))
        {
            return;
        }

        file.Position = 0;
        var report = await import.RunAsync(file, Spaces.Default, setting, null, isDry: false, null, cancellationToken);
        if (report is { Used: 0, Problems: > 0 })
        {
            Fail(
                $"{setting}='{path}' holds nothing that could be imported ({report.FirstProblems[0]}): check "
                    + "that it is a memory.jsonl, or remove the setting."
            );
            return;
        }

        await store.WriteAsync(
            Spaces.Default,
            setting,
            graph =>
            {
                graph.Imports.Add(fingerprint, path, string.Join('\n', [report.ToString(), .. report.FirstProblems]));
                return true;
            },
            cancellationToken
        );
        Imported(path, report.ToString());
        foreach (var problem in report.FirstProblems)
        {
            Noticed(path, problem);
        }

        if (report.Problems > report.FirstProblems.Count)
        {
            Noticed(path, $"and {report.Problems - report.FirstProblems.Count} more");
        }
    }

    private void Fail(string problem)
    {
        Problem = problem;
        NotImported(problem);
    }

    [LoggerMessage(LogLevel.Information, "Imported {Path}: {Counts}")]
    private partial void Imported(string path, string counts);

    [LoggerMessage(LogLevel.Warning, "Imported {Path}: {Problem}")]
    private partial void Noticed(string path, string problem);

    [LoggerMessage(
        LogLevel.Information,
        "MEMORY_FILE_PATH is the official server's setting: {Path} is imported once, and the memory is kept in MEMORY_PATH from then on"
    )]
    private partial void TakesOver(string path);

    [LoggerMessage(LogLevel.Error, "{Problem}")]
    private partial void NotImported(string problem);
}

using System.Security.Cryptography;
using Memory.Database;
using Memory.Graph;
using Memory.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol;

namespace Memory.Import;

/// <summary>
/// Takes in the file <c>MEMORY_IMPORT</c> names, in one transaction: its entities join those of the same name, nothing
/// that is stored is lost, and a file with the same content is not taken in twice.
/// </summary>
internal sealed partial class MemoryImport(MemoryStore store, IOptions<MemoryOptions> options, ILogger<MemoryImport> logger)
{
    private const int MostReported = 100;
    private const string Signature = "MEMORY_IMPORT";

    /// <summary>Why the file was not taken in, or null.</summary>
    public string? Problem { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Import is not { Length: > 0 } path)
        {
            return;
        }

        path = Path.GetFullPath(path);
        try
        {
            var content = await File.ReadAllBytesAsync(path, cancellationToken);
            await ImportAsync(path, content, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (await store.WriteAsync(Spaces.Default, Signature, graph => graph.Imports.HasPath(path), cancellationToken))
            {
                return; // Taken in at an earlier start: the file may go.
            }

            Fail($"MEMORY_IMPORT='{path}' cannot be read ({e.Message}): check the path, or remove the setting.");
        }
        catch (McpException e)
        {
            Fail($"MEMORY_IMPORT='{path}' was not imported: {e.Message}");
        }
    }

    private async Task ImportAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        // The same file brings more when dangling relations have been allowed since.
        var fingerprint =
            $"{Convert.ToHexStringLower(SHA256.HashData(content))}{(options.Value.AllowDanglingRelations ? "+dangling" : "")}";
        var report = await store.WriteAsync(
            Spaces.Default,
            Signature,
            graph =>
            {
                if (graph.Imports.Has(fingerprint))
                {
                    return null;
                }

                var file = GraphFile.Read(content);
                var counts = Import(graph, file, out var problems);
                graph.Imports.Add(fingerprint, path, string.Join('\n', [counts, .. problems]));
                return new Report(counts, problems);
            },
            cancellationToken
        );
        if (report is not null)
        {
            Tell(path, report);
        }
    }

    private string Import(GraphWriter graph, GraphFile file, out List<string> problems)
    {
        problems = [.. file.Problems];
        int created = 0,
            merged = 0,
            observations = 0,
            relations = 0;
        foreach (var (place, entity) in file.Entities)
        {
            if (graph.CreateEntities([entity]) is [var stored])
            {
                created++;
                observations += stored.Observations.Count;
                continue;
            }

            merged++;
            observations += AddMissing(graph, entity);
            problems.Add(
                $"{place}: the entity '{entity.Name}' exists already, its observations joined it{(graph.TypeOf(entity.Name) is var type && type != entity.EntityType ? $" (it stays a '{type}')" : "")}"
            );
        }

        foreach (var (place, relation) in file.Relations)
        {
            if (!options.Value.AllowDanglingRelations && graph.MissingEndOf(relation) is { } missing)
            {
                problems.Add(
                    $"{place}: the relation's end '{missing}' does not exist; it was left out (MEMORY_ALLOW_DANGLING_RELATIONS=true keeps such relations)"
                );
                continue;
            }

            relations += graph.CreateRelations([relation]).Count;
        }

        return $"{created} entities created, {merged} joined with existing ones, {observations} observations and {relations} relations added, {file.Problems.Count} problems";
    }

    /// <summary>Adds what is not stored; what is keeps its place and date.</summary>
    private static int AddMissing(GraphWriter graph, Entity entity) =>
        graph.RestoreFacts(entity.Name, entity.Observations.Select(text => new Fact(0, text, graph.Now))).Count;

    private void Tell(string path, Report report)
    {
        Imported(path, report.Counts);
        foreach (var problem in report.Problems.Take(MostReported))
        {
            Noticed(path, problem);
        }

        if (report.Problems.Count > MostReported)
        {
            Noticed(path, $"and {report.Problems.Count - MostReported} more, all in the table 'import' of the memory file");
        }
    }

    private void Fail(string problem)
    {
        Problem = problem;
        NotImported(problem);
    }

    private sealed record Report(string Counts, List<string> Problems);

    [LoggerMessage(LogLevel.Information, "Imported {Path}: {Counts}")]
    private partial void Imported(string path, string counts);

    [LoggerMessage(LogLevel.Warning, "Imported {Path}: {Problem}")]
    private partial void Noticed(string path, string problem);

    [LoggerMessage(LogLevel.Error, "{Problem}")]
    private partial void NotImported(string problem);
}

using System.Text.Json;
using McpGateway.Tools;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Tokens;
using Memory.Graph;
using Memory.Sqlite;
using Memory.Storage;
using Memory.Tools;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;

namespace Memory;

/// <summary>
/// Has the code of writing and searching compiled right after the start, so that the first caller does not wait for it: by calls to a
/// memory of its own, of which nothing stays.
/// </summary>
internal sealed class MemoryWarmUp(
    IOptions<MemoryOptions> memory,
    IOptions<McpOptions> mcp,
    TimeProvider time,
    IHostApplicationLifetime lifetime
) : BackgroundService
{
    private const string By = "warm-up";

    /// <summary>Calls of a method after which it is compiled anew; what loops is by then, too.</summary>
    private const int Entities = 40;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Once the service listens: the start is not held up by it.
            await StartedAsync(stoppingToken);
            await using var database = new ScratchDatabase();
            database.Prepare();
            // The address of nobody's request, which is the default namespace.
            var http = new HttpContextAccessor { HttpContext = new DefaultHttpContext() };
            using var store = new MemoryStore(database, new CallerNamespace(http), memory, time);
            await RunAsync(store, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops, or could not start: the host would take this for a failure then.
        }
    }

    private async Task RunAsync(MemoryStore store, CancellationToken stoppingToken)
    {
        var entities = ReadEntities();
        TextRules.Check(entities);
        var created = await new EntityTools(store, mcp).CreateEntitiesAsync(entities, null, stoppingToken);
        TokenCounter.Count(((TextContentBlock)created.Content[0]).Text);
        await new RelationTools(store, mcp).CreateRelationsAsync(
            [.. entities.Select(entity => new Relation(entity.Name, entities[0].Name, "follows"))],
            null,
            stoppingToken
        );
        await new ObservationTools(store).AddObservationsAsync([new(entities[0].Name, ["goes away again"])], null, stoppingToken);
        var graph = new GraphTools(store, mcp);
        await graph.SearchNodesAsync($"Where does the {By} live?", cancellationToken: stoppingToken);
        await graph.SearchNodesAsync("numbr", cancellationToken: stoppingToken);
        await graph.OpenNodesAsync([entities[0].Name], cancellationToken: stoppingToken);
        await graph.ReadGraphAsync(cancellationToken: stoppingToken);
    }

    /// <summary>As they come in a call.</summary>
    private static IReadOnlyList<Entity> ReadEntities()
    {
        var entities = Enumerable
            .Range(0, Entities)
            .Select(i => new Entity($"{By} {i}", By, [$"is number {i} of the {By}, since {2000 + i}-01-12", "goes away – für immer"]));
        var json = JsonSerializer.Serialize([.. entities], MemoryJson.Readable.IReadOnlyListEntity);
        return JsonSerializer.Deserialize<IReadOnlyList<Entity>>(json, ToolJson.Readable)!;
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }
}

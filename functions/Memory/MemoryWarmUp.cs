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
using ModelContextProtocol.Server;

namespace Memory;

/// <summary>
/// Has the code of writing and searching compiled right after the start, so that the first caller does not wait for it: by calls to a
/// memory of its own, of which nothing stays.
/// </summary>
internal sealed class MemoryWarmUp(
    IOptions<MemoryOptions> memory,
    IOptions<McpOptions> mcp,
    IOptions<McpServerOptions> server,
    TimeProvider time,
    IHostApplicationLifetime lifetime
) : BackgroundService
{
    private const string By = "warm-up";

    /// <summary>Calls of a method after which it is compiled anew; what loops is by then, too.</summary>
    private const int Entities = 40;

    /// <summary>In the second the calls are counted, after it the code is compiled anew; the third calls what that made necessary.</summary>
    private const int Rounds = 3;

    private static readonly string[] Questions =
    [
        $"Where does the {By} live?",
        "numbr",
        "number7",
        "umber8",
        "zanzibar",
        $"{By} number9",
        By,
    ];

    /// <summary>Calls are only counted where nothing was compiled for a tenth of a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>What is compiled is the process's, however many gateways it has.</summary>
    private static int isCompiled;

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
            await RunAsync(store, 0, stoppingToken);
            if (Interlocked.Exchange(ref isCompiled, 1) == 1)
            {
                return;
            }

            using var pause = new PeriodicTimer(Pause, time);
            for (var round = 1; round < Rounds && await pause.WaitForNextTickAsync(stoppingToken); round++)
            {
                await RunAsync(store, round, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops, or could not start: the host would take this for a failure then.
        }
    }

    private async Task RunAsync(MemoryStore store, int round, CancellationToken stoppingToken)
    {
        var entities = ReadEntities(round);
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
        foreach (var question in Questions)
        {
            await graph.SearchNodesAsync(question, cancellationToken: stoppingToken);
        }

        await graph.OpenNodesAsync([entities[0].Name], cancellationToken: stoppingToken);
        await graph.ReadGraphAsync(cancellationToken: stoppingToken);
    }

    /// <summary>As they come in a call.</summary>
    private IReadOnlyList<Entity> ReadEntities(int round)
    {
        var entities = Enumerable
            .Range(Entities * round, Entities)
            .Select(i => new Entity(
                $"{By} {i}",
                By,
                [$"is number{i} of the {By}, since {2000 + i}-01-12", "goes away – für immer", $"comes back on day {i}"]
            ));
        var json = JsonSerializer.Serialize([.. entities], MemoryJson.Readable.IReadOnlyListEntity);
        if (server.Value.ToolCollection?.TryGetPrimitive("create_entities", out var tool) == true)
        {
            CallWarmUp.Read(tool, $$"""{"entities":{{json}}}""");
        }

        return JsonSerializer.Deserialize<IReadOnlyList<Entity>>(json, ToolJson.Readable)!;
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }
}

using System.Text.Json;
using McpGateway.Hosting;
using McpGateway.Tools;
using Memory.Graph;
using Memory.Sqlite;
using Memory.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Memory;

/// <summary>
/// Has the code of writing and searching compiled right after the start, so that the first caller does not wait for it: by calls to a
/// memory of its own, of which nothing stays.
/// </summary>
internal sealed class MemoryWarmUp(
    IOptions<MemoryOptions> memory,
    IServiceProvider services,
    TimeProvider time,
    IHostApplicationLifetime lifetime
) : BackgroundService
{
    private const string By = "warm-up";

    /// <summary>Calls of a method after which it is compiled anew; what loops is by then, too.</summary>
    private const int Entities = 40;

    /// <summary>
    /// From the second on calls are counted; with the fourth also what each call passes once has been called often enough to be compiled anew,
    /// which else would be done beside the first calls.
    /// </summary>
    private const int Rounds = 4;

    private static readonly string[] Questions =
    [
        $"Where does the {By} live?",
        "umber8",
        $"{By} number9",
        "numbr",
        "number7",
        "zanzibar",
        By,
    ];

    /// <summary>Calls are only counted where nothing was compiled for a tenth of a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>What is compiled is the process's, however many gateways it has.</summary>
    private static int isCompiled;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Once the service listens: the start is not held up by it.
            await StartedAsync(stoppingToken);
            await RehearseAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops, or could not start: the host would take this for a failure then.
        }
    }

    private async Task RehearseAsync(CancellationToken stoppingToken)
    {
        using var pause = new PeriodicTimer(Pause, time);
        if (!await CompileAsync(pause, stoppingToken))
        {
            return;
        }

        // What was counted last is compiled by then.
        await pause.WaitForNextTickAsync(stoppingToken);
        Leftovers.GiveBack();
    }

    /// <returns>Whether the process had not compiled it before.</returns>
    private async Task<bool> CompileAsync(PeriodicTimer pause, CancellationToken stoppingToken)
    {
        await using var database = new ScratchDatabase();
        database.Prepare();
        // The address of nobody's request, which is the default namespace.
        var http = new HttpContextAccessor { HttpContext = new DefaultHttpContext() };
        using var store = new MemoryStore(database, new CallerNamespace(http), memory, time);
        var calls = new CallWarmUp(services, store);
        await RunAsync(calls, 0, stoppingToken);
        if (Interlocked.Exchange(ref isCompiled, 1) == 1)
        {
            return false;
        }

        for (var round = 1; round < Rounds && await pause.WaitForNextTickAsync(stoppingToken); round++)
        {
            await RunAsync(calls, round, stoppingToken);
        }

        return true;
    }

    private static async Task RunAsync(CallWarmUp calls, int round, CancellationToken stoppingToken)
    {
        var entities = Enumerable.Range(Entities * round, Entities).Select(EntityOf).ToList();
        var first = entities[0].Name;
        await CallAsync(
            "create_entities",
            $$"""{"entities":{{JsonSerializer.Serialize(entities, MemoryJson.Readable.IReadOnlyListEntity)}}}"""
        );
        var relations = entities.ConvertAll(entity => new Relation(entity.Name, first, "follows"));
        await CallAsync(
            "create_relations",
            $$"""{"relations":{{JsonSerializer.Serialize(relations, MemoryJson.Readable.IReadOnlyListRelation)}}}"""
        );
        await CallAsync("add_observations", $$"""{"observations":[{"entityName":"{{first}}","contents":["goes away again"]}]}""");
        foreach (var question in Questions)
        {
            await CallAsync("search_nodes", $$"""{"query":"{{question}}"}""");
        }

        await CallAsync("open_nodes", $$"""{"names":["{{first}}"]}""");
        await CallAsync("read_graph", "{}");

        Task CallAsync(string tool, string arguments) => calls.CallAsync(tool, arguments, stoppingToken);
    }

    private static Entity EntityOf(int i) =>
        new($"{By} {i}", By, [$"is number{i} of the {By}, since {2000 + i}-01-12", "goes away – für immer", $"comes back on day {i}"]);

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }
}

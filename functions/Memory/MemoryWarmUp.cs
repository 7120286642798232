using System.Text.Json;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Tokens;
using Memory.Database;
using Memory.Graph;
using Memory.Storage;
using Memory.Tools;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Protocol;

namespace Memory;

/// <summary>
/// Has the code of writing and searching compiled beside the start, so that the first caller does not wait for it: in a transaction
/// that is rolled back, of which nothing stays.
/// </summary>
internal sealed class MemoryWarmUp(MemoryStore store, IHostApplicationLifetime lifetime) : BackgroundService
{
    private const string By = "warm-up";

    /// <summary>Calls of a method after which it is compiled anew; what loops is by then, too.</summary>
    private const int Entities = 40;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartedAsync(stoppingToken);
            await WriteNothingAsync(stoppingToken);
            var page = await store.ReadAsync(
                Spaces.Default,
                graph => new SearchPager(graph, "Where does the warm-up live?", 10 * AnswerCost.Frame, 1).Read(Cursor.Start, By, null),
                stoppingToken
            );
            Answer.Of(page, MemoryJson.Default.GraphPage, page, MemoryJson.Readable.GraphPage);
        }
        catch (StoreException)
        {
            // The store has logged it, and every call says so.
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops, or could not start: the host would take this for a failure then.
        }
    }

    private async Task WriteNothingAsync(CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        try
        {
            await store.WriteAsync(
                Spaces.Default,
                By,
                graph =>
                {
                    Write(graph, ReadEntities());
                    // Before the commit, so that nothing is.
                    end.Cancel();
                    return true;
                },
                end.Token
            );
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // As meant.
        }
    }

    /// <summary>As they come in a call.</summary>
    private static IReadOnlyList<Entity> ReadEntities()
    {
        var entities = Enumerable
            .Range(0, Entities)
            .Select(i => new Entity($"{By} \u0001{i}", By, [$"is number {i} of the {By}", "goes away"]));
        var json = JsonSerializer.Serialize([.. entities], MemoryJson.Readable.IReadOnlyListEntity);
        return JsonSerializer.Deserialize<IReadOnlyList<Entity>>(json, ToolJson.Readable)!;
    }

    private static void Write(GraphWriter graph, IReadOnlyList<Entity> entities)
    {
        TextRules.Check(entities);
        var created = EntityCreation.Run(graph, entities);
        EntityCreation.Run(graph, [new($"{By} \u0001", By, [])]);
        RelationCreation.Run(graph, [.. entities.Select(entity => new Relation(entity.Name, entities[0].Name, "follows"))]);
        ObservationAdding.Run(graph, [new(entities[0].Name, ["goes away again"])]);
        var answer = Answer.Of(created, MemoryJson.Default.CreatedEntities, created.Entities, MemoryJson.Readable.IReadOnlyListEntity);
        TokenCounter.Count(((TextContentBlock)answer.Content[0]).Text);
    }

    /// <summary>Once the service listens: nothing here makes anybody wait for it.</summary>
    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }
}

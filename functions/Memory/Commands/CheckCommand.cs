using System.Globalization;
using McpGateway.Commands;
using Memory.Database;
using Memory.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Memory.Commands;

internal static class CheckCommand
{
    /// <summary>Prints what is in the file and what is wrong with it.</summary>
    /// <returns>1 when something is wrong.</returns>
    public static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (store, output) = (context.Services.GetRequiredService<MemoryStore>(), context.Output);
        await output.WriteLineAsync(
            MemoryCommands.RequireFile(context) is { } file
                ? string.Create(CultureInfo.InvariantCulture, $"{file.Path}, {new FileInfo(file.Path).Length / 1e6:0.0} MB")
                : context.Services.GetRequiredService<IDatabase>().Place
        );
        try
        {
            var problems = await context.Services.GetRequiredService<IDatabase>().FindDamageAsync(cancellationToken);
            if (problems.Count > 0)
            {
                foreach (var problem in problems)
                {
                    await output.WriteLineAsync($"damaged: {problem}");
                }

                await output.WriteLineAsync("'export' saves what can be read; then put a backup in the file's place.");
                return 1;
            }

            foreach (var name in await store.NamespacesAsync(cancellationToken))
            {
                var stats = await store.ReadAsync(name, graph => new GraphOverview(graph.Space).Stats(), cancellationToken);
                await output.WriteLineAsync(
                    $"namespace {name}: {stats.Entities} entities, {stats.Observations} observations, {stats.Relations} relations, {stats.Changes} changes"
                );
            }

            var wrong = await store.FindWrongIndexesAsync(sample: null, cancellationToken);
            foreach (var name in wrong)
            {
                await output.WriteLineAsync($"the search copy of {name} does not say what the memory does: 'rebuild' builds it anew");
            }

            await output.WriteLineAsync(wrong.Count == 0 ? "no damage; the search copy is right" : "no damage");
            return wrong.Count == 0 ? 0 : 1;
        }
        catch (StoreException e)
        {
            throw new CommandException(e.Message, e);
        }
    }
}

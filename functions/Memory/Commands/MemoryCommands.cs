using McpGateway.Commands;
using Memory.Database;
using Memory.Sqlite;
using Memory.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Memory.Commands;

/// <summary>What an operator does with the memory; all of it while the service runs, but for a move.</summary>
internal static class MemoryCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new("check", "looks for damage of the memory and compares the search copy with the memory", CheckCommand.RunAsync),
        new("rebuild", "builds the search copy anew", RebuildAsync),
        new("export", "writes the memory as lines of JSON, with dates; of a damaged file what can be read", ExportCommand.RunAsync)
        {
            Arguments = "[<file>|-] [--namespace <name>] [--official]",
        },
        new("import", "takes in a memory.jsonl, an export, or memories of Claude or ChatGPT", ImportCommand.RunAsync)
        {
            Arguments = "<file>|- [--namespace <name>] [--entity <name>] [--dry-run]",
        },
        new(
            "move",
            "copies the memory between a file and PostgreSQL, and compares the two; stop the service meanwhile",
            MoveCommand.RunAsync
        )
        {
            Arguments = "[--from <file or URL>] [--to <file or URL>]",
        },
    ];

    private static async Task<int> RebuildAsync(CommandContext context, CancellationToken cancellationToken)
    {
        RequireFile(context);
        try
        {
            await context.Services.GetRequiredService<MemoryStore>().RebuildIndexAsync(cancellationToken);
        }
        catch (StoreException e)
        {
            throw new CommandException(e.Message, e);
        }

        await context.Output.WriteLineAsync($"The search copy of {context.Services.GetRequiredService<IDatabase>().Place} is built anew.");
        return 0;
    }

    /// <summary>The memory file of the settings, which has to be there; null where the memory is in PostgreSQL.</summary>
    /// <exception cref="CommandException">It is not.</exception>
    public static MemoryFile? RequireFile(CommandContext context) =>
        RequireFile(context.Services.GetRequiredService<Databases>().File, "DATA_PATH and MEMORY_PATH");

    /// <summary>A memory file, which has to be there; null where there is none to be.</summary>
    /// <param name="origin">Where its path comes from.</param>
    /// <exception cref="CommandException">It is not.</exception>
    public static MemoryFile? RequireFile(MemoryFile? file, string origin) =>
        file is null || File.Exists(file.Path)
            ? file
            : throw new CommandException($"there is no memory file '{file.Path}': check {origin}.");
}

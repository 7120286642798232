using McpGateway.Commands;
using McpGateway.Secrets;
using Memory.Database;
using Memory.Graph;
using Memory.Moving;
using Microsoft.Extensions.DependencyInjection;

namespace Memory.Commands;

internal static class MoveCommand
{
    /// <summary>Copies the memory from one database into another, and compares the two.</summary>
    public static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var arguments = new Arguments(context.Arguments, ["--from", "--to"], []);
        if (arguments.Words is [var word, ..])
        {
            throw new CommandException($"'{word}' is one argument too many: use --from and --to.");
        }

        var (from, to) = (arguments.Value("--from"), arguments.Value("--to"));
        if (from is null == (to is null) && from is null)
        {
            throw new CommandException("say where the memory is to go, as in: move --to postgres://…; or whence, by --from");
        }

        var databases = context.Services.GetRequiredService<Databases>();
        var time = context.Services.GetRequiredService<TimeProvider>();
        try
        {
            await using var source = from is null ? databases.Configured() : databases.At("--from", from);
            await using var target = to is null ? databases.Configured() : databases.At("--to", to);
            if (from is null)
            {
                MemoryCommands.RequireFile(context);
            }
            else
            {
                MemoryCommands.RequireFile(Databases.FileAt(from), "--from");
            }

            target.Prepare();
            using var progress = new ProgressLine("rows", ProgressLine.Terminal, time);
            var move = new MemoryMove(
                source,
                target,
                Moments.Now(time),
                (done, total) => progress.Show(done, total == 0 ? null : (double)done / total)
            );
            var counts = await move.RunAsync(cancellationToken);
            progress.Dispose();
            await context.Output.WriteLineAsync(
                $"{counts["entity"]} entities, {counts["observation"]} observations, {counts["relation"]} relations and {counts["log"]} changes are "
                    + $"in {target.Place} now, equal to {source.Place} in every row."
            );
            return 0;
        }
        catch (Exception e) when (e is StoreException or MoveException or SettingException)
        {
            throw new CommandException(e.Message, e);
        }
    }
}

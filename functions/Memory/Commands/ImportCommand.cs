using McpGateway.Commands;
using Memory.Database;
using Memory.Import;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;

namespace Memory.Commands;

internal static class ImportCommand
{
    private const string Signature = "import";

    /// <summary>Takes a file, or standard input for "-", into a namespace; run again, it adds nothing twice.</summary>
    /// <returns>1 when nothing of the file could be used.</returns>
    public static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var arguments = new Arguments(context.Arguments, ["--namespace", "--entity"], ["--dry-run"]);
        if (arguments.Words is not [var path])
        {
            throw new CommandException("give the one file to import, as in: import memory.jsonl --dry-run");
        }

        var name = arguments.Namespace;
        try
        {
            await using var file =
                path == "-" ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            // Only now, so that nothing is made where there is nothing to take in.
            context.Services.GetRequiredService<IDatabase>().Prepare();
            using var progress = new ProgressLine("items", ProgressLine.Terminal, context.Services.GetRequiredService<TimeProvider>());
            var report = await context
                .Services.GetRequiredService<GraphImport>()
                .RunAsync(
                    file,
                    name,
                    Signature,
                    arguments.Value("--entity"),
                    arguments.Has("--dry-run"),
                    r => progress.Show(r.Used, file is FileStream { Length: > 0 } known ? (double)known.Position / known.Length : null),
                    cancellationToken
                );
            progress.Dispose();
            await context.Output.WriteLineAsync(report.ToString());
            foreach (var problem in report.FirstProblems)
            {
                await context.Output.WriteLineAsync(problem);
            }

            return report is { Used: 0, Problems: > 0 } ? 1 : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"'{path}' cannot be read ({e.Message}).", e);
        }
        catch (McpException e)
        {
            throw new CommandException(e.Message, e);
        }
    }
}

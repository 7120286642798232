using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using McpGateway;
using McpGateway.Commands;
using Memory.Database;
using Memory.Export;
using Memory.Graph;
using Memory.Sqlite;
using Memory.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Memory.Commands;

internal static class ExportCommand
{
    private const int LinesAtOnce = 500;

    /// <summary>Writes a namespace to a file, which is there whole or not at all, or to standard output.</summary>
    public static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var arguments = new Arguments(context.Arguments, ["--namespace"], ["--official"]);
        var path = arguments.Words switch
        {
            [] or ["-"] => null,
            [var only] => only,
            _ => throw new CommandException(
                $"'{arguments.Words[1]}' is one argument too many: give one file, or none for standard output."
            ),
        };
        var lines = new GraphLines(arguments.Has("--official"));
        try
        {
            if (MemoryCommands.RequireFile(context) is { } file)
            {
                return await RunAsync(context, file, arguments.Namespace, lines, path, cancellationToken);
            }

            var store = context.Services.GetRequiredService<MemoryStore>();
            Require(await store.NamespacesAsync(cancellationToken), arguments.Namespace);
            await WriteAsync(context, ReadAsync(store, arguments.Namespace, lines, cancellationToken), path, cancellationToken);
            return 0;
        }
        catch (StoreException e)
        {
            throw new CommandException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"'{path}' cannot be written ({e.Message}).", e);
        }
    }

    private static async Task<int> RunAsync(
        CommandContext context,
        MemoryFile file,
        string name,
        GraphLines lines,
        string? path,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var session = new Session(file.Path, readOnly: true);
            if (!Schema.IsCurrent(session, file.Path))
            {
                throw new CommandException(
                    $"the memory file '{file.Path}' is of an older release: start the service once, which brings it up to date."
                );
            }

            var now = Moments.Now(context.Services.GetRequiredService<TimeProvider>());
            var damage = IsWhole(session) ? null : new List<string>();
            if (damage is null)
            {
                Require(Spaces.All(session), name);
            }

            var read = damage is null
                ? Read(session, name, lines, now, cancellationToken)
                : ReadDamaged(session, name, lines, now, damage, cancellationToken);
            await WriteAsync(context, read.ToAsyncEnumerable(), path, cancellationToken);
            damage?.ForEach(Console.Error.WriteLine);
            return damage is null ? 0 : 1;
        }
        catch (SqliteException e)
        {
            throw new CommandException(SqliteProblem.Of(e, file.Path).Message, e);
        }
    }

    private static async Task WriteAsync(
        CommandContext context,
        IAsyncEnumerable<string> lines,
        string? path,
        CancellationToken cancellationToken
    )
    {
        using var progress = new ProgressLine("lines", ProgressLine.Terminal, context.Services.GetRequiredService<TimeProvider>());
        if (path is null)
        {
            await WriteAsync(context.Output, lines, progress, cancellationToken);
            return;
        }

        var count = await WriteFileAsync(path, lines, progress, cancellationToken);
        await context.Output.WriteLineAsync($"{count} lines in {path}");
    }

    /// <summary>The graph page by page, as it stands when each is read.</summary>
    private static async IAsyncEnumerable<string> ReadAsync(
        MemoryStore store,
        string name,
        GraphLines lines,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var place = ExportPlace.Start; place is not null; )
        {
            var from = place;
            (var read, place) = await store.ReadAsync(name, graph => lines.Read(graph, from, LinesAtOnce), cancellationToken);
            foreach (var line in read)
            {
                yield return line;
            }
        }
    }

    /// <summary>One state of the graph, also while it is written.</summary>
    private static IEnumerable<string> Read(Session session, string name, GraphLines lines, string now, CancellationToken cancellationToken)
    {
        session.Execute("BEGIN");
        var graph = new GraphReader(new Space(session, Spaces.Find(session, name), now, cancellationToken));
        for (var place = ExportPlace.Start; place is not null; )
        {
            (var read, place) = lines.Read(graph, place, LinesAtOnce);
            foreach (var line in read)
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> ReadDamaged(
        Session session,
        string name,
        GraphLines lines,
        string now,
        List<string> losses,
        CancellationToken cancellationToken
    )
    {
        losses.Add("The file is damaged: what could be read of it was exported.");
        foreach (var (_, id) in Salvage.Spaces(session).Where(space => space.Name == name))
        {
            var salvage = new Salvage(new Space(session, id, now, cancellationToken));
            foreach (var line in salvage.Lines(lines))
            {
                yield return line;
            }

            losses.AddRange(salvage.Losses);
        }
    }

    private static void Require(IReadOnlyList<string> namespaces, string name)
    {
        if (Spaces.FindProblem(namespaces, name) is { } problem)
        {
            throw new CommandException($"{problem} There are: {string.Join(", ", namespaces)}.");
        }
    }

    private static bool IsWhole(Session session)
    {
        try
        {
            return session.Scalar("PRAGMA quick_check(1)") is "ok";
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static async Task<long> WriteFileAsync(
        string path,
        IAsyncEnumerable<string> lines,
        ProgressLine progress,
        CancellationToken cancellationToken
    )
    {
        var part = path + ".part";
        long count;
        await using (var file = PrivateFolder.OpenFile(part, new() { Mode = FileMode.Create, Access = FileAccess.Write }))
        {
            await using Stream target = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(file, CompressionLevel.Optimal)
                : file;
            await using var writer = new StreamWriter(target, new UTF8Encoding(false));
            count = await WriteAsync(writer, lines, progress, cancellationToken);
        }

        File.Move(part, path, overwrite: true);
        return count;
    }

    private static async Task<long> WriteAsync(
        TextWriter output,
        IAsyncEnumerable<string> lines,
        ProgressLine progress,
        CancellationToken cancellationToken
    )
    {
        var count = 0L;
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await output.WriteAsync(line + "\n");
            progress.Show(++count, null);
        }

        await output.FlushAsync(cancellationToken);
        return count;
    }
}

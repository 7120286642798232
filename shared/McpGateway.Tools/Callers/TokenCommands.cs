using System.Globalization;
using McpGateway.Commands;
using McpGateway.State;
using McpGateway.State.Database;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Tools.Callers;

/// <summary>Tokens made, changed and ended on the machine, also while the gateway runs: it goes by them from the next call on.</summary>
public static class TokenCommands
{
    private const string Rights =
        "[--read] [--tools \"<names>\"] [--deny \"<names>\"] [--approve \"<names>\"] [--calls <n>/day] [--expires <day>] [--profile <name>]";

    private const string Everything = "everything";

    public static IReadOnlyList<Command> All { get; } =
    [
        new("token add", "makes a token and shows it once", Telling(AddAsync)) { Arguments = $"<name> {Rights}" },
        new("token list", "lists the tokens made here, with their rights and last use", Telling(ListAsync)),
        new("token change", "gives a token other rights in the place of those it has", Telling(ChangeAsync))
        {
            Arguments = $"<name> {Rights} | --{Everything}",
        },
        new("token rotate", "replaces a token by a new one, shown once", Telling(RotateAsync)) { Arguments = "<name>" },
        new("token end", "ends a token at once", Telling(EndAsync)) { Arguments = "<name>" },
    ];

    private static async Task AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (name, rights) = Read(context);
        await ShowAsync(context, await TokensOf(context).AddAsync(name, rights, cancellationToken));
    }

    private static async Task ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        foreach (var token in await MadeTokensOf(context).ListAsync(cancellationToken))
        {
            var state =
                token.Ended is { } ended ? $"ended {Day(ended)}"
                : token.Used is { } used ? $"last used {Minute(used)}"
                : "never used";
            await context.Output.WriteLineAsync(
                $"{token.Name}  {(token.Rights.Length > 0 ? token.Rights : "everything")}  made {Day(token.Created)}, {state}"
            );
        }
    }

    private static Task ChangeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (name, rights) = Read(context);
        if (context.Arguments.Count == 1)
        {
            // Whoever forgets the options does not mean all rights.
            throw new CommandException(
                $"give the rights that the token shall have, all of them: {Rights}, or --{Everything} to limit nothing."
            );
        }

        return MadeTokensOf(context).ChangeAsync(name, rights, cancellationToken);
    }

    private static async Task RotateAsync(CommandContext context, CancellationToken cancellationToken) =>
        await ShowAsync(context, await MadeTokensOf(context).RotateAsync(OnlyName(context), cancellationToken));

    private static Task EndAsync(CommandContext context, CancellationToken cancellationToken) =>
        MadeTokensOf(context).EndAsync(OnlyName(context), cancellationToken);

    /// <summary>The name and the rights, written as in a setting.</summary>
    private static (string Name, string Rights) Read(CommandContext context)
    {
        var arguments = context.Arguments;
        var name = arguments.Count > 0 ? arguments[0] : "";
        var parts = new List<string>();
        for (var i = 1; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new CommandException($"'{arguments[i]}' is not an option: {Rights}. Put several names in quotation marks.");
            }

            var key = arguments[i][2..];
            var value = i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal) ? arguments[++i] : null;
            parts.Add(value is null || key.Contains('=', StringComparison.Ordinal) ? key : $"{key}={value}");
        }

        return (name, parts is [Everything] ? "" : string.Join(';', parts));
    }

    private static string OnlyName(CommandContext context) =>
        context.Arguments is [var name] ? name : throw new CommandException("it takes one argument: the token's name.");

    private static TokenBook TokensOf(CommandContext context) => context.Services.GetRequiredService<TokenBook>();

    private static TokenBook MadeTokensOf(CommandContext context)
    {
        context.RequireState();
        return TokensOf(context);
    }

    // Alone on standard output, so that a script can take it.
    private static Task ShowAsync(CommandContext context, string token) => context.Output.WriteLineAsync(token);

    private static string Day(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Minute(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static Func<CommandContext, CancellationToken, Task<int>> Telling(Func<CommandContext, CancellationToken, Task> command) =>
        async (context, cancellationToken) =>
        {
            try
            {
                await command(context, cancellationToken);
                return 0;
            }
            catch (Exception e) when (e is StateException or TokenException)
            {
                throw new CommandException(e.Message, e);
            }
        };
}

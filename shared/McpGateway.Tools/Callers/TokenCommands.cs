using System.Globalization;
using System.Security.Cryptography;
using McpGateway.Authentication;
using McpGateway.Commands;
using McpGateway.State.Database;
using McpGateway.Tools.Guards;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Tools.Callers;

/// <summary>Tokens made, changed and ended on the machine, also while the gateway runs: it goes by them from the next call on.</summary>
public static class TokenCommands
{
    private const string Rights =
        "[--read] [--tools \"<names>\"] [--deny \"<names>\"] [--approve \"<names>\"] [--calls <n>/day] [--expires <day>] [--profile <name>]";

    public static IReadOnlyList<Command> All { get; } =
    [
        new("token add", "makes a token and shows it once", Telling(AddAsync)) { Arguments = $"<name> {Rights}" },
        new("token list", "lists the tokens made here, with their rights and last use", Telling(ListAsync)),
        new("token change", "gives a token other rights", Telling(ChangeAsync)) { Arguments = $"<name> {Rights}" },
        new("token rotate", "replaces a token by a new one, shown once", Telling(RotateAsync)) { Arguments = "<name>" },
        new("token end", "ends a token at once", Telling(EndAsync)) { Arguments = "<name>" },
    ];

    private static async Task AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (name, rights) = Read(context);
        if (context.Services.GetRequiredService<BearerTokens>().Callers.Any(caller => caller.Name == name))
        {
            throw new CommandException($"a token of MCP_BEARER_TOKENS is named '{name}': choose another name.");
        }

        var token = NewToken();
        if (!await TokensOf(context).AddAsync(name, State.MadeTokens.DigestOf(token), rights, cancellationToken))
        {
            throw new CommandException($"there is a token '{name}' already: rotate, change or end it.");
        }

        await ShowAsync(context, token);
    }

    private static async Task ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        foreach (var token in await TokensOf(context).ListAsync(cancellationToken))
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

    private static async Task ChangeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (name, rights) = Read(context);
        CheckFound(name, await TokensOf(context).ChangeAsync(name, rights, cancellationToken));
    }

    private static async Task RotateAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = OnlyName(context);
        var token = NewToken();
        CheckFound(name, await TokensOf(context).RotateAsync(name, State.MadeTokens.DigestOf(token), cancellationToken));
        await ShowAsync(context, token);
    }

    private static async Task EndAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = OnlyName(context);
        CheckFound(name, await TokensOf(context).EndAsync(name, cancellationToken));
    }

    /// <summary>The name and the rights, written as in a setting, and checked as one.</summary>
    private static (string Name, string Rights) Read(CommandContext context)
    {
        var arguments = context.Arguments;
        var name = CheckName(arguments.Count > 0 ? arguments[0] : "");
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

        var text = string.Join(';', parts);
        var rights = context.Services.GetRequiredService<Profiles>().Text.Parse(text, $"the token '{name}'");
        context.Services.GetRequiredService<RightsCheck>().Check(rights, $"The token '{name}'");
        return (name, text);
    }

    private static string OnlyName(CommandContext context) =>
        context.Arguments is [var name] ? name : throw new CommandException("it takes one argument: the token's name.");

    private static string CheckName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !name.StartsWith('-')
            ? name
            : throw new CommandException($"'{name}' is not a name for a token: use letters, digits, '-', '_' and '.', at most 64.");

    private static void CheckFound(string name, bool isFound)
    {
        if (!isFound)
        {
            throw new CommandException($"no token '{name}' works here: 'token list' shows those there are.");
        }
    }

    private static State.Tokens TokensOf(CommandContext context) => context.Services.GetRequiredService<State.Tokens>();

    private static string NewToken() => $"mcp_{WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32))}";

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
            catch (StateException e)
            {
                throw new CommandException(e.Message, e);
            }
        };
}

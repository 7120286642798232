using System.Globalization;
using McpGateway.Authentication;
using McpGateway.Commands;
using McpGateway.OAuth.Clients;
using McpGateway.OAuth.Grants;
using McpGateway.State;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.OAuth;

/// <summary>The commands by which the operator makes clients for programs that log in by themselves (client credentials): n8n, scripts.</summary>
public static class ClientCommands
{
    /// <summary>The commands of every service.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new("client add", "makes a client for a program that logs in by itself; prints its id and secret, once", AddAsync)
        {
            Arguments = "<name> [--read-only] [--profile <name>] [--days <n>]",
        },
        new("client list", "lists these clients and the connected apps", ListAsync),
        new("client end", "ends a client or connection at once", EndAsync) { Arguments = "<id>" },
    ];

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var grants = GrantsOf(context);
        var (name, scope, profile, expires) = Read(context);
        var (grant, secret) = await TellingAsync(() =>
            grants.OpenForMachineAsync(
                name,
                scope,
                profile,
                context.Services.GetRequiredService<Issuer>().Resource,
                expires,
                cancellationToken
            )
        );
        await context.Output.WriteLineAsync(
            $"""
            client_id:     {grant.ClientId}
            client_secret: {secret}
            token URL:     {context.Services.GetRequiredService<Issuer>().TokenEndpoint}
            access:        {context.Services.GetRequiredService<AccessChoices>().Describe(grant.Scope, grant.Profile)}
            The secret is not stored and not shown again.
            """.AsMemory(),
            cancellationToken
        );
        return 0;
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var grants = await TellingAsync(() => MadeGrantsOf(context).ListLiveAsync(cancellationToken));
        var choices = context.Services.GetRequiredService<AccessChoices>();
        foreach (var grant in grants)
        {
            await context.Output.WriteLineAsync(
                string.Create(
                        CultureInfo.InvariantCulture,
                        $"{grant.Id}  {(grant.IsMachine ? "client" : "app   ")}  {choices.Describe(grant.Scope, grant.Profile)}  "
                            + $"used {grant.LastUsed:yyyy-MM-dd HH:mm}  {grant.ClientName}"
                    )
                    .AsMemory(),
                cancellationToken
            );
        }

        return 0;
    }

    private static async Task<int> EndAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var grants = MadeGrantsOf(context);
        var given = context.Arguments is [var one] ? one : throw new CommandException("client end takes one id, as client list shows it.");
        var live = await TellingAsync(() => grants.ListLiveAsync(cancellationToken));
        var grant =
            live.FirstOrDefault(grant => grant.Id == given || grant.ClientId == given)
            ?? throw new CommandException(
                $"no client or connection has the id '{given.ReplaceLineEndings(" ")}': client list shows those there are."
            );
        await TellingAsync(async () =>
        {
            await grants.EndAsync(grant.Id, "ended by the operator", cancellationToken);
            return true;
        });
        await context.Output.WriteLineAsync($"Ended: {grant.ClientName}".AsMemory(), cancellationToken);
        return 0;
    }

    private static (string Name, string Scope, string? Profile, DateTimeOffset? Expires) Read(CommandContext context)
    {
        const string usage = "client add takes a name, and --read-only, --profile <name> and --days <n> if you like.";
        string? name = null;
        var scope = Scopes.Full;
        string? profile = null;
        DateTimeOffset? expires = null;
        for (var i = 0; i < context.Arguments.Count; i++)
        {
            switch (context.Arguments[i])
            {
                case "--read-only":
                    scope = Scopes.Read;
                    break;
                case "--profile":
                    profile = context.Arguments.ElementAtOrDefault(++i) ?? throw new CommandException(usage);
                    if (!context.Services.GetRequiredService<Profiles>().All.ContainsKey(profile))
                    {
                        throw new CommandException($"'{profile.ReplaceLineEndings(" ")}' is not a profile of PROFILES.");
                    }

                    break;
                case "--days":
                    expires =
                        int.TryParse(
                            context.Arguments.ElementAtOrDefault(++i),
                            NumberStyles.None,
                            CultureInfo.InvariantCulture,
                            out var days
                        ) && days is >= 1 and <= 3650
                            ? context.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(days)
                            : throw new CommandException("--days takes a number from 1 to 3650.");
                    break;
                case var option when option.StartsWith('-'):
                    throw new CommandException($"'{option.ReplaceLineEndings(" ")}' is not an option: {usage}");
                case var given when name is null && given.Trim().Length > 0:
                    name = ClientNames.Clean(given);
                    break;
                default:
                    throw new CommandException(usage);
            }
        }

        return (name ?? throw new CommandException(usage), scope, profile, expires);
    }

    private static GrantBook GrantsOf(CommandContext context) =>
        context.Services.GetService<GrantBook>()
        ?? throw new CommandException("this gateway has no login: set PUBLIC_URL and OPERATOR_SECRET as for the service.");

    private static GrantBook MadeGrantsOf(CommandContext context)
    {
        var grants = GrantsOf(context);
        if (context.Services.GetRequiredService<IGrantStore>() is StateGrantStore)
        {
            context.RequireState();
        }

        return grants;
    }

    private static async Task<T> TellingAsync<T>(Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (OAuthException e)
        {
            throw new CommandException(e.Message, e);
        }
    }
}

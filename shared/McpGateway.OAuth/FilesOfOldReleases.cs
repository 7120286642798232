using System.Text.Json;
using McpGateway.OAuth.Grants;
using McpGateway.Secrets;
using McpGateway.State.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.OAuth;

/// <summary>
/// Takes over the grants and keys of releases that had one file for each, in <c>DATA_PATH/oauth</c>. Once: the folders are renamed, not
/// deleted, and what appears there later is left alone, for a grant that has ended since must not come alive again.
/// </summary>
internal sealed partial class FilesOfOldReleases(
    IOptions<GatewayOptions> options,
    GatewayService service,
    StateDatabase state,
    ILogger<FilesOfOldReleases> logger
) : IHostedService
{
    private readonly string folder = Path.Combine(options.Value.DataFolder(service), "oauth");

    /// <exception cref="SettingException">The state cannot be used: no app could connect, where there is a login.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (options.Value.PublicUri is not null)
            {
                await state.ReadAsync(_ => true, cancellationToken);
            }

            await TakeOverAsync(cancellationToken);
        }
        catch (StateException e)
        {
            throw new SettingException(e.Message, e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        await TakeOverAsync(
            "keys",
            "*.xml",
            (session, file) => State.Keys.Add(session, Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)),
            cancellationToken
        );
        await TakeOverAsync(
            "grants",
            "*.json",
            (session, file) =>
            {
                if (ReadGrant(file) is { } grant)
                {
                    State.Grants.TryCreate(session, grant.Id, StateGrantStore.ContentOf(grant));
                }
            },
            cancellationToken
        );
    }

    private async Task TakeOverAsync(string part, string pattern, Action<StateSession, string> take, CancellationToken cancellationToken)
    {
        var from = Path.Combine(folder, part);
        if (!Directory.Exists(from))
        {
            return;
        }

        var files = Directory.GetFiles(from, pattern).Order(StringComparer.Ordinal).ToList();
        var isFirst = await state.OnceAsync($"oauth/{part}", session => files.ForEach(file => take(session, file)), cancellationToken);
        var to = FreeName($"{from}.taken-over");
        try
        {
            Directory.Move(from, to);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            return; // Another process has just renamed it.
        }

        if (isFirst)
        {
            TakenOver(files.Count, from, to);
        }
        else if (files.Count > 0)
        {
            LeftAlone(files.Count, to);
        }
    }

    private Grant? ReadGrant(string file)
    {
        try
        {
            using var content = File.OpenRead(file);
            // An empty file is a name just taken by a process that was killed.
            return content.Length > 0 ? JsonSerializer.Deserialize(content, GrantJson.Default.Grant) : null;
        }
        catch (JsonException e)
        {
            Unreadable(e, file);
            return null;
        }
    }

    private static string FreeName(string name) =>
        Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? name : $"{name}-{i}").First(free => !Path.Exists(free));

    [LoggerMessage(LogLevel.Information, "{Count} files of {From} were taken over into state.db; they are now in {To}")]
    private partial void TakenOver(int count, string from, string to);

    [LoggerMessage(
        LogLevel.Warning,
        "{Count} files of an older release were put aside in {To}: its grants and keys were taken over before, and never are twice"
    )]
    private partial void LeftAlone(int count, string to);

    [LoggerMessage(LogLevel.Error, "The grant {File} cannot be read and counts as ended: connect the app again")]
    private partial void Unreadable(Exception exception, string file);
}

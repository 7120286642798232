using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.OAuth.Grants;

/// <summary>
/// One file a grant in <c>DATA_PATH/oauth/grants</c>. A file is written aside and moved into place, so that nobody ever reads half of
/// one. One process writes to a volume; within it a lock orders the writers. What a killed process left half made an hour ago is
/// removed at start.
/// </summary>
internal sealed partial class FileGrantStore : IGrantStore, IDisposable
{
    private readonly string folder;
    private readonly ILogger<FileGrantStore> logger;
    private readonly SemaphoreSlim writing = new(1, 1);

    public FileGrantStore(IOptions<GatewayOptions> options, GatewayService service, TimeProvider time, ILogger<FileGrantStore> logger)
    {
        this.logger = logger;
        folder = PrivateFolder.Create(Path.Combine(options.Value.DataFolder(service), "oauth", "grants"));
        var old = time.GetUtcNow().UtcDateTime.AddHours(-1);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            if ((file.Extension == ".tmp" || file.Length == 0) && file.LastWriteTimeUtc < old)
            {
                file.Delete();
            }
        }
    }

    public Task<bool> TryCreateAsync(Grant grant, CancellationToken cancellationToken) =>
        WriteAsync(
            async () =>
            {
                var path = PathOf(grant.Id);
                try
                {
                    // Who makes the name has the grant: that is exclusive on every file system, also between processes. Moving a file
                    // to a free name is not, because .NET looks and then renames over whatever has come meanwhile.
                    await new FileStream(path, FileMode.CreateNew, FileAccess.Write).DisposeAsync();
                }
                catch (IOException) when (File.Exists(path))
                {
                    return false;
                }

                try
                {
                    await ReplaceAsync(grant, cancellationToken);
                    return true;
                }
                catch
                {
                    // Nothing was handed out: the app may try again.
                    File.Delete(path);
                    throw;
                }
            },
            cancellationToken
        );

    public async Task<StoredGrant?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(PathOf(id), cancellationToken);
            // An empty file is a name just taken, or one whose writer was killed: no grant either way.
            return bytes.Length > 0 && JsonSerializer.Deserialize(bytes, GrantJson.Default.Grant) is { } grant
                ? new(grant, Convert.ToHexString(SHA256.HashData(bytes)))
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            Unreadable(e, id);
            return null;
        }
    }

    public async ValueTask<Grant?> FindRecentAsync(string id, CancellationToken cancellationToken) =>
        (await FindAsync(id, cancellationToken))?.Grant;

    public Task<bool> TryReplaceAsync(Grant grant, string version, CancellationToken cancellationToken) =>
        WriteAsync(
            async () =>
            {
                if ((await FindAsync(grant.Id, cancellationToken))?.Version != version)
                {
                    return false;
                }

                await ReplaceAsync(grant, cancellationToken);
                return true;
            },
            cancellationToken
        );

    public async IAsyncEnumerable<Grant> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.json"))
        {
            if (await FindAsync(Path.GetFileNameWithoutExtension(path), cancellationToken) is { Grant: var grant })
            {
                yield return grant;
            }
        }
    }

    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        WriteAsync(
            () =>
            {
                File.Delete(PathOf(id));
                return Task.FromResult(true);
            },
            cancellationToken
        );

    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var probe = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
        try
        {
            // As large as a grant becomes.
            await File.WriteAllBytesAsync(probe, new byte[4096], cancellationToken);
        }
        finally
        {
            File.Delete(probe);
        }
    }

    public void Dispose() => writing.Dispose();

    /// <exception cref="OAuthException">The folder cannot be written: the disk may be full.</exception>
    private async Task<bool> WriteAsync(Func<Task<bool>> write, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            return await write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Unwritable(e, folder);
            throw OAuthException.Unavailable("The gateway cannot store connections at present. The operator's log has the details.");
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task ReplaceAsync(Grant grant, CancellationToken cancellationToken)
    {
        var aside = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
        try
        {
            await using (var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await JsonSerializer.SerializeAsync(file, grant, GrantJson.Default.Grant, cancellationToken);
                // On the disk before it gets its name: a power cut leaves the old state or the new one.
                file.Flush(flushToDisk: true);
            }

            File.Move(aside, PathOf(grant.Id), overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    // An id always comes out of a sealed value; this keeps it a file name whatever happens.
    private string PathOf(string id) => Path.Combine(folder, Guid.ParseExact(id, "N").ToString("N") + ".json");

    [LoggerMessage(LogLevel.Error, "The grant {Id} cannot be read and counts as ended: delete the file, and connect the app again")]
    private partial void Unreadable(Exception exception, string id);

    [LoggerMessage(LogLevel.Error, "Grants cannot be written to {Folder}: apps cannot connect or renew their tokens")]
    private partial void Unwritable(Exception exception, string folder);
}

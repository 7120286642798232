using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.OAuth.Grants;

/// <summary>
/// One file a grant in <c>DATA_PATH/oauth/grants</c>. A file is written aside and moved into place, so that nobody ever reads half of
/// one. One process writes to a volume; within it a lock orders the writers.
/// </summary>
internal sealed partial class FileGrantStore(IOptions<GatewayOptions> options, GatewayService service, ILogger<FileGrantStore> logger)
    : IGrantStore,
        IDisposable
{
    private readonly string folder = PrivateFolder.Create(Path.Combine(options.Value.DataFolder(service), "oauth", "grants"));
    private readonly SemaphoreSlim writing = new(1, 1);

    public async Task<bool> TryCreateAsync(Grant grant, CancellationToken cancellationToken)
    {
        var aside = await WriteAsideAsync(grant, cancellationToken);
        try
        {
            File.Move(aside, PathOf(grant.Id), overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(PathOf(grant.Id)))
        {
            File.Delete(aside);
            return false;
        }
    }

    public async Task<StoredGrant?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(PathOf(id), cancellationToken);
            return JsonSerializer.Deserialize(bytes, GrantJson.Default.Grant) is { } grant
                ? new(grant, Convert.ToHexString(SHA256.HashData(bytes)))
                : null;
        }
        catch (FileNotFoundException)
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

    public async Task<bool> TryReplaceAsync(Grant grant, string version, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            if ((await FindAsync(grant.Id, cancellationToken))?.Version != version)
            {
                return false;
            }

            File.Move(await WriteAsideAsync(grant, cancellationToken), PathOf(grant.Id), overwrite: true);
            return true;
        }
        finally
        {
            writing.Release();
        }
    }

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

    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            File.Delete(PathOf(id));
        }
        finally
        {
            writing.Release();
        }
    }

    public void Dispose() => writing.Dispose();

    private async Task<string> WriteAsideAsync(Grant grant, CancellationToken cancellationToken)
    {
        var aside = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
        await using var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await JsonSerializer.SerializeAsync(file, grant, GrantJson.Default.Grant, cancellationToken);
        // On the disk before it gets its name: a power cut leaves the old state or the new one.
        file.Flush(flushToDisk: true);
        return aside;
    }

    // An id always comes out of a sealed value; this keeps it a file name whatever happens.
    private string PathOf(string id) => Path.Combine(folder, Guid.ParseExact(id, "N").ToString("N") + ".json");

    [LoggerMessage(LogLevel.Error, "The grant {Id} cannot be read and counts as ended: delete the file, and connect the app again")]
    private partial void Unreadable(Exception exception, string id);
}

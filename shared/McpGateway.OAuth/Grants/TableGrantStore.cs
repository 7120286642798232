using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using McpGateway.Caching;

namespace McpGateway.OAuth.Grants;

/// <summary>Grants in Azure Table Storage: one table, one partition a gateway, one row a grant.</summary>
internal sealed class TableGrantStore(AzureStorage storage, GatewayService service, TimeProvider time) : IGrantStore
{
    private const string Content = "Grant";

    private const int MostRecent = 10_000;

    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(30);

    private readonly TableClient table = storage.Table;
    private readonly Remembered<string, Grant?> recent = new(Recent, MostRecent, time);

    public Task<bool> TryCreateAsync(Grant grant, CancellationToken cancellationToken) => TryAddAsync(EntityOf(grant), cancellationToken);

    public async Task<StoredGrant?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(service.Name, id, cancellationToken: cancellationToken);
        return found.HasValue ? new(GrantOf(found.Value!), found.Value!.ETag.ToString()) : null;
    }

    public async ValueTask<Grant?> FindRecentAsync(string id, CancellationToken cancellationToken) =>
        await recent.GetAsync(id, async () => (await FindAsync(id, cancellationToken))?.Grant);

    public async Task<bool> TryReplaceAsync(Grant grant, string version, CancellationToken cancellationToken)
    {
        try
        {
            await table.UpdateEntityAsync(EntityOf(grant), new ETag(version), TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 412 or 404)
        {
            return false;
        }
        finally
        {
            recent.Forget(grant.Id);
        }
    }

    public async IAsyncEnumerable<Grant> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {service.Name}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return GrantOf(entity);
        }
    }

    public async Task<bool> TrySpendAsync(string ticket, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var spent = $"{service.Name}:spent";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {spent} and Until lt {time.GetUtcNow().AddHours(-1)}");
        await foreach (var old in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            await table.DeleteEntityAsync(spent, old.RowKey, ETag.All, cancellationToken);
        }

        return await TryAddAsync(new(spent, ticket) { ["Until"] = until }, cancellationToken);
    }

    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FindAsync(Guid.Empty.ToString("N"), cancellationToken);
            return null;
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            return "The OAuth grants cannot be read or written: check the storage account of OAUTH_STORE=table.";
        }
    }

    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await table.DeleteEntityAsync(service.Name, id, ETag.All, cancellationToken);
        recent.Forget(id);
    }

    private async Task<bool> TryAddAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(entity, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    private TableEntity EntityOf(Grant grant) =>
        new(service.Name, grant.Id) { [Content] = JsonSerializer.Serialize(grant, GrantJson.Default.Grant) };

    private static Grant GrantOf(TableEntity entity) => JsonSerializer.Deserialize(entity.GetString(Content), GrantJson.Default.Grant)!;
}

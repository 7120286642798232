using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace McpGateway.OAuth;

/// <summary>The storage account of <c>OAUTH_STORE=table</c>: a table for grants and a container for keys, made at first use.</summary>
internal sealed class AzureStorage
{
    private const string Name = "mcpoauth";

    private readonly Lazy<TableClient> table;
    private readonly Lazy<BlobContainerClient> container;

    public AzureStorage(IOptions<OAuthOptions> options)
    {
        table = new(() =>
        {
            var client = Connect(
                    options.Value,
                    "table",
                    (url, credential) => new TableServiceClient(url, credential),
                    connection => new TableServiceClient(connection)
                )
                .GetTableClient(Name);
            client.CreateIfNotExists();
            return client;
        });
        container = new(() =>
        {
            var client = Connect(
                    options.Value,
                    "blob",
                    (url, credential) => new BlobServiceClient(url, credential),
                    connection => new BlobServiceClient(connection)
                )
                .GetBlobContainerClient(Name);
            client.CreateIfNotExists();
            return client;
        });
    }

    public TableClient Table => table.Value;

    public BlobContainerClient Container => container.Value;

    private static T Connect<T>(
        OAuthOptions options,
        string service,
        Func<Uri, TokenCredential, T> byIdentity,
        Func<string, T> byConnection
    ) =>
        options.StorageConnection is { Length: > 0 } connection
            ? byConnection(connection)
            : byIdentity(new Uri($"https://{options.StorageAccount}.{service}.core.windows.net"), new DefaultAzureCredential());
}

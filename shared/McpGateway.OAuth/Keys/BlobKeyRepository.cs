using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace McpGateway.OAuth.Keys;

/// <summary>
/// A key ring in Azure Blob Storage, one blob a key, in a folder of the gateway's own. Keys are only ever added, so there is nothing
/// to merge. docs/decisions/0011-own-authorization-server.md says why this is not the DataProtection package.
/// </summary>
internal sealed class BlobKeyRepository(AzureStorage storage, GatewayService service) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [
            .. storage
                .Container.GetBlobs(prefix: $"{service.Name}/", traits: default, states: default, cancellationToken: default)
                .Select(blob => XElement.Parse(storage.Container.GetBlobClient(blob.Name).DownloadContent().Value.Content.ToString())),
        ];

    public void StoreElement(XElement element, string friendlyName) =>
        storage
            .Container.GetBlobClient($"{service.Name}/{friendlyName}.xml")
            .Upload(BinaryData.FromString(element.ToString(SaveOptions.DisableFormatting)), overwrite: false);
}

using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace McpGateway.OAuth.Keys;

/// <summary>A key ring in the gateway's state.</summary>
internal sealed class StateKeyRepository(State.Keys keys) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.All().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        keys.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}

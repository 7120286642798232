namespace McpGateway.OAuth.Clients;

/// <summary>Who a client id stands for. Nothing is stored: an id is a sealed registration or the URL of a document.</summary>
internal sealed class ClientDirectory(SealedValues sealedValues)
{
    private const string RegisteredPrefix = "dcr.";

    /// <summary>The client, if it is known without asking anybody: registered here, or one of the well-known ones.</summary>
    public OAuthClient? Find(string id) =>
        !id.StartsWith(RegisteredPrefix, StringComparison.Ordinal) ? WellKnownClients.Find(id)
        : sealedValues.Open<RegisteredClient>(id[RegisteredPrefix.Length..]) is { } registered
            ? new(id, registered.Name, registered.RedirectUris, registered.Secret)
        : null;

    /// <summary>The client as the token endpoint sees it: behind a document's URL there is a client without a secret.</summary>
    public OAuthClient? FindForTokens(string id) => Find(id) ?? (ClientDocuments.IsDocumentUrl(id) ? new(id, "", []) : null);

    /// <summary>The id of a new client.</summary>
    public string Register(RegisteredClient client) => RegisteredPrefix + sealedValues.Seal(client);
}

using Coda.Docs;
using Coda.Mutations;
using Coda.Upstream;
using McpGateway.Text;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Domains;

/// <summary>Tools for custom domains of published docs.</summary>
internal sealed partial class DomainTools(IDomainsApi domains, DocResolver docs)
{
    /// <summary>Lists a doc's custom domains.</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(
        Name = "coda_list_custom_domains",
        Title = "List domains",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<CodaList<CustomDomain>> ListDomainsAsync(
        string docId,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    )
    {
        var list = await domains.ListDomainsAsync(await docs.ResolveAsync(docId, cancellationToken), pageToken, cancellationToken);
        return new(list.CustomDocDomains, list.NextPageToken);
    }

    /// <summary>Adds a custom domain to a published doc.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="customDocDomain">Such as docs.example.com.</param>
    [McpServerTool(
        Name = "coda_add_custom_domain",
        Title = "Add a domain",
        Destructive = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<WriteResult> AddDomainAsync(string docId, string customDocDomain, CancellationToken cancellationToken)
    {
        customDocDomain = customDocDomain.Trim();
        if (Uri.CheckHostName(customDocDomain) != UriHostNameType.Dns || !customDocDomain.Contains('.', StringComparison.Ordinal))
        {
            throw new McpException(
                $"customDocDomain='{Cut.To(customDocDomain, 200)}' is not a host name: give one such as docs.example.com. Nothing was added."
            );
        }

        await domains.AddDomainAsync(await docs.ResolveAsync(docId, cancellationToken), new(customDocDomain), cancellationToken);
        return new("accepted", Ids: [customDocDomain], Note: "Coda accepted it; coda_list_custom_domains shows its progress.");
    }

    /// <summary>Asks Coda to check a custom domain again.</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(
        Name = "coda_update_custom_domain",
        Title = "Check a domain",
        Destructive = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<WriteResult> UpdateDomainAsync(string docId, string customDocDomain, CancellationToken cancellationToken)
    {
        await domains.UpdateDomainAsync(await docs.ResolveAsync(docId, cancellationToken), customDocDomain, new(), cancellationToken);
        return WriteResult.Done(customDocDomain);
    }

    /// <summary>Removes a custom domain from a doc.</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(
        Name = "coda_delete_custom_domain",
        Title = "Delete a domain",
        Destructive = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<WriteResult> DeleteDomainAsync(string docId, string customDocDomain, CancellationToken cancellationToken)
    {
        await domains.DeleteDomainAsync(await docs.ResolveAsync(docId, cancellationToken), customDocDomain, cancellationToken);
        return WriteResult.Done(customDocDomain);
    }

    /// <summary>Shows where a domain is registered.</summary>
    [McpServerTool(
        Name = "coda_get_custom_domain_provider",
        Title = "Domain provider",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public partial Task<DomainProvider> GetProviderAsync(string customDocDomain, CancellationToken cancellationToken) =>
        domains.GetProviderAsync(customDocDomain, cancellationToken);
}

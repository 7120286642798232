using Coda.Docs;
using Refit;

namespace Coda.Domains;

/// <summary>https://coda.io/developers/apis/v1#tag/Custom-Domains. The specification prints a stray $ before {docId}; the real path has none.</summary>
internal interface IDomainsApi
{
    [Get("/docs/{doc}/domains")]
    Task<CustomDomains> ListDomainsAsync(DocId doc, [Query] string? pageToken, CancellationToken cancellationToken);

    [Post("/docs/{doc}/domains")]
    Task AddDomainAsync(DocId doc, [Body] NewDomain domain, CancellationToken cancellationToken);

    [Patch("/docs/{doc}/domains/{customDocDomain}")]
    Task UpdateDomainAsync(DocId doc, string customDocDomain, [Body] DomainUpdate update, CancellationToken cancellationToken);

    [Delete("/docs/{doc}/domains/{customDocDomain}")]
    Task DeleteDomainAsync(DocId doc, string customDocDomain, CancellationToken cancellationToken);

    [Get("/domains/provider/{customDocDomain}")]
    Task<DomainProvider> GetProviderAsync(string customDocDomain, CancellationToken cancellationToken);
}

internal sealed record CustomDomains(IReadOnlyList<CustomDomain> CustomDocDomains, string? NextPageToken = null);

/// <summary>A domain of the user's own that shows a published doc.</summary>
/// <param name="SetupStatus">pending, succeeded or failed.</param>
/// <param name="DomainStatus">connected or notConnected.</param>
public sealed record CustomDomain(
    string CustomDocDomain,
    bool? HasCertificate = null,
    bool? HasDnsDocId = null,
    string? SetupStatus = null,
    string? DomainStatus = null,
    string? LastVerifiedTimestamp = null
);

/// <summary>Where a domain is registered.</summary>
public sealed record DomainProvider(string Provider);

internal sealed record NewDomain(string CustomDocDomain);

/// <summary>Has no fields: it asks Coda to look again.</summary>
internal sealed record DomainUpdate;

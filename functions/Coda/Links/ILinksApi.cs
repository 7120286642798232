using Refit;

namespace Coda.Links;

/// <summary>https://coda.io/developers/apis/v1#tag/Miscellaneous/operation/resolveBrowserLink</summary>
internal interface ILinksApi
{
    [Get("/resolveBrowserLink")]
    Task<ApiLink> ResolveAsync([Query] string url, [Query] bool? degradeGracefully, CancellationToken cancellationToken);
}

/// <summary>What a browser link leads to.</summary>
internal sealed record ApiLink(LinkedResource Resource, string? BrowserLink = null);

internal sealed record LinkedResource(string Type, string Id, string? Name = null, string? Href = null);

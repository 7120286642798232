using Coda.Docs;
using Coda.Mutations;
using Coda.Upstream;
using Refit;

namespace Coda.Publishing;

/// <summary>https://coda.io/developers/apis/v1#tag/Publishing</summary>
internal interface IPublishingApi
{
    [Get("/categories")]
    Task<CodaList<Category>> ListCategoriesAsync(CancellationToken cancellationToken);

    [Put("/docs/{doc}/publish")]
    Task<Accepted> PublishAsync(DocId doc, [Body] Publication publication, CancellationToken cancellationToken);

    [Delete("/docs/{doc}/publish")]
    Task UnpublishAsync(DocId doc, CancellationToken cancellationToken);
}

/// <summary>A category of published docs.</summary>
public sealed record Category(string Name);

internal sealed record Publication(string? Slug, bool? Discoverable, IReadOnlyList<string>? CategoryNames, string? Mode);

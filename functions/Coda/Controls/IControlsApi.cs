using Coda.Docs;
using Coda.Upstream;
using Refit;

namespace Coda.Controls;

/// <summary>https://coda.io/developers/apis/v1#tag/Controls</summary>
internal interface IControlsApi
{
    [Get("/docs/{doc}/controls")]
    Task<CodaList<Control>> ListControlsAsync(
        DocId doc,
        [Query] int? limit,
        [Query] string? sortBy,
        [Query] string? pageToken,
        CancellationToken cancellationToken
    );

    [Get("/docs/{doc}/controls/{controlId}")]
    Task<Control> GetControlAsync(DocId doc, string controlId, CancellationToken cancellationToken);
}

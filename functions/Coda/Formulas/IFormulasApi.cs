using Coda.Docs;
using Coda.Upstream;
using Refit;

namespace Coda.Formulas;

/// <summary>https://coda.io/developers/apis/v1#tag/Formulas</summary>
internal interface IFormulasApi
{
    [Get("/docs/{doc}/formulas")]
    Task<CodaList<Formula>> ListFormulasAsync(
        DocId doc,
        [Query] int? limit,
        [Query] string? sortBy,
        [Query] string? pageToken,
        CancellationToken cancellationToken
    );

    [Get("/docs/{doc}/formulas/{formulaId}")]
    Task<Formula> GetFormulaAsync(DocId doc, string formulaId, CancellationToken cancellationToken);
}

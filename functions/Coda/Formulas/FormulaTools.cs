using System.ComponentModel.DataAnnotations;
using Coda.Docs;
using Coda.Links;
using Coda.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol.Server;

namespace Coda.Formulas;

/// <summary>Tools for named formulas. The API cannot run a formula of one's own.</summary>
internal sealed partial class FormulaTools(IFormulasApi formulas, DocResolver docs)
{
    /// <summary>Lists a doc's named formulas.</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(Name = "coda_list_formulas", Title = "List formulas", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<CodaList<Formula>> ListFormulasAsync(
        string docId,
        [AllowedValues("name")] string? sortBy = null,
        [AtLeast(1)] int? limit = null,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) => await formulas.ListFormulasAsync(await docs.ResolveAsync(docId, cancellationToken), limit, sortBy, pageToken, cancellationToken);

    /// <summary>Gets a named formula's value.</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(Name = "coda_get_formula", Title = "Get a formula", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<Formula> GetFormulaAsync(string docId, string formulaIdOrName, CancellationToken cancellationToken)
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var id = await Named.FindIdAsync(
            Named.Demand(formulaIdOrName, nameof(formulaIdOrName)),
            nameof(formulaIdOrName),
            ["f-"],
            () => CodaLists.ReadAllAsync(token => formulas.ListFormulasAsync(doc, 100, null, token, cancellationToken)),
            formula => formula.Id,
            formula => formula.Name
        );
        return await formulas.GetFormulaAsync(doc, id, cancellationToken);
    }
}

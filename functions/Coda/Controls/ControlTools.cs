using System.ComponentModel.DataAnnotations;
using Coda.Docs;
using Coda.Links;
using Coda.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol.Server;

namespace Coda.Controls;

/// <summary>Tools for controls. The API cannot set one.</summary>
internal sealed partial class ControlTools(IControlsApi controls, DocResolver docs)
{
    /// <summary>Lists a doc's controls (sliders, checkboxes, buttons on pages).</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(Name = "coda_list_controls", Title = "List controls", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<CodaList<Control>> ListControlsAsync(
        string docId,
        [AllowedValues("name")] string? sortBy = null,
        [AtLeast(1)] int? limit = null,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) => await controls.ListControlsAsync(await docs.ResolveAsync(docId, cancellationToken), limit, sortBy, pageToken, cancellationToken);

    /// <summary>Gets a control's value. The API cannot set it.</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(Name = "coda_get_control", Title = "Get a control", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<Control> GetControlAsync(string docId, string controlIdOrName, CancellationToken cancellationToken)
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var id = await Named.FindIdAsync(
            Named.Demand(controlIdOrName, nameof(controlIdOrName)),
            nameof(controlIdOrName),
            ["ctrl-"],
            () => CodaLists.ReadAllAsync(token => controls.ListControlsAsync(doc, 100, null, token, cancellationToken)),
            control => control.Id,
            control => control.Name
        );
        return await controls.GetControlAsync(doc, id, cancellationToken);
    }
}

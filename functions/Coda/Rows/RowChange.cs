using System.Text.Json;
using McpGateway.Tools.Schemas;

namespace Coda.Rows;

/// <summary>Cells of one row to change.</summary>
/// <param name="Row">ID, link or name.</param>
public sealed record RowChange(string Row, [property: JsonShape("object")] JsonElement? Cells = null);

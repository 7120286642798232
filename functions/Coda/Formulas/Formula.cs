using System.Text.Json;
using Coda.Upstream;

namespace Coda.Formulas;

/// <summary>A named formula.</summary>
/// <param name="Value">Only where one formula was asked for.</param>
public sealed record Formula(string Id, string Name, Reference? Parent = null, JsonElement? Value = null);

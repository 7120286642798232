using System.Text.Json;
using Coda.Upstream;

namespace Coda.Controls;

/// <summary>A control, such as a slider or a checkbox on a page.</summary>
/// <param name="Value">Only where one control was asked for.</param>
public sealed record Control(string Id, string Name, Reference? Parent = null, string? ControlType = null, JsonElement? Value = null);

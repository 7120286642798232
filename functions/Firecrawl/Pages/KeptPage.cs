using System.Text.Json.Nodes;

namespace Firecrawl.Pages;

/// <summary>A page as it was read.</summary>
/// <param name="Id">Stays the same as long as the page does.</param>
/// <param name="Since">When it was first read with this content.</param>
/// <param name="At">When it was last read, with the same content.</param>
internal sealed record KeptPage(string Id, DateTimeOffset Since, DateTimeOffset At, JsonObject Document);

using System.Reflection;

namespace McpGateway.Console.Assets;

/// <summary>
/// An assembly that brings files for pages: its embedded resources with a logical name of the form <c>console/name.ext</c>. Register one as a
/// singleton for each assembly.
/// </summary>
public sealed record AssetSource(Assembly Assembly);

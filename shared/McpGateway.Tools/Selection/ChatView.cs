using System.Reflection;
using System.Text.Json.Nodes;
using McpGateway.Tools.Answers;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Selection;

/// <summary>
/// A page that a host shows inside the chat beside what a tool answered: the extension MCP Apps. It goes where its tool goes. Hosts that have no
/// such extension hear the tool's text.
/// </summary>
public sealed class ChatView
{
    private const string MediaType = "text/html;profile=mcp-app";

    private readonly Assembly assembly;
    private readonly string page;
    private readonly string uri;
    private readonly Lazy<McpServerResource> resource;

    private ChatView(string tool, Assembly assembly, string page, string uri)
    {
        (this.assembly, this.page, this.uri, Tool) = (assembly, page, uri, tool);
        resource = new(Create);
    }

    internal string Tool { get; }

    /// <summary>Made at the first request: it would take a twentieth of the start.</summary>
    internal McpServerResource Resource => resource.Value;

    /// <summary>What leads a host from the tool to its page.</summary>
    internal JsonObject ToolMeta => new() { ["ui"] = new JsonObject { ["resourceUri"] = uri } };

    /// <summary>The view of a tool; null where the program was built without Node.js, which bundles the page.</summary>
    /// <param name="name">The page's name among the islands, such as <c>memory-graph</c>.</param>
    /// <param name="assembly">Where the page is embedded.</param>
    public static ChatView? Find(string tool, string name, Assembly assembly) =>
        assembly.GetManifestResourceInfo($"views/{name}.html") is null
            ? null
            : new(tool, assembly, $"views/{name}.html", $"{ViewPages.Scheme}{name}.html");

    internal static bool Is(IMcpServerPrimitive? primitive) =>
        primitive is McpServerResource resource && resource.Metadata.OfType<ChatView>().Any();

    private McpServerResource Create() =>
        McpServerResource.Create(
            Read,
            new()
            {
                UriTemplate = uri,
                Name = Tool,
                MimeType = MediaType,
                Metadata = [new SameAsToolAttribute(Tool), this],
            }
        );

    private TextResourceContents Read()
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(page)!);
        return new()
        {
            Uri = uri,
            MimeType = MediaType,
            Text = reader.ReadToEnd(),
            // It loads nothing and calls nobody.
            Meta = new()
            {
                ["ui"] = new JsonObject { ["csp"] = new JsonObject(), ["prefersBorder"] = true },
            },
        };
    }
}

using System.Text.Json.Nodes;
using GitHub.Text;

namespace GitHub.Guards;

/// <summary>A workflow by its file. GitHub also lists those that ran once for a pull request and are in no branch.</summary>
internal sealed record ListedWorkflow(JsonObject Node, string Path)
{
    /// <summary>All of a response's.</summary>
    public static IEnumerable<ListedWorkflow> In(JsonNode body) =>
        (body["workflows"] as JsonArray is { } list ? list : Enumerable.Repeat<JsonNode?>(body, 1))
            .OfType<JsonObject>()
            .Where(workflow => workflow.ContainsKey("path"))
            .Select(workflow => new ListedWorkflow(workflow, GuardHandler.Text(workflow, "path") ?? ""));

    /// <summary>Leaves the workflow in its place, without its names.</summary>
    public void Withhold()
    {
        Node["name"] = Withheld.Text;
        Node["path"] = Withheld.Text;
        foreach (var link in new[] { "url", "html_url", "badge_url" })
        {
            Node.Remove(link);
        }
    }
}

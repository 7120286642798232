using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GitHub.Contents;

/// <summary>The URIs of files: those of the official server, so that one server's links work with the other.</summary>
internal static class ContentTemplates
{
    private const string Path = "{/path*}";

    private static readonly (string Name, string Version, string Description)[] Known =
    [
        ("repository_content", "", "A file on the default branch"),
        ("repository_content_branch", "/refs/heads/{branch}", "A file on a branch"),
        ("repository_content_commit", "/sha/{sha}", "A file at a commit"),
        ("repository_content_tag", "/refs/tags/{tag}", "A file at a tag"),
        ("repository_content_pr", "/refs/pull/{prNumber}/head", "A file as a pull request has it"),
    ];

    public static McpServerResourceCollection Collection { get; } = Create();

    private static McpServerResourceCollection Create()
    {
        McpServerResourceCollection templates = [];
        foreach (var (name, version, description) in Known)
        {
            templates.Add(new Template($"repo://{{owner}}/{{repo}}{version}/contents{Path}", name, description));
        }

        return templates;
    }

    /// <summary>
    /// The SDK reads a list of segments in a URI as one segment: it matches by a variable that may hold slashes, which is not what is
    /// listed.
    /// </summary>
    private sealed class Template(string uri, string name, string description)
        : DelegatingMcpServerResource(Create(uri.Replace(Path, "/{+path}", StringComparison.Ordinal)))
    {
        public override ResourceTemplate ProtocolResourceTemplate { get; } =
            new()
            {
                UriTemplate = uri,
                Name = name,
                Description = description,
            };

        private static McpServerResource Create(string uri) =>
            McpServerResource.Create(
                typeof(ContentReader).GetMethod(nameof(ContentReader.ReadAsync))!,
                request => ActivatorUtilities.CreateInstance<ContentReader>(request.Services!),
                new() { UriTemplate = uri }
            );
    }
}

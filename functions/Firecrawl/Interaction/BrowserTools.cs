using System.ComponentModel.DataAnnotations;
using Firecrawl.Answers;
using Firecrawl.Jobs;
using Firecrawl.Scraping;
using Firecrawl.Upstream;
using McpGateway.Tools.Answers;
using ModelContextProtocol.Server;

namespace Firecrawl.Interaction;

/// <summary>Tools for browsers of their own; Firecrawl's cloud only.</summary>
internal sealed partial class BrowserTools(IInteractApi browsers)
{
    /// <summary>Starts a browser; it costs credits for every minute until it is deleted or expires.</summary>
    /// <param name="ttl">Seconds it lives, 30 to 3600, default 600.</param>
    /// <param name="activityTtl">Seconds it lives unused.</param>
    [McpServerTool(Name = "firecrawl_browser_create", Title = "Start a browser", ReadOnly = false, Destructive = false, OpenWorld = true)]
    public partial Task<string> CreateAsync(
        int? ttl = null,
        int? activityTtl = null,
        bool? streamWebView = null,
        BrowserProfile? profile = null,
        CancellationToken cancellationToken = default
    ) =>
        Answer.OfAsync(
            browsers.CreateAsync(
                Body.Of(
                    new
                    {
                        ttl,
                        activityTtl,
                        streamWebView,
                        profile,
                    }
                ),
                cancellationToken
            )
        );

    /// <summary>Lists browsers.</summary>
    [McpServerTool(Name = "firecrawl_browser_list", Title = "List browsers", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public partial Task<string> ListAsync(
        [AllowedValues("active", "destroyed")] string? status = null,
        CancellationToken cancellationToken = default
    ) => Answer.OfAsync(browsers.ListAsync(status, cancellationToken));

    /// <summary>Runs code in a browser.</summary>
    /// <param name="language">Default node.</param>
    /// <param name="timeout">Seconds, 1 to 300.</param>
    [TextMembers("*.output", "*.result", "*.stdout", "*.stderr")]
    [McpServerTool(
        Name = "firecrawl_browser_execute",
        Title = "Run code in a browser",
        ReadOnly = false,
        Destructive = false,
        OpenWorld = true
    )]
    public partial Task<string> ExecuteAsync(
        [JobId] string id,
        string code,
        [AllowedValues("node", "python", "bash")] string? language = null,
        int? timeout = null,
        CancellationToken cancellationToken = default
    )
    {
        Seconds.Check(timeout, nameof(timeout));
        Patience.AllowSeconds(timeout);
        return Answer.OfAsync(
            browsers.ExecuteAsync(
                id,
                Body.Of(
                    new
                    {
                        code,
                        language,
                        timeout,
                    }
                ),
                cancellationToken
            )
        );
    }

    /// <summary>Closes a browser.</summary>
    [McpServerTool(
        Name = "firecrawl_browser_delete",
        Title = "End a browser",
        ReadOnly = false,
        Destructive = true,
        Idempotent = true,
        OpenWorld = true
    )]
    public partial Task<string> DeleteAsync([JobId] string id, CancellationToken cancellationToken) =>
        Answer.OfAsync(browsers.DeleteAsync(id, cancellationToken));
}

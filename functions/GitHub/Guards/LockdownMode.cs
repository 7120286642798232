using McpGateway.Tools.Selection;
using Microsoft.AspNetCore.Http;

namespace GitHub.Guards;

/// <summary>Whether the request of the moment is in lockdown, and what was withheld from it.</summary>
internal sealed class LockdownMode(GitHubOptions options, IHttpContextAccessor accessor)
{
    private static readonly object Key = new();

    /// <summary>The setting, or the request's own wish; where there is no request to ask, on.</summary>
    public bool IsOn =>
        options.Lockdown || accessor.HttpContext is not { } context || ToolRequest.Flag(context.Request.Headers, "X-MCP-Lockdown");

    /// <summary>Remembers a text that was withheld.</summary>
    /// <param name="isKnown">Whether the author is known to have no push access; else it could not be read.</param>
    public void Withhold(bool isKnown)
    {
        if (accessor.HttpContext is { } context)
        {
            lock (context.Items)
            {
                var (outsiders, unreadable) = Counts(context);
                context.Items[Key] = isKnown ? (outsiders + 1, unreadable) : (outsiders, unreadable + 1);
            }
        }
    }

    /// <summary>What the model is told of what it does not see; null when nothing was withheld.</summary>
    public string? Notice
    {
        get
        {
            var (outsiders, unreadable) = accessor.HttpContext is { } context ? Counts(context) : (0, 0);
            return (outsiders, unreadable) switch
            {
                (0, 0) => null,
                (_, 0) => $"Lockdown mode withheld the text of {outsiders} item(s): their authors have no push access to the public "
                    + "repository (gists: are not the gateway's user).",
                _ =>
                    $"Lockdown mode withheld the text of {outsiders + unreadable} item(s) of a public repository: {outsiders} by authors without push access, "
                        + $"{unreadable} whose author's access GitHub did not disclose (the gateway's credential needs push access there to see it).",
            };
        }
    }

    private static (int Outsiders, int Unreadable) Counts(HttpContext context) => context.Items[Key] as (int, int)? ?? (0, 0);
}

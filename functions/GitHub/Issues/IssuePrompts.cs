using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Server;

namespace GitHub.Issues;

/// <summary>Ways to work that a person picks from a client's menu.</summary>
internal static class IssuePrompts
{
    public static McpServerPrimitiveCollection<McpServerPrompt> Collection { get; } =
    [
        .. typeof(IssuePrompts)
            .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.IsDefined(typeof(McpServerPromptAttribute)))
            .Select(method => McpServerPrompt.Create(method)),
    ];

    [McpServerPrompt(Name = "AssignCodingAgent"), Description("Hand suitable issues of a repository to the Copilot coding agent.")]
    public static IEnumerable<ChatMessage> AssignCodingAgent([Description("owner/name")] string repo) =>
        [
            new(
                ChatRole.User,
                $"""
                Look at the ten newest open issues of {repo} (list_issues). For each, say whether it is a clearly defined coding task of low or medium complexity with a way to tell that it is done.
                Assign those to Copilot with assign_copilot_to_issue. Where you are not sure, ask me first. At the end sum up what you assigned and why.
                """
            ),
        ];

    [
        McpServerPrompt(Name = "issue_to_fix_workflow"),
        Description("File an issue and have the Copilot coding agent open a pull request for it.")
    ]
    public static IEnumerable<ChatMessage> IssueToFix(
        [Description("Repository owner")] string owner,
        [Description("Repository name")] string repo,
        [Description("Issue title")] string title,
        [Description("What is wrong or missing")] string description,
        [Description("Comma-separated")] string? labels = null,
        [Description("Comma-separated logins")] string? assignees = null
    ) =>
        [
            new(
                ChatRole.User,
                $"""
                In {owner}/{repo}: search for an issue that already says this, and tell me if there is one. Otherwise create an issue with issue_write.
                Title: {title}
                Description: {description}
                Labels: {labels ?? "none"}
                Assignees: {assignees ?? "none"}
                Then assign it to Copilot with assign_copilot_to_issue, and tell me the issue's link. Copilot's pull request will be linked to the issue.
                """
            ),
        ];
}

using GitHub.Actions;
using GitHub.Branches;
using GitHub.Client;
using GitHub.Commits;
using GitHub.Context;
using GitHub.Copilot;
using GitHub.Discussions;
using GitHub.Files;
using GitHub.Gists;
using GitHub.Issues;
using GitHub.Labels;
using GitHub.Notifications;
using GitHub.Projects;
using GitHub.PullRequests;
using GitHub.Releases;
using GitHub.Repositories;
using GitHub.Security;
using GitHub.Stars;
using GitHub.Toolsets;
using GitHub.Trees;
using GitHub.Users;
using McpGateway;
using Microsoft.Extensions.DependencyInjection;

namespace GitHub;

/// <summary>The table of contents of github-mcp.</summary>
public static class GitHubService
{
    public static GatewayService Definition { get; } =
        new("github-mcp", 8081, "GitHub", "Works on GitHub repositories.")
        {
            UpstreamTokenSetting = "GITHUB_TOKEN",
            McpPaths = ["/mcp", .. ToolRequest.Paths],
        };

    public static void AddGitHub(this GatewayBuilder gateway)
    {
        var options = gateway.AddSettings<GitHubOptions>();
        var clients = gateway.AddGitHubClients(options);
        clients
            .Add<IContextApi>()
            .Add<IRepositoriesApi>()
            .Add<ICommitsApi>()
            .Add<IRefsApi>()
            .Add<IReleasesApi>()
            .Add<IFilesApi>()
            .Add<IIssuesApi>()
            .Add<IPullRequestsApi>()
            .Add<IUsersApi>()
            .Add<ILabelsApi>()
            .Add<IActionsApi>()
            .Add<ISecurityApi>()
            .Add<INotificationsApi>()
            .Add<IGistsApi>()
            .Add<IStarsApi>()
            .Add<IProjectsApi>();
        clients.AddDownloads();
        gateway.Services.AddSingleton<FileCommits>();
        gateway.Services.AddSingleton<IssueFields>();
        gateway.Services.AddSingleton<OwnReviews>();
        gateway.Services.AddSingleton<CopilotAssignment>().AddSingleton<CopilotPullRequests>();
        gateway.Services.AddSingleton<ProjectLookup>();
        gateway.Services.AddSingleton<ProjectViews>();

        gateway.AddToolsets(
            options,
            new ToolCatalogue()
                .Add<ContextTools>(ToolsetNames.Context)
                .Add<RepositoryTools>(ToolsetNames.Repos)
                .Add<CommitTools>(ToolsetNames.Repos)
                .Add<BranchTools>(ToolsetNames.Repos)
                .Add<ReleaseTools>(ToolsetNames.Repos)
                .Add<FileTools>(ToolsetNames.Repos)
                .Add<IssueTools>(ToolsetNames.Issues)
                .Add<IssueListTools>(ToolsetNames.Issues)
                .Add<PullRequestReadTools>(ToolsetNames.PullRequests)
                .Add<PullRequestWriteTools>(ToolsetNames.PullRequests)
                .Add<ReviewTools>(ToolsetNames.PullRequests)
                .Add<UserTools>(ToolsetNames.Users)
                .Add<OrganizationTools>(ToolsetNames.Orgs)
                .Add<CopilotTools>(ToolsetNames.Copilot)
                .Add<CopilotIntentTools>(ToolsetNames.CopilotIssueIntents)
                .Add<TreeTools>(ToolsetNames.Git)
                .Add<LabelTools>(ToolsetNames.Labels)
                .Add<ActionsTools>(ToolsetNames.Actions)
                .Add<CodeQualityTools>(ToolsetNames.CodeQuality)
                .Add<CodeScanningTools>(ToolsetNames.CodeSecurity)
                .Add<SecretScanningTools>(ToolsetNames.SecretProtection)
                .Add<DependabotTools>(ToolsetNames.Dependabot)
                .Add<AdvisoryTools>(ToolsetNames.SecurityAdvisories)
                .Add<NotificationTools>(ToolsetNames.Notifications)
                .Add<DiscussionTools>(ToolsetNames.Discussions)
                .Add<DiscussionCommentTools>(ToolsetNames.Discussions)
                .Add<GistTools>(ToolsetNames.Gists)
                .Add<ProjectTools>(ToolsetNames.Projects)
                .Add<ProjectWriteTools>(ToolsetNames.Projects)
                .Add<StarTools>(ToolsetNames.Stargazers)
        );
    }
}

using GitHub.Actions;
using GitHub.Answers;
using GitHub.Api;
using GitHub.Branches;
using GitHub.Commits;
using GitHub.Contents;
using GitHub.Context;
using GitHub.Copilot;
using GitHub.Discussions;
using GitHub.Files;
using GitHub.Gists;
using GitHub.Guards;
using GitHub.Issues;
using GitHub.Labels;
using GitHub.Milestones;
using GitHub.Notifications;
using GitHub.Projects;
using GitHub.PullRequests;
using GitHub.Releases;
using GitHub.Repositories;
using GitHub.Rules;
using GitHub.Security;
using GitHub.Selection;
using GitHub.Stars;
using GitHub.Trees;
using GitHub.Users;
using McpGateway;
using McpGateway.Console.Chat;
using McpGateway.OAuth;
using McpGateway.Tools;
using McpGateway.Tools.Callers;
using McpGateway.Tools.Describing;
using McpGateway.Tools.Selection;
using Microsoft.Extensions.DependencyInjection;

namespace GitHub;

/// <summary>The table of contents of github-mcp.</summary>
public static class GitHubService
{
    public static GatewayService Definition { get; } =
        new("github-mcp", 8081, "GitHub", "Works on GitHub repositories.")
        {
            Description = "Work with GitHub repositories, issues, pull requests and workflows.",
            UpstreamTokenSetting = "GITHUB_TOKEN",
            Places = RepositoryAccess.Right,
            Listings = typeof(GitHubService).Assembly,
            Commands = [DescribeCommand.Command, .. TokenCommands.All, .. ClientCommands.All],
        };

    public static void AddGitHub(this GatewayBuilder gateway)
    {
        var options = gateway.AddSettings<GitHubOptions>();
        if (options.ReadOnly || gateway.AddSettings<McpOptions>().ReadOnly)
        {
            const string because = "READ_ONLY or GITHUB_READ_ONLY leaves no tool that changes anything.";
            gateway.Warnings.NoEffect("GITHUB_WRITABLE_REPOS", because);
            gateway.Warnings.NoEffect("GITHUB_LIMIT_CONTENT_WRITES", because);
        }

        var clients = GitHubClients.AddTo(gateway, options);
        clients
            .Add<IContextApi>()
            .Add<IRepositoriesApi>()
            .Add<ICommitsApi>()
            .Add<IRefsApi>()
            .Add<IReleasesApi>()
            .Add<IReleaseAssetsApi>()
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
            .Add<IProjectsApi>()
            .Add<IMilestonesApi>()
            .Add<IRulesApi>();
        clients.AddDownloads();
        gateway.Services.AddSingleton<FileCommits>();
        gateway.Services.AddSingleton<IssueFields>();
        gateway.Services.AddSingleton<OwnReviews>().AddSingleton<ReviewThreads>();
        gateway.Services.AddSingleton<CopilotAssignment>().AddSingleton<CopilotPullRequests>();
        gateway
            .Services.AddSingleton<ProjectLookup>()
            .AddSingleton<ProjectItems>()
            .AddSingleton<ProjectIterations>()
            .AddSingleton<ProjectViews>();

        gateway.Services.AddSingleton(GitHubArguments.Aliases);
        gateway.Services.AddSingleton(GitHubNames.All);
        gateway.Mcp.WithMessageFilters(filters => filters.AddIncomingFilter(OtherNames.Create));
        gateway.Services.AddSingleton<ContentCompletions>();
        new Toolsets("GITHUB", GitHubJson.Options)
        {
            Finish = (tool, method) => new GitHubTool(tool, method),
            // What people write, and patches.
            Texts = new("*.body", "*.patch"),
            NameOf = OtherNames.Resolve,
            Instructions = Instructions.For,
        }
            .Default(ToolsetNames.Context, tools => tools.Add<ContextTools>())
            .Default(
                ToolsetNames.Repos,
                tools =>
                    tools
                        .Add<RepositoryTools>()
                        .Add<CommitTools>()
                        .Add<BlameTools>()
                        .Add<BranchTools>()
                        .Add<ReleaseTools>()
                        .Add<RuleTools>()
                        .Add<FileTools>()
                        .Add<FileWriteTools>()
            )
            .Default(
                ToolsetNames.Issues,
                tools =>
                    tools
                        .Add<IssueReadTools>()
                        .Add<IssueListTools>()
                        .Add<IssueWriteTools>()
                        .Add<SubIssueTools>()
                        .Add<IssueCommentTools>()
                        .Add<DependencyTools>()
                        .Add<MilestoneTools>()
            )
            .Default(
                ToolsetNames.PullRequests,
                tools =>
                    tools
                        .Add<PullRequestReadTools>()
                        .Add<PullRequestListTools>()
                        .Add<CheckTools>()
                        .Add<PullRequestWriteTools>()
                        .Add<ReviewTools>()
            )
            .Default(ToolsetNames.Users, tools => tools.Add<UserTools>())
            .Optional(ToolsetNames.Orgs, tools => tools.Add<OrganizationTools>())
            .Default(ToolsetNames.Copilot, tools => tools.Add<CopilotTools>())
            .Default(ToolsetNames.Views, tools => tools.Add<ActivityTools>())
            .Optional(ToolsetNames.CopilotIssueIntents, tools => tools.Add<CopilotIntentTools>())
            .Optional(ToolsetNames.Git, tools => tools.Add<TreeTools>())
            .Optional(ToolsetNames.ReleaseAssets, tools => tools.Add<ReleaseAssetTools>())
            .Optional(ToolsetNames.Labels, tools => tools.Add<LabelTools>())
            .Optional(ToolsetNames.Actions, tools => tools.Add<ActionsTools>().Add<JobLogTools>())
            .Optional(ToolsetNames.CodeQuality, tools => tools.Add<CodeQualityTools>())
            .Optional(ToolsetNames.CodeSecurity, tools => tools.Add<CodeScanningTools>())
            .Optional(ToolsetNames.SecretProtection, tools => tools.Add<SecretScanningTools>())
            .Optional(ToolsetNames.Dependabot, tools => tools.Add<DependabotTools>())
            .Optional(ToolsetNames.SecurityAdvisories, tools => tools.Add<AdvisoryTools>())
            .Optional(ToolsetNames.Notifications, tools => tools.Add<NotificationTools>())
            .Optional(ToolsetNames.Discussions, tools => tools.Add<DiscussionTools>().Add<DiscussionCommentTools>())
            .Optional(ToolsetNames.Gists, tools => tools.Add<GistTools>())
            .Optional(ToolsetNames.Projects, tools => tools.Add<ProjectTools>().Add<ProjectWriteTools>())
            .Optional(ToolsetNames.Stargazers, tools => tools.Add<StarTools>())
            // Where issues are listed, there are the prompts for them.
            .WithPrompts("list_issues", IssuePrompts.Collection)
            // A resource is a file read another way: who may not read one has none.
            .WithResources(
                "get_file_contents",
                () => ContentTemplates.Collection,
                services => services.GetRequiredService<ContentCompletions>().CompleteAsync
            )
            .WithView(ActivityTools.View)
            .Register(gateway, new(options.Toolsets, options.Tools, options.ExcludeTools, options.ReadOnly));
    }
}

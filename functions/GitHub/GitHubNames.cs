using System.Globalization;
using GitHub.Actions;
using GitHub.Api;
using GitHub.Commits;
using GitHub.Discussions;
using GitHub.Files;
using GitHub.Gists;
using GitHub.Issues;
using GitHub.Milestones;
using GitHub.Notifications;
using GitHub.PullRequests;
using GitHub.Releases;
using GitHub.Repositories;
using GitHub.Text;
using McpGateway.Tools.Guards;

namespace GitHub;

/// <summary>What people call the issues, runs and releases that arguments name by number. The guards judge these requests as those of tools.</summary>
internal static class GitHubNames
{
    private const int MostLookedThrough = 100;

    public static ThingNames All { get; } =
        new ThingNames()
            .Add("repo", RepositoryAsync)
            .Add("branch", BranchAsync)
            .Add("path", FileAsync)
            .Add("issue_number", IssueAsync)
            .Add("related_issue_number", RelatedIssueAsync)
            .Add("sub_issue_id", call => SubIssueAsync(call, "sub_issue_id"))
            .Add("after_id", call => SubIssueAsync(call, "after_id"))
            .Add("before_id", call => SubIssueAsync(call, "before_id"))
            .Add(
                "pullNumber",
                async call =>
                    (await call.Get<IPullRequestsApi>().GetAsync(Owner(call), Repo(call), Int(call, "pullNumber"), call.Cancellation)).Title
            )
            .Add("comment_id", CommentAsync)
            .Add("commentId", ReviewNames.CommentAsync)
            .Add("threadId", ReviewNames.ThreadAsync)
            .Add("gist_id", GistAsync)
            .Add(
                "milestone_number",
                async call =>
                    (
                        await call.Get<IMilestonesApi>().GetAsync(Owner(call), Repo(call), Int(call, "milestone_number"), call.Cancellation)
                    ).Title
            )
            .Add(
                "release_id",
                async call =>
                    await call.Get<IReleasesApi>().GetAsync(Owner(call), Repo(call), call.Number("release_id"), call.Cancellation)
                        is var release
                    && string.IsNullOrEmpty(release.Name)
                        ? release.TagName
                        : release.Name
            )
            .Add(
                "asset_id",
                async call =>
                    (await call.Get<IReleaseAssetsApi>().GetAsync(Owner(call), Repo(call), call.Number("asset_id"), call.Cancellation)).Name
            )
            .Add(
                "workflow_id",
                async call =>
                    (
                        await call.Get<IActionsApi>().GetWorkflowAsync(Owner(call), Repo(call), call.Text("workflow_id"), call.Cancellation)
                    ).Name
            )
            .Add("run_id", RunAsync)
            .Add("notificationID", call => NotificationAsync(call, "notificationID"))
            .Add("threadID", call => NotificationAsync(call, "threadID"))
            .Add("discussionNumber", call => DiscussionAsync(call, Owner(call), Repo(call), Int(call, "discussionNumber")))
            .Add("commentNodeID", DiscussionOfCommentAsync)
            .Add("project_number", ProjectNames.ProjectAsync)
            .Add("item_id", call => ProjectNames.ItemAsync(call, call.Number("item_id")))
            .Add("items", call => call.EachObjectAsync("items", item => ProjectNames.ListedItemAsync(call, item)))
            .Add("pull_request_number", ProjectNames.PullRequestAsync)
            .Add("view_id", ProjectNames.ViewAsync);

    internal static string Owner(ThingCall call) => call.Text("owner");

    internal static string Repo(ThingCall call) => call.Text("repo");

    internal static int Int(ThingCall call, string argument) => checked((int)call.Number(argument));

    // An item of a project names its issue's repository by other arguments.
    private static async Task<string?> IssueAsync(ThingCall call) =>
        await IssueTitleAsync(
            call,
            call.Find("item_owner") ?? Owner(call),
            call.Find("item_repo") ?? Repo(call),
            Int(call, "issue_number")
        );

    private static async Task<string?> RelatedIssueAsync(ThingCall call) =>
        await IssueTitleAsync(
            call,
            call.Find("related_owner") ?? Owner(call),
            call.Find("related_repo") ?? Repo(call),
            Int(call, "related_issue_number")
        );

    internal static async Task<string> IssueTitleAsync(ThingCall call, string owner, string repo, int number) =>
        (await call.Get<IIssuesApi>().GetAsync(owner, repo, number, call.Cancellation)).Title;

    // GitHub finds no issue by its id: those are looked through that it may be among.
    private static async Task<string?> SubIssueAsync(ThingCall call, string argument)
    {
        var id = call.Number(argument);
        var (api, owner, repo) = (call.Get<IIssuesApi>(), Owner(call), Repo(call));
        var under = await api.ListSubIssuesAsync(owner, repo, Int(call, "issue_number"), null, MostLookedThrough, call.Cancellation)
            .ToPageAsync();
        var found =
            under.Items.FirstOrDefault(issue => issue.Id == id)
            ?? (await api.ListAsync(owner, repo, "all", MostLookedThrough, call.Cancellation).ToPageAsync()).Items.FirstOrDefault(issue =>
                issue.Id == id
            );
        return found is null ? null : string.Create(CultureInfo.InvariantCulture, $"#{found.Number} {found.Title}");
    }

    private static async Task<string?> GistAsync(ThingCall call)
    {
        var gist = await call.Get<IGistsApi>().GetAsync(call.Text("gist_id"), call.Cancellation);
        var files = string.Join(", ", gist.Files?.Keys ?? []);
        return $"{(gist.Public == true ? "public" : "secret")}, {files}{(string.IsNullOrEmpty(gist.Description) ? "" : $": {gist.Description}")}";
    }

    // A repository's name says enough, unless all of it is meant.
    private static async Task<string?> RepositoryAsync(ThingCall call)
    {
        if (call.Tool != "delete_repository")
        {
            return null;
        }

        var found = await call.Get<IRepositoriesApi>().GetAsync(Owner(call), Repo(call), call.Cancellation);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(found.Private == true ? "private" : "public")}, {found.StargazersCount ?? 0} stars: {found.Description ?? "no description"}"
        );
    }

    private static async Task<string?> BranchAsync(ThingCall call)
    {
        if (call.Tool != "delete_branch")
        {
            return null;
        }

        using var response = await call.Get<ICommitsApi>()
            .GetAsync(Owner(call), Repo(call), call.Text("branch"), null, 1, call.Cancellation);
        return response.Content?.Details?.Message is { } message ? $"last commit: {FirstLineOf(message)}" : null;
    }

    private static async Task<string?> FileAsync(ThingCall call)
    {
        if (call.Tool != "delete_file")
        {
            return null;
        }

        var file = await call.Get<IFilesApi>().GetAsync(Owner(call), Repo(call), call.Text("path"), call.Find("branch"), call.Cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"{file.Type}, {file.Size:N0} bytes");
    }

    private static async Task<string?> CommentAsync(ThingCall call)
    {
        var comment = await call.Get<IIssuesApi>().GetCommentAsync(Owner(call), Repo(call), call.Number("comment_id"), call.Cancellation);
        return $"{comment.User ?? "somebody"}: {FirstLineOf(comment.Body?.Shown ?? "")}";
    }

    private static async Task<string?> RunAsync(ThingCall call)
    {
        var run = await call.Get<IActionsApi>().GetRunAsync(Owner(call), Repo(call), call.Text("run_id"), call.Cancellation);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Name} #{run.RunNumber}: {run.DisplayTitle} ({run.Conclusion ?? run.Status})"
        );
    }

    private static async Task<string?> NotificationAsync(ThingCall call, string argument)
    {
        var found = await call.Get<INotificationsApi>().GetAsync(call.Text(argument), call.Cancellation);
        return $"{found.Repository}: {found.Subject.Title}";
    }

    private static async Task<string?> DiscussionAsync(ThingCall call, string owner, string repo, int number)
    {
        var found = await call.Get<GraphQl>()
            .QueryAsync<DiscussionAnswer>(
                GraphQlScope.Of(owner, repo),
                DiscussionDocuments.Get,
                new
                {
                    owner,
                    repo,
                    number,
                },
                call.Cancellation
            );
        return found.Repository?.Discussion?.Title;
    }

    private static async Task<string?> DiscussionOfCommentAsync(ThingCall call)
    {
        var found = await call.Get<GraphQl>()
            .QueryAsync<HomeAnswer>(
                GraphQlScope.Viewer,
                DiscussionDocuments.CommentHome,
                new { id = call.Text("commentNodeID") },
                call.Cancellation
            );
        if (
            found.Node?.Discussion is not { Repository: { } fullName, Number: var number }
            || fullName.Split('/') is not [var owner, var repo]
        )
        {
            return null;
        }

        var title = await DiscussionAsync(call, owner, repo, number);
        return string.Create(CultureInfo.InvariantCulture, $"a comment of discussion #{number} of {fullName}: {title}");
    }

    internal static string FirstLineOf(string text) => text.Split('\n', 2)[0].Trim();

    private sealed record DiscussionAnswer(DiscussionHome? Repository = null);

    private sealed record DiscussionHome(DiscussionTitle? Discussion = null);

    private sealed record DiscussionTitle([property: Clean] string Title);

    private sealed record HomeAnswer(HomeNode? Node = null);

    private sealed record HomeNode(DiscussionPlace? Discussion = null);

    private sealed record DiscussionPlace(int Number, [property: RepositoryName] string? Repository = null);
}

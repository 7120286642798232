using System.Globalization;
using GitHub.Actions;
using GitHub.Api;
using GitHub.Commits;
using GitHub.Discussions;
using GitHub.Files;
using GitHub.Issues;
using GitHub.Milestones;
using GitHub.Notifications;
using GitHub.Projects;
using GitHub.PullRequests;
using GitHub.Releases;
using GitHub.Repositories;
using GitHub.Text;
using McpGateway.Tools.Guards;

namespace GitHub;

/// <summary>What people call the issues, runs and releases that arguments name by number. The guards judge these requests as those of tools.</summary>
internal static class GitHubNames
{
    public static ThingNames All { get; } =
        new ThingNames()
            .Add("repo", RepositoryAsync)
            .Add("branch", BranchAsync)
            .Add("path", FileAsync)
            .Add(
                "issue_number",
                async call =>
                    (await call.Get<IIssuesApi>().GetAsync(Owner(call), Repo(call), Int(call, "issue_number"), call.Cancellation)).Title
            )
            .Add(
                "pullNumber",
                async call =>
                    (await call.Get<IPullRequestsApi>().GetAsync(Owner(call), Repo(call), Int(call, "pullNumber"), call.Cancellation)).Title
            )
            .Add("comment_id", CommentAsync)
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
            .Add("notificationID", NotificationAsync)
            .Add("discussionNumber", call => DiscussionAsync(call, Owner(call), Repo(call), Int(call, "discussionNumber")))
            .Add("commentNodeID", DiscussionOfCommentAsync)
            .Add("project_number", ProjectAsync)
            .Add("item_id", ItemAsync)
            .Add("view_id", ViewAsync);

    private static string Owner(ThingCall call) => call.Text("owner");

    private static string Repo(ThingCall call) => call.Text("repo");

    private static int Int(ThingCall call, string argument) => checked((int)call.Number(argument));

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

    private static async Task<string?> NotificationAsync(ThingCall call)
    {
        var found = await call.Get<INotificationsApi>().GetAsync(call.Text("notificationID"), call.Cancellation);
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

    private static async Task<string?> ProjectAsync(ThingCall call) =>
        (await call.Get<IProjectsApi>().GetAsync(await KindOf(call), Owner(call), Int(call, "project_number"), call.Cancellation)).Title;

    private static async Task<string?> ItemAsync(ThingCall call) =>
        (
            await call.Get<IProjectsApi>()
                .GetItemAsync(await KindOf(call), Owner(call), Int(call, "project_number"), call.Number("item_id"), null, call.Cancellation)
        )
            .Content
            ?.Title;

    private static async Task<string?> ViewAsync(ThingCall call) =>
        (
            await call.Get<GraphQl>()
                .QueryAsync<ViewAnswer>(
                    GraphQlScope.AllOf(Owner(call)),
                    "query($id: ID!) { node(id: $id) { ... on ProjectV2View { name } } }",
                    new { id = call.Text("view_id") },
                    call.Cancellation
                )
        )
            .Node
            ?.Name;

    private static Task<string> KindOf(ThingCall call) =>
        call.Get<ProjectLookup>().KindAsync(Owner(call), call.Find("owner_type"), call.Cancellation);

    private static string FirstLineOf(string text) => text.Split('\n', 2)[0].Trim();

    private sealed record DiscussionAnswer(DiscussionHome? Repository = null);

    private sealed record DiscussionHome(DiscussionTitle? Discussion = null);

    private sealed record DiscussionTitle([property: Clean] string Title);

    private sealed record HomeAnswer(HomeNode? Node = null);

    private sealed record HomeNode(DiscussionPlace? Discussion = null);

    private sealed record DiscussionPlace(int Number, [property: RepositoryName] string? Repository = null);

    private sealed record ViewAnswer(ViewName? Node = null);

    private sealed record ViewName([property: Clean] string? Name = null);
}

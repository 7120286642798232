using System.Text.Json;
using GitHub.Api;
using GitHub.Projects;
using GitHub.PullRequests;
using GitHub.Text;
using McpGateway.Tools.Guards;

namespace GitHub;

/// <summary>What projects, their items and views are called.</summary>
internal static class ProjectNames
{
    public static async Task<string?> PullRequestAsync(ThingCall call) =>
        (
            await call.Get<IPullRequestsApi>()
                .GetAsync(call.Text("item_owner"), call.Text("item_repo"), GitHubNames.Int(call, "pull_request_number"), call.Cancellation)
        ).Title;

    public static async Task<string?> ProjectAsync(ThingCall call) =>
        (
            await call.Get<IProjectsApi>()
                .GetAsync(await KindOf(call), GitHubNames.Owner(call), GitHubNames.Int(call, "project_number"), call.Cancellation)
        ).Title;

    public static async Task<string?> ItemAsync(ThingCall call, long item) =>
        (
            await call.Get<IProjectsApi>()
                .GetItemAsync(
                    await KindOf(call),
                    GitHubNames.Owner(call),
                    GitHubNames.Int(call, "project_number"),
                    item,
                    null,
                    call.Cancellation
                )
        )
            .Content
            ?.Title;

    public static async Task<string?> ListedItemAsync(ThingCall call, JsonElement item) =>
        item.TryGetProperty("item_id", out var id) && id.TryGetInt64(out var number) ? await ItemAsync(call, number)
        : item.TryGetProperty("issue_number", out var issue) && issue.TryGetInt32(out var of)
            ? await GitHubNames.IssueTitleAsync(call, TextOf(item, "item_owner"), TextOf(item, "item_repo"), of)
        : null;

    private static string TextOf(JsonElement item, string member) =>
        item.TryGetProperty(member, out var value) ? value.GetString() ?? "" : "";

    public static async Task<string?> ViewAsync(ThingCall call) =>
        (
            await call.Get<GraphQl>()
                .QueryAsync<ViewAnswer>(
                    GraphQlScope.AllOf(GitHubNames.Owner(call)),
                    "query($id: ID!) { node(id: $id) { ... on ProjectV2View { name } } }",
                    new { id = call.Text("view_id") },
                    call.Cancellation
                )
        )
            .Node
            ?.Name;

    private static Task<string> KindOf(ThingCall call) =>
        call.Get<ProjectLookup>().KindAsync(GitHubNames.Owner(call), call.Find("owner_type"), call.Cancellation);

    private sealed record ViewAnswer(ViewName? Node = null);

    private sealed record ViewName([property: Clean] string? Name = null);
}

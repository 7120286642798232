using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GitHub.Client;

namespace GitHub.Access;

/// <summary>
/// The outermost handler of every client: no request leaves for a repository outside of the operator's lists, and what
/// answers hold of others is dropped. What it does not know it refuses, so a new tool cannot forget it.
/// </summary>
internal sealed class RepositoryAccessHandler(RepositoryAccess access, GitHubHost host) : DelegatingHandler
{
    private readonly ForeignContent foreign = new(access);

    public static bool IsWrite(HttpRequestMessage request) => request.Method != HttpMethod.Get && request.Method != HttpMethod.Head;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!access.LimitsWrites)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var listsOthers = GraphQlScope.Of(request) is { } scope ? CheckGraphQl(scope) : await CheckRestAsync(request, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (
            access.LimitsReads
            && response.IsSuccessStatusCode
            && (listsOthers || response.Content.Headers.ContentType?.MediaType == "application/json")
        )
        {
            await DropOthersAsync(response, listsOthers, cancellationToken);
        }

        return response;
    }

    private bool CheckGraphQl(GraphQlScope scope)
    {
        if (scope.Owner is { } owner)
        {
            access.Demand(owner, scope.Repository, scope.IsMutation);
        }
        else if (scope.IsMutation)
        {
            throw access.Refusal("change what belongs to no repository");
        }

        return false;
    }

    /// <returns>Whether the answer lists repositories, issues or notifications of others.</returns>
    private async Task<bool> CheckRestAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var write = IsWrite(request);
        var path = host.PathOf(request);
        switch (path)
        {
            case ["repos", var owner, var repo, .. var rest]:
                await CheckRepositoryAsync(request, owner, repo, rest, write, cancellationToken);
                return false;
            case ["user", "starred", var owner, var repo]:
                access.Demand(owner, repo, write: false);
                return false;
            case ["orgs", var org, .. var rest]:
                access.Demand(org, null, write);
                await CheckProjectItemAsync(request, rest, write, cancellationToken);
                return false;
            case ["users", var owner, "projectsV2", ..]:
                access.Demand(owner, null, write);
                await CheckProjectItemAsync(request, path[2..], write, cancellationToken);
                return false;
            case ["notifications", "threads", var id, ..] when write:
                await CheckThreadAsync(id, cancellationToken);
                return false;
            case ["notifications"] when write && access.LimitsReads:
                throw access.Refusal("mark the notifications of all repositories: give owner and repo");
            case ["search", var kind] when !write:
                request.RequestUri = SearchScope.Apply(request.RequestUri!, kind, access);
                return true;
            case ["notifications", ..]:
            case ["user", "repos" or "starred"] or ["users", _, "starred"] when !write:
                return true;
            case ["user"] or ["user", "orgs"] or ["users", _] or ["advisories", ..] or ["rate_limit"] when !write:
                return false;
            default:
                return write || access.LimitsReads
                    ? throw access.Refusal($"{(write ? "change" : "read")} what belongs to no repository ({request.Method} /{path[0]})")
                    : false;
        }
    }

    /// <summary>Some requests to a repository reach into another.</summary>
    private async Task CheckRepositoryAsync(
        HttpRequestMessage request,
        string owner,
        string repo,
        string[] rest,
        bool write,
        CancellationToken cancellationToken
    )
    {
        // A fork changes nothing where it comes from.
        access.Demand(owner, repo, write && rest is not ["forks"]);
        switch (rest)
        {
            case ["forks"] when write:
                access.Demand(
                    await TextAsync(request, "organization", cancellationToken)
                        ?? throw access.Refusal("fork into the account of the token's user: give organization"),
                    null,
                    write: true
                );
                break;
            case ["compare", var range]:
                // owner:branch or owner:repo:branch is a branch of a fork.
                foreach (var fork in range.Split("...").Select(end => end.Split(':')).Where(end => end.Length > 1))
                {
                    access.Demand(fork[0], fork.Length > 2 ? fork[1] : repo, write: false);
                }

                break;
            case ["issues", _, "sub_issues"] when request.Method == HttpMethod.Post && !access.MayWrite(owner, null):
                throw access.Refusal($"add sub-issues, which go by ids that could be of any repository of {owner}");
        }
    }

    /// <summary>What is added to a project is an issue of any repository.</summary>
    private async Task CheckProjectItemAsync(HttpRequestMessage request, string[] path, bool write, CancellationToken cancellationToken)
    {
        if (write && path is ["projectsV2", _, "items"] && await TextAsync(request, "owner", cancellationToken) is { } owner)
        {
            access.Demand(owner, await TextAsync(request, "repo", cancellationToken), write: false);
        }
    }

    /// <summary>A thread's number says nothing of its repository, so it is read first.</summary>
    private async Task CheckThreadAsync(string id, CancellationToken cancellationToken)
    {
        if (!access.LimitsReads)
        {
            return;
        }

        using var question = new HttpRequestMessage(HttpMethod.Get, host.At($"notifications/threads/{Uri.EscapeDataString(id)}"));
        using var answer = await base.SendAsync(question, cancellationToken);
        if (!foreign.IsKnown(await ReadJsonAsync(answer, cancellationToken)))
        {
            throw access.Refusal("change notifications of other repositories");
        }
    }

    private async Task DropOthersAsync(HttpResponseMessage response, bool listsOthers, CancellationToken cancellationToken)
    {
        if (await ReadJsonAsync(response, cancellationToken) is not { } body)
        {
            return;
        }

        if (foreign.IsForeign(body))
        {
            throw access.Refusal("read what other repositories hold");
        }

        if (
            listsOthers
            && (body as JsonArray ?? body["items"] as JsonArray) is { } list
            && foreign.DropUnknown(list)
            && body is JsonObject search
        )
        {
            // How many there are of what is hidden, and whether there are more, would answer questions about it.
            search["total_count"] = list.Count;
            response.Headers.Remove("Link");
        }

        foreign.Drop(body);
        response.Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
    }

    private static async Task<string?> TextAsync(HttpRequestMessage request, string member, CancellationToken cancellationToken) =>
        request.Content is { } content && JsonNode.Parse(await content.ReadAsStringAsync(cancellationToken)) is JsonObject body
            ? (string?)body[member]
            : null;

    private static async Task<JsonNode?> ReadJsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return stream.Length == 0 ? null : await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken);
    }
}

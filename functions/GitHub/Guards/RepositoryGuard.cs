using System.Text;
using System.Text.Json.Nodes;
using GitHub.Api;

namespace GitHub.Guards;

/// <summary>
/// Keeps to the operator's lists of repositories: no request leaves for another one, and what responses hold of others is
/// dropped. What it does not know it refuses, so a new tool cannot forget it.
/// </summary>
internal sealed class RepositoryGuard(RepositoryAccess access, GitHubHost host) : IGuard
{
    private const int MostEscapes = 3;

    private readonly ForeignContent foreign = new(access);

    public bool IsOn => access.LimitsWrites;

    public bool ReadsAnswers => access.LimitsReads;

    public Task JudgeAsync(GuardedRequest request, CancellationToken cancellationToken)
    {
        if (request.GraphQl is { } scope)
        {
            JudgeGraphQl(scope, request.IsRedirected);
            return Task.CompletedTask;
        }

        if (request.Path.FirstOrDefault(Climbs) is { } climbing)
        {
            throw access.Refusal($"send '{climbing}' as a part of a path, which could lead out of its repository");
        }

        return request.IsRedirected && request.Path is not ["repos", _, _, ..]
            ? throw access.Refusal(
                "follow a repository that was renamed or transferred to where GitHub does not tell: use its present name"
            )
            : JudgeRestAsync(request, cancellationToken);
    }

    public Task<bool> CleanAsync(GuardedRequest request, HttpResponseMessage response, JsonNode body, CancellationToken cancellationToken)
    {
        if (foreign.IsForeign(body))
        {
            throw access.Refusal("read what other repositories hold");
        }

        var list = ListsOthers(request) ? body as JsonArray ?? body["items"] as JsonArray : null;
        var changed = list is not null && foreign.DropUnknown(list);
        if (body is JsonObject search && list is not null && (changed || list.Count == 0))
        {
            // How many there are of what is hidden, and whether there are more, would answer questions about it; of a page without a hit nobody can tell.
            if (changed)
            {
                search["total_count"] = list.Count;
            }
            else
            {
                search.Remove("total_count");
            }

            response.Headers.Remove("Link");
            changed = true;
        }

        return Task.FromResult(foreign.Drop(body) || changed);
    }

    /// <summary>
    /// Whether a part of a path would climb if somebody between here and there unescaped it once more, or took other characters for
    /// dots and slashes.
    /// </summary>
    private static bool Climbs(string segment)
    {
        var plain = segment;
        for (var i = 0; i < MostEscapes && plain.Contains('%', StringComparison.Ordinal); i++)
        {
            plain = Uri.UnescapeDataString(plain);
        }

        return plain.Normalize(NormalizationForm.FormKC).Split('/', '\\', '?', '#', ';', '\0').Any(part => part.Trim() is "." or "..");
    }

    private void JudgeGraphQl(GraphQlScope scope, bool isRedirected)
    {
        if (isRedirected)
        {
            throw access.Refusal("follow where GitHub leads a GraphQL request to");
        }

        if (scope.Owner is { } owner)
        {
            access.Demand(owner, scope.Repository, scope.IsMutation);
        }
        else if (scope.IsMutation)
        {
            throw access.Refusal("change what belongs to no repository");
        }
    }

    /// <summary>Whether the response lists repositories, issues or notifications of any repository.</summary>
    private static bool ListsOthers(GuardedRequest request) =>
        request.GraphQl is null
        && request.Path switch
        {
            ["search", _] => !request.IsWrite,
            ["notifications", ..] => !request.IsWrite,
            ["user", "repos" or "starred"] or ["users", _, "starred"] => !request.IsWrite,
            _ => false,
        };

    private async Task JudgeRestAsync(GuardedRequest request, CancellationToken cancellationToken)
    {
        var write = request.IsWrite;
        switch (request.Path)
        {
            case ["repos", var owner, var repo, .. var rest]:
                await JudgeRepositoryAsync(request, owner, repo, rest, cancellationToken);
                break;
            case ["user", "starred", var owner, var repo]:
                access.Demand(owner, repo, write: false);
                break;
            case ["orgs", var org, .. var rest]:
                access.Demand(org, null, write);
                await JudgeProjectItemAsync(request, rest, cancellationToken);
                break;
            case ["users", var owner, "projectsV2", .. var rest]:
                access.Demand(owner, null, write);
                await JudgeProjectItemAsync(request, ["projectsV2", .. rest], cancellationToken);
                break;
            case ["notifications", "threads", var id, ..] when write:
                await JudgeThreadAsync(request, id, cancellationToken);
                break;
            case ["notifications"] when write && access.LimitsReads:
                throw access.Refusal("mark the notifications of all repositories: give owner and repo");
            case ["search", var kind] when !write:
                request.Message.RequestUri = SearchScope.Apply(request.Message.RequestUri!, kind, access);
                break;
            case ["notifications", ..]:
            case ["user", "repos" or "starred"] or ["users", _, "starred"] when !write:
            case ["user"] or ["user", "orgs"] or ["users", _] or ["advisories", ..] or ["rate_limit"] when !write:
                break;
            default:
                if (write || access.LimitsReads)
                {
                    throw access.Refusal(
                        $"{(write ? "change" : "read")} what belongs to no repository ({request.Message.Method} /{request.Path.FirstOrDefault()})"
                    );
                }

                break;
        }
    }

    /// <summary>Some requests to a repository reach into another.</summary>
    private async Task JudgeRepositoryAsync(
        GuardedRequest request,
        string owner,
        string repo,
        string[] rest,
        CancellationToken cancellationToken
    )
    {
        // A fork changes nothing where it comes from.
        access.Demand(owner, repo, request.IsWrite && rest is not ["forks"]);
        switch (rest)
        {
            case ["forks"] when request.IsWrite:
                access.Demand(
                    await request.TextAsync("organization", cancellationToken)
                        ?? throw access.Refusal("fork into the account of the token's user: give organization"),
                    null,
                    write: true
                );
                break;
            case ["compare", var range]:
                foreach (var end in range.Split("..."))
                {
                    DemandFork(end, repo);
                }

                break;
            case ["pulls"] when request.IsWrite:
                DemandFork(
                    await request.TextAsync("head", cancellationToken),
                    await request.TextAsync("head_repo", cancellationToken) ?? repo
                );
                break;
            case ["issues", _, "sub_issues"] when request.Message.Method == HttpMethod.Post && !access.MayWrite(owner, null):
                throw access.Refusal($"add sub-issues, which go by ids that could be of any repository of {owner}");
        }
    }

    /// <summary>owner:branch or owner:repo:branch is a branch of a fork.</summary>
    private void DemandFork(string? branch, string repo)
    {
        if (branch?.Split(':') is [var owner, _, ..] parts)
        {
            access.Demand(owner, parts.Length > 2 ? parts[1] : repo.Split('/')[^1], write: false);
        }
    }

    /// <summary>What is added to a project is an issue of any repository.</summary>
    private async Task JudgeProjectItemAsync(GuardedRequest request, string[] path, CancellationToken cancellationToken)
    {
        if (request.IsWrite && path is ["projectsV2", _, "items"] && await request.TextAsync("owner", cancellationToken) is { } owner)
        {
            access.Demand(owner, await request.TextAsync("repo", cancellationToken), write: false);
        }
    }

    /// <summary>A thread's number says nothing of its repository, so it is read first.</summary>
    private async Task JudgeThreadAsync(GuardedRequest request, string id, CancellationToken cancellationToken)
    {
        if (!access.LimitsReads)
        {
            return;
        }

        using var question = new HttpRequestMessage(HttpMethod.Get, host.At($"notifications/threads/{Uri.EscapeDataString(id)}"));
        using var answer = await request.AskAsync(question);
        if (!foreign.IsKnown(await GuardHandler.ReadJsonAsync(answer, cancellationToken)))
        {
            throw access.Refusal("change notifications of other repositories");
        }
    }
}

using GitHub.Api;
using GitHub.Branches;
using GitHub.Commits;
using GitHub.Context;
using GitHub.Files;
using GitHub.Guards;
using GitHub.PullRequests;
using GitHub.Repositories;
using GitHub.Users;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GitHub.Contents;

/// <summary>Proposes values for the variables of <see cref="ContentTemplates"/> while a person types them.</summary>
internal sealed class ContentCompletions(
    IContextApi me,
    IUsersApi users,
    IRepositoriesApi repositories,
    IRefsApi refs,
    ICommitsApi commits,
    IPullRequestsApi pulls,
    IFilesApi files,
    RepositoryAccess access
)
{
    /// <summary>The most values a response may hold by the specification, and a page of GitHub's.</summary>
    private const int Most = 100;

    /// <exception cref="McpProtocolException">The variable is unknown, or depends on others the context does not give.</exception>
    public async ValueTask<CompleteResult> CompleteAsync(RequestContext<CompleteRequestParams> request, CancellationToken cancellationToken)
    {
        if (request.Params.Ref is not ResourceTemplateReference)
        {
            return new();
        }

        var typed = request.Params.Argument.Value ?? "";
        var context = new Variables(request.Params.Context?.Arguments);
        var proposed = request.Params.Argument.Name switch
        {
            "owner" => await OwnersAsync(typed, cancellationToken),
            "repo" => await RepositoriesAsync(context["owner"], typed, cancellationToken),
            "branch" => await RefsAsync(context["owner"], context["repo"], "heads", typed, cancellationToken),
            "tag" => await RefsAsync(context["owner"], context["repo"], "tags", typed, cancellationToken),
            "sha" => await ShasAsync(context["owner"], context["repo"], cancellationToken),
            "prNumber" => await PullRequestsAsync(context["owner"], context["repo"], cancellationToken),
            "path" => await PathsAsync(context, typed, cancellationToken),
            var other => throw new McpProtocolException(
                $"The variable '{other}' is not one of owner, repo, branch, sha, tag, prNumber and path.",
                McpErrorCode.InvalidParams
            ),
        };
        var values = proposed
            .Where(value => value.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new()
        {
            Completion = new()
            {
                Values = [.. values.Take(Most)],
                Total = values.Count,
                HasMore = values.Count > Most,
            },
        };
    }

    /// <summary>The token's user and its organizations, then whoever else is called so.</summary>
    private async Task<IEnumerable<string>> OwnersAsync(string typed, CancellationToken cancellationToken)
    {
        var own = await me.GetMeAsync(cancellationToken);
        var organizations = await me.ListOrganizationsAsync(Most, cancellationToken);
        var owners = organizations.Select(organization => organization.Login).Prepend(own.Login);
        if (typed.Length > 0 && !access.LimitsReads)
        {
            var others = await users.SearchAsync($"{typed} in:login", null, null, null, Most, cancellationToken).ToPageAsync();
            owners = owners.Concat(others.Items.Select(user => user.Login));
        }

        return owners.Where(access.MayReadSomeOf);
    }

    private async Task<IEnumerable<string>> RepositoriesAsync(string owner, string typed, CancellationToken cancellationToken)
    {
        if (access.ReadablePatterns is { } patterns && !access.MayRead(owner, null))
        {
            return patterns
                .Select(pattern => pattern.Split('/'))
                .Where(parts => parts[0].Equals(owner, StringComparison.OrdinalIgnoreCase))
                .Select(parts => parts[1]);
        }

        var query = typed.Length == 0 ? $"user:{owner} fork:true" : $"{typed} in:name user:{owner} fork:true";
        var found = await repositories.SearchAsync(query, null, null, null, Most, cancellationToken).ToPageAsync();
        return found.Items.Select(repository => repository.Name);
    }

    private async Task<IEnumerable<string>> RefsAsync(
        string owner,
        string repo,
        string kind,
        string typed,
        CancellationToken cancellationToken
    )
    {
        var found = await refs.ListMatchingAsync(owner, repo, $"{kind}/{typed}".TrimEnd('/'), cancellationToken);
        return found.Select(known => known.Ref[$"refs/{kind}/".Length..]);
    }

    private async Task<IEnumerable<string>> ShasAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        var latest = await commits.ListAsync(owner, repo, null, null, null, null, null, null, Most, cancellationToken).ToPageAsync();
        return latest.Items.Select(commit => commit.Sha);
    }

    private async Task<IEnumerable<string>> PullRequestsAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        var open = await pulls.ListAsync(owner, repo, "open", null, null, null, null, null, Most, cancellationToken).ToPageAsync();
        return open.Items.Select(pull => pull.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Folders, then files, of the folder typed so far.</summary>
    private async Task<IEnumerable<string>> PathsAsync(Variables context, string typed, CancellationToken cancellationToken)
    {
        var (owner, repo) = (context["owner"], context["repo"]);
        var reference = ContentReference.Of(context.Find("branch"), context.Find("sha"), context.Find("tag"), context.Find("prNumber"));
        var folder = typed[..(typed.LastIndexOf('/') + 1)];
        var entry = folder.Trim('/') is { Length: > 0 } path
            ? await files.GetAsync(owner, repo, path, reference, cancellationToken).OrNullAsync()
            : await files.GetRootAsync(owner, repo, reference, cancellationToken).OrNullAsync();
        return (entry?.Entries ?? [])
            .OrderBy(child => child.Type != "dir")
            .Select(child => $"{folder}{child.Name}{(child.Type == "dir" ? "/" : "")}");
    }

    /// <summary>The variables that have a value already.</summary>
    private sealed class Variables(IDictionary<string, string>? given)
    {
        public string this[string name] =>
            Find(name)
            ?? throw new McpProtocolException(
                $"Completions here depend on '{name}': give it in context.arguments.",
                McpErrorCode.InvalidParams
            );

        public string? Find(string name) => given is not null && given.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
    }
}

using System.Text.Json.Nodes;
using GitHub.Api;

namespace GitHub.Guards;

/// <summary>
/// In lockdown, text of outsiders in public repositories does not come in, whatever tool asks; what has no author in its response only if it is
/// found trusted before.
/// </summary>
internal sealed class LockdownGuard(LockdownMode mode, AuthorTrust trust, UnauthoredContent unauthored) : IGuard
{
    private const int MostAtOnce = 4;

    public bool IsOn => mode.IsOn;

    public bool ReadsAnswers => true;

    public Task JudgeAsync(GuardedRequest request, CancellationToken cancellationToken) =>
        unauthored.DemandTrustedAsync(request, cancellationToken);

    public async Task<bool> CleanAsync(
        GuardedRequest request,
        HttpResponseMessage response,
        JsonNode body,
        CancellationToken cancellationToken
    )
    {
        var scope =
            request.GraphQl ?? (request.Path is ["repos", var owner, var repo, ..] ? GraphQlScope.Of(owner, repo) : GraphQlScope.Viewer);
        var texts = AuthoredTexts
            .In(body, scope.Owner, scope.Repository)
            .GroupBy(text => (text.Owner, text.Repository, string.Join('/', text.Authors)))
            .ToList();
        var changed = await WithholdAsync(
            texts,
            text => trust.OfAllAsync(text.Key.Owner, text.Key.Repository, text.First().Authors, cancellationToken),
            text => text.Withhold(),
            cancellationToken
        );
        if (request.Path is ["repos", var place, var name, "code-scanning" or "code-quality", ..])
        {
            changed |= await WithholdAsync(
                PullRequestAlert.In(body).GroupBy(alert => alert.PullRequest).ToList(),
                alerts => unauthored.OfPullRequestAsync(place, name, alerts.Key, cancellationToken),
                alert => alert.Withhold(),
                cancellationToken
            );
        }

        if (request.Path is ["repos", var home, var its, "actions", "workflows", ..])
        {
            changed |= await WithholdAsync(
                ListedWorkflow.In(body).GroupBy(workflow => workflow.Path).ToList(),
                workflow => unauthored.OfWorkflowAsync(home, its, workflow.Key, cancellationToken),
                workflow => workflow.Withhold(),
                cancellationToken
            );
        }

        return changed;
    }

    private async Task<bool> WithholdAsync<TKey, T>(
        List<IGrouping<TKey, T>> groups,
        Func<IGrouping<TKey, T>, Task<Trust>> judgeAsync,
        Action<T> withhold,
        CancellationToken cancellationToken
    )
    {
        var trusts = new Trust[groups.Count];
        await Parallel.ForAsync(
            0,
            groups.Count,
            new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken },
            async (i, _) => trusts[i] = await judgeAsync(groups[i])
        );
        var outsiders = groups.Zip(trusts).Where(pair => pair.Second != Trust.Trusted).ToList();
        foreach (var (group, found) in outsiders)
        {
            foreach (var text in group)
            {
                withhold(text);
                mode.Withhold(isKnown: found == Trust.Outsider);
            }
        }

        return outsiders.Count > 0;
    }
}

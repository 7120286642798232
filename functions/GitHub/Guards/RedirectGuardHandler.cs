using GitHub.Api;

namespace GitHub.Guards;

/// <summary>
/// The innermost of the guards' handlers, within what follows redirects: the guards judge each place anew that GitHub leads to. From a
/// repository's old name it leads to its number, wherever it was renamed or transferred to, so that is asked for its name first.
/// </summary>
internal sealed class RedirectGuardHandler(IReadOnlyList<IGuard> guards, GitHubHost host) : DelegatingHandler
{
    /// <summary>What a question about the repository has in common with the request.</summary>
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization",
        "User-Agent",
        "X-GitHub-Api-Version",
        "Accept",
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var on = guards.Where(guard => guard.IsOn).ToList();
        if (on.Count == 0 || (request.Options.TryGetValue(GuardHandler.Judged, out var judged) && judged == request.RequestUri))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var path = host.PathOf(request);
        if (path is ["repositories", var id, .. var rest] && await NameOfAsync(request, id, cancellationToken) is [var owner, var repo])
        {
            path = ["repos", owner, repo, .. rest];
        }

        var guarded = new GuardedRequest(request, path, question => base.SendAsync(question, cancellationToken)) { IsRedirected = true };
        foreach (var guard in on)
        {
            await guard.JudgeAsync(guarded, cancellationToken);
        }

        request.Options.Set(GuardHandler.Judged, request.RequestUri!);
        return await base.SendAsync(request, cancellationToken);
    }

    private async Task<string[]?> NameOfAsync(HttpRequestMessage request, string id, CancellationToken cancellationToken)
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, host.At($"repositories/{Uri.EscapeDataString(id)}"));
        foreach (var (name, values) in request.Headers.Where(header => Common.Contains(header.Key)))
        {
            question.Headers.TryAddWithoutValidation(name, values);
        }

        using var answer = await base.SendAsync(question, cancellationToken);
        return answer.IsSuccessStatusCode
            ? GuardHandler.Text(await GuardHandler.ReadJsonAsync(answer, cancellationToken), "full_name")?.Split('/')
            : null;
    }
}

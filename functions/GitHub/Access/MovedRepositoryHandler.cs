using System.Text.Json.Nodes;
using GitHub.Client;

namespace GitHub.Access;

/// <summary>
/// The innermost handler of every client: GitHub redirects from a repository's old name to its number, wherever it was
/// renamed or transferred to. Whose it is now decides whether the redirect may be followed.
/// </summary>
internal sealed class MovedRepositoryHandler(RepositoryAccess access, GitHubHost host) : DelegatingHandler
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
        if (access.LimitsWrites && host.PathOf(request) is ["repositories", var id, ..])
        {
            using var question = new HttpRequestMessage(HttpMethod.Get, host.At($"repositories/{id}"));
            foreach (var (name, values) in request.Headers.Where(header => Common.Contains(header.Key)))
            {
                question.Headers.TryAddWithoutValidation(name, values);
            }

            using var answer = await base.SendAsync(question, cancellationToken);
            var repository = answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)) : null;
            if (((string?)repository?["full_name"])?.Split('/') is not [var owner, var repo])
            {
                throw access.Refusal(
                    "follow a repository that was renamed or transferred to where GitHub does not tell: use its present name"
                );
            }

            access.Demand(owner, repo, RepositoryAccessHandler.IsWrite(request));
        }

        return await base.SendAsync(request, cancellationToken);
    }
}

using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GitHub.Client;
using Microsoft.Extensions.DependencyInjection;

namespace GitHub.Lockdown;

/// <summary>
/// The outermost handler of every client: in lockdown, text of outsiders in public repositories does not come in, whatever tool asks;
/// what has no author in its answer only if it is found trusted before.
/// </summary>
internal sealed class LockdownHandler(LockdownMode mode, GitHubHost host, IServiceProvider services) : DelegatingHandler
{
    private const int MostAtOnce = 4;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!mode.IsOn)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var path = host.PathOf(request);
        await services.GetRequiredService<UnauthoredContent>().DemandTrustedAsync(path, request, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        var scope =
            GraphQlScope.Of(request)
            ?? (path is ["repos", var ownerOf, var repoOf, ..] ? GraphQlScope.Of(ownerOf, repoOf) : GraphQlScope.Viewer);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            await WithholdAsync(response, scope, cancellationToken);
        }

        return response;
    }

    private async Task WithholdAsync(HttpResponseMessage response, GraphQlScope scope, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var body = bytes.Length == 0 ? null : JsonNode.Parse(bytes);
        var authors = AuthoredText
            .In(body, scope.Owner, scope.Repository)
            .GroupBy(text => (text.Owner, text.Repository, text.Author))
            .ToList();
        if (authors.Count == 0)
        {
            return;
        }

        var trusts = new Trust[authors.Count];
        await Parallel.ForAsync(
            0,
            authors.Count,
            new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken },
            async (i, token) =>
                trusts[i] = await services
                    .GetRequiredService<AuthorTrust>()
                    .OfAsync(authors[i].Key.Owner, authors[i].Key.Repository, authors[i].Key.Author, token)
        );
        foreach (var (author, trust) in authors.Zip(trusts).Where(pair => pair.Second != Trust.Trusted))
        {
            foreach (var text in author)
            {
                text.Withhold();
                mode.Withhold(isKnown: trust == Trust.Outsider);
            }
        }

        response.Content = new StringContent(body!.ToJsonString(), new MediaTypeHeaderValue("application/json"));
    }
}

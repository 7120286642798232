using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitHub.Client;
using McpGateway.Upstream;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace GitHub.Lockdown;

/// <summary>
/// The outermost handler of every client: in lockdown, text of outsiders in public repositories does not come in, whatever tool asks, and
/// what of a pull request has no author of its own (diff, files, commits) only if the pull request's author is trusted.
/// </summary>
internal sealed partial class LockdownHandler(LockdownMode mode, GitHubHost host, IServiceProvider services) : DelegatingHandler
{
    private const int MostAtOnce = 4;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!mode.IsOn)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        string[] path = [.. request.RequestUri!.AbsolutePath[host.Rest.AbsolutePath.TrimEnd('/').Length..].Trim('/').Split('/').Select(Uri.UnescapeDataString)];
        if (path is ["repos", var owner, var repo, "pulls", var number, .. var rest] && (rest is ["files"] or ["commits"] || (rest is [] && AsksForDiff(request))))
        {
            await DemandTrustedAuthorAsync(owner, repo, number, cancellationToken);
        }
        else if (path is ["repos", var ownerOfHead, var repoOfHead, .. var asked] && PullRequestHead(asked, request.RequestUri.Query) is { } numberOfHead)
        {
            await DemandTrustedAuthorAsync(ownerOfHead, repoOfHead, numberOfHead, cancellationToken);
        }

        var response = await base.SendAsync(request, cancellationToken);
        var scope = GraphQlScope.Of(request) ?? (path is ["repos", var ownerOf, var repoOf, ..] ? GraphQlScope.Of(ownerOf, repoOf) : GraphQlScope.Viewer);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            await WithholdAsync(response, scope, cancellationToken);
        }

        return response;
    }

    // The other way to what a pull request changes: files, trees and commits at its ref.
    private static string? PullRequestHead(string[] path, string query)
    {
        var reference = path is ["contents", ..] ? QueryHelpers.ParseQuery(query)["ref"].ToString() : string.Join('/', path);
        return PullRequestReference().Match(reference) is { Success: true } match ? match.Groups["number"].Value : null;
    }

    [GeneratedRegex("(^|/)pull/(?<number>[0-9]+)/(head|merge)(/|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex PullRequestReference();

    private static bool AsksForDiff(HttpRequestMessage request) => request.Headers.Accept.Any(type => type.MediaType?.EndsWith("json", StringComparison.Ordinal) == false);

    private async Task DemandTrustedAuthorAsync(string owner, string repo, string number, CancellationToken cancellationToken)
    {
        var author = (await services.GetRequiredService<IAuthorsApi>().GetPullRequestAsync(owner, repo, number, cancellationToken)).User;
        var trust = await services.GetRequiredService<AuthorTrust>().OfAsync(owner, repo, author, cancellationToken);
        if (trust != Trust.Trusted)
        {
            var why = trust == Trust.Outsider ? "its author has no push access to this public repository" : "GitHub did not tell whether its author has push access to this public repository";
            throw new UpstreamException($"Lockdown mode withholds what #{number} changes in {owner}/{repo}: {why}.");
        }
    }

    private async Task WithholdAsync(HttpResponseMessage response, GraphQlScope scope, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var body = bytes.Length == 0 ? null : JsonNode.Parse(bytes);
        var authors = AuthoredText.In(body, scope.Owner, scope.Repository).GroupBy(text => (text.Owner, text.Repository, text.Author)).ToList();
        if (authors.Count == 0)
        {
            return;
        }

        var trusts = new Trust[authors.Count];
        await Parallel.ForAsync(0, authors.Count, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken }, async (i, token) =>
            trusts[i] = authors[i].Key is ({ } owner, { } repo, var author) ? await services.GetRequiredService<AuthorTrust>().OfAsync(owner, repo, author, token) : Trust.Unknown);
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

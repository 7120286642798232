using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GitHub.Client;

namespace GitHub.Access;

/// <summary>
/// The outermost handler of every client: no request leaves for a repository outside of the operator's lists, and what
/// searches and lists answer of others is dropped. What it does not know it refuses, so a new tool cannot forget it.
/// </summary>
internal sealed class RepositoryAccessHandler(RepositoryAccess access, GitHubHost host) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!access.LimitsWrites)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var mayListOthers = GraphQlScope.Of(request) is { } scope ? CheckGraphQl(scope) : CheckRest(request);
        var response = await base.SendAsync(request, cancellationToken);
        if (mayListOthers && access.LimitsReads)
        {
            await DropOthersAsync(response, cancellationToken);
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

    /// <returns>Whether the answer may list repositories, issues or notifications of others.</returns>
    private bool CheckRest(HttpRequestMessage request)
    {
        var write = request.Method != HttpMethod.Get && request.Method != HttpMethod.Head;
        string[] path = [.. request.RequestUri!.AbsolutePath[host.Rest.AbsolutePath.TrimEnd('/').Length..].Trim('/').Split('/').Select(Uri.UnescapeDataString)];
        switch (path)
        {
            case ["repos", var owner, var repo, ..]:
                access.Demand(owner, repo, write);
                return false;
            case ["user", "starred", var owner, var repo]:
                access.Demand(owner, repo, write: false);
                return false;
            case ["orgs", var org, ..]:
                access.Demand(org, null, write);
                return false;
            case ["users", var owner, "projectsV2", ..]:
                access.Demand(owner, null, write);
                return false;
            case ["notifications", ..]:
            case ["user", "repos" or "starred"] or ["users", _, "starred"] or ["search", _] when !write:
                return true;
            case ["user"] or ["user", "orgs"] or ["users", _] or ["advisories", ..] or ["rate_limit"] when !write:
                return false;
            default:
                if (write || access.LimitsReads)
                {
                    throw access.Refusal($"{(write ? "change" : "read")} what belongs to no repository ({request.Method} /{path[0]})");
                }

                return false;
        }
    }

    private async Task DropOthersAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode || await ReadJsonAsync(response, cancellationToken) is not { } body)
        {
            return;
        }

        if (body is JsonObject thread && RepositoryOf(thread) is not null && !IsAllowed(thread))
        {
            throw access.Refusal("read what other repositories hold");
        }

        if ((body as JsonArray ?? body["items"] as JsonArray) is { } items)
        {
            var dropped = items.RemoveAll(item => item is not JsonObject entry || !IsAllowed(entry));
            if (dropped > 0 && body is JsonObject wrapper)
            {
                // The count of what is hidden would answer questions about it.
                wrapper["total_count"] = items.Count;
            }
        }

        response.Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
    }

    private static async Task<JsonNode?> ReadJsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return stream.Length == 0 ? null : await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken);
    }

    /// <summary>Users have no repository and are anyone's to read.</summary>
    private bool IsAllowed(JsonObject entry) => RepositoryOf(entry) switch
    {
        [var owner, var repo] => access.MayRead(owner, repo),
        _ => entry["login"] is not null,
    };

    private static string[]? RepositoryOf(JsonObject entry)
    {
        var fullName = (string?)(entry["repository"]?["full_name"] ?? entry["repo"]?["full_name"] ?? entry["full_name"])
            ?? string.Join('/', ((string?)entry["repository_url"])?.Split('/')[^2..] ?? []);
        return fullName.Split('/') is [{ Length: > 0 }, { Length: > 0 }] parts ? parts : null;
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using GitHub.Text;
using McpGateway.Upstream;
using McpGateway.Upstream.Calls;
using McpGateway.Upstream.Reading;
using Refit;

namespace GitHub.Api;

/// <summary>GitHub's GraphQL API. Documents alias what they select to snake_case, so that records read REST and GraphQL alike.</summary>
/// <param name="followsRenames">Whether a repository is found by the name it had before, for the call of the moment.</param>
internal sealed class GraphQl(IGraphQlApi api, GitHubErrors gitHubErrors, Func<bool> followsRenames)
{
    /// <summary>Reads; errors under 200 throw like any other.</summary>
    /// <param name="variables">An anonymous object; a null member is a variable not given.</param>
    /// <param name="features">Previews to switch on, for the GraphQL-Features header.</param>
    public Task<T> QueryAsync<T>(
        GraphQlScope scope,
        string document,
        object variables,
        CancellationToken cancellationToken,
        string? features = null
    ) => SendAsync<T>(scope with { IsMutation = false }, document, variables, features, cancellationToken);

    /// <summary>Changes something; never sent twice.</summary>
    public Task<T> MutateAsync<T>(
        GraphQlScope scope,
        string document,
        object variables,
        CancellationToken cancellationToken,
        string? features = null
    ) => SendAsync<T>(scope with { IsMutation = true }, document, variables, features, cancellationToken);

    private async Task<T> SendAsync<T>(
        GraphQlScope scope,
        string document,
        object variables,
        string? features,
        CancellationToken cancellationToken
    )
    {
        var sent = followsRenames()
            ? document
            : document.Replace("repository(", "repository(followRenames: false, ", StringComparison.Ordinal);
        using var response = await api.SendAsync(new(sent, variables), scope, features, cancellationToken);
        var answer = response.Read();
        var status = response.StatusCode ?? HttpStatusCode.OK;
        var mayBeDone = scope.IsMutation && HasPayload(answer.Data);
        if (answer.Errors is { Count: > 0 } errors)
        {
            var said = Describe(errors, response.Headers!);
            var refused = new UpstreamException(
                mayBeDone ? $"{said} The change may have been made all the same: check before you try again." : said
            );
            if (scope.IsMutation || answer.Data.ValueKind != JsonValueKind.Object || !errors.All(error => error.IsOfAnItem))
            {
                throw refused;
            }

            // What the token may not see of one item takes no other with it.
            try
            {
                var before = UpstreamCall.Current?.LeftOut;
                var rest = ResponseJson.Read<T>(answer.Data, GitHubJson.Options);
                // An item that is null is counted already.
                UpstreamCall.Current?.LeaveOut(UpstreamCall.Current.LeftOut == before ? errors.Count : 0);
                return rest;
            }
            catch (JsonException)
            {
                throw refused;
            }
        }

        var advice = scope.IsMutation ? "The change may have been made: check before you try again." : "Try again later.";
        if (answer.Data.ValueKind != JsonValueKind.Object)
        {
            throw UnreadableResponse.Create("GitHub", status, "neither data nor an error", advice);
        }

        if (scope.IsMutation && !mayBeDone)
        {
            throw UnreadableResponse.Create("GitHub", status, "null in the place of what became of the change", advice);
        }

        try
        {
            return ResponseJson.Read<T>(answer.Data, GitHubJson.Options);
        }
        catch (JsonException e)
        {
            throw UnreadableResponse.Create("GitHub", status, e, advice);
        }
    }

    /// <summary>Whether a mutation has a payload: of one that failed it is null, and what fails within it fails afterwards.</summary>
    private static bool HasPayload(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.EnumerateObject().Any(member => member.Value.ValueKind != JsonValueKind.Null);

    private string Describe(IReadOnlyList<GraphQlError> errors, HttpResponseHeaders headers)
    {
        var said = Sanitizer.CleanPlain(string.Join("; ", errors.Take(3).Select(error => error.Message)));
        var advice = errors.Select(error => gitHubErrors.Advise(error, headers)).FirstOrDefault(advice => advice.Length > 0);
        return $"GitHub reported: {said}{(said.EndsWith('.') ? "" : ".")}{advice}";
    }
}

/// <summary>The one call GraphQL is made of.</summary>
internal interface IGraphQlApi
{
    [Post("/graphql")]
    Task<ApiResponse<GraphQlAnswer>> SendAsync(
        [Body] GraphQlRequest request,
        [Property(GraphQlScope.Property)] GraphQlScope scope,
        [Header("GraphQL-Features")] string? features,
        CancellationToken cancellationToken
    );
}

internal sealed record GraphQlRequest(string Query, object Variables);

internal sealed record GraphQlAnswer(JsonElement Data = default, IReadOnlyList<GraphQlError>? Errors = null);

internal sealed record GraphQlError(string Message, string? Type = null, IReadOnlyList<JsonElement>? Path = null)
{
    /// <summary>Whether only an item of a list is concerned.</summary>
    public bool IsOfAnItem => Path?.Any(step => step.ValueKind == JsonValueKind.Number) == true;
}

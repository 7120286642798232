using System.Net;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using McpGateway.Upstream;
using Refit;

namespace GitHub.Api;

/// <summary>Part of a list, and how to get the next part.</summary>
/// <param name="HasMore">Whether there is a next part.</param>
/// <param name="NextPage">The <c>page</c> of the next part.</param>
/// <param name="NextCursor">The <c>after</c> of the next part.</param>
/// <param name="TotalCount">How many there are in all, where GitHub says so.</param>
/// <param name="IncompleteResults">Set when a search ran out of time.</param>
internal sealed record Page<T>(
    IReadOnlyList<T> Items,
    [property: JsonPropertyName("hasMore")] bool HasMore,
    [property: JsonPropertyName("nextPage")] int? NextPage = null,
    [property: JsonPropertyName("nextCursor")] string? NextCursor = null,
    [property: JsonPropertyName("totalCount")] long? TotalCount = null,
    bool? IncompleteResults = null
);

/// <summary>What GitHub's searches return.</summary>
/// <param name="TotalCount">Null where the operator's lists keep it back.</param>
internal sealed record SearchList<T>(long? TotalCount, bool IncompleteResults, IReadOnlyList<T> Items);

/// <summary>A GraphQL connection.</summary>
internal sealed record Connection<T>(IReadOnlyList<T> Nodes, long? TotalCount = null, CursorInfo? PageInfo = null)
{
    /// <summary>What the token may see; in the place of anything else GitHub puts null.</summary>
    public IReadOnlyList<T> Nodes { get; init; } = [.. (Nodes ?? []).Where(node => node is not null)];

    public Page<T> ToPage() =>
        new(
            Nodes,
            PageInfo?.HasNextPage == true,
            NextCursor: PageInfo?.HasNextPage == true ? PageInfo.EndCursor : null,
            TotalCount: TotalCount
        );
}

internal sealed record CursorInfo(bool HasNextPage, string? EndCursor = null);

/// <summary>Reads where the next part of a list is: https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api.</summary>
internal static partial class Paging
{
    /// <summary>A bare array.</summary>
    public static async Task<Page<T>> ToPageAsync<T>(this Task<ApiResponse<List<T>>> answer)
    {
        using var response = await answer;
        return PageOf(response, response.Read());
    }

    /// <summary>What a search found.</summary>
    public static Task<Page<T>> ToPageAsync<T>(this Task<ApiResponse<SearchList<T>>> answer) =>
        answer.ToPageAsync(found => found.Items, found => found.TotalCount, found => found.IncompleteResults);

    /// <summary>An array in an object with its count.</summary>
    public static async Task<Page<T>> ToPageAsync<TList, T>(
        this Task<ApiResponse<TList>> answer,
        Func<TList, IReadOnlyList<T>> items,
        Func<TList, long?> totalCount,
        Func<TList, bool>? isIncomplete = null
    )
    {
        using var response = await answer;
        var list = response.Read();
        return PageOf(response, items(list)) with
        {
            TotalCount = totalCount(list),
            IncompleteResults = isIncomplete?.Invoke(list) == true ? true : null,
        };
    }

    /// <summary>The response, or null where GitHub returns 404.</summary>
    public static async Task<T?> OrNullAsync<T>(this Task<T> answer)
        where T : class
    {
        try
        {
            return await answer;
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>A response that only adds to another: null when GitHub refuses it.</summary>
    public static async Task<T?> OrNullOnFailureAsync<T>(this Task<T?> answer)
        where T : class
    {
        try
        {
            return await answer;
        }
        catch (UpstreamException)
        {
            return null;
        }
    }

    /// <summary>The body of a response whose headers matter; one that cannot be read has thrown by then.</summary>
    public static T Read<T>(this ApiResponse<T> response) => response.Error is { } error ? throw error : response.Content!;

    /// <summary>Where an answer that is no list itself goes on.</summary>
    public static Page<object> RestOf(this IApiResponse response) => PageOf<object>(response, []);

    private static Page<T> PageOf<T>(IApiResponse response, IReadOnlyList<T> items)
    {
        var next =
            response.Headers is { } headers && headers.TryGetValues("Link", out var links)
                ? NextLink().Match(string.Join(", ", links)) is { Success: true } match
                    ? match.Groups[1].Value
                    : null
                : null;
        return new(
            items,
            next is not null,
            ParameterOf(next, "page") is { } page && int.TryParse(page, out var number) ? number : null,
            ParameterOf(next, "after")
        );
    }

    private static string? ParameterOf(string? url, string name) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var next) ? null
        : Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(next.Query) is var query && query.TryGetValue(name, out var value)
            ? value.ToString()
        : null;

    [GeneratedRegex("<([^>]+)>;\\s*rel=\"next\"")]
    private static partial Regex NextLink();
}

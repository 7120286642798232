using System.Text.RegularExpressions;
using Refit;

namespace GitHub.Api;

/// <summary>Reads where the next part of a list is: https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api.</summary>
internal static partial class Paging
{
    /// <summary>https://docs.github.com/en/rest/search/search#about-search</summary>
    private const int MostFound = 1000;

    /// <summary>A bare array.</summary>
    public static async Task<Page<T>> ToPageAsync<T>(this Task<ApiResponse<List<T>>> answer)
    {
        using var response = await answer;
        return PageOf(response, response.Read());
    }

    /// <summary>What a search found.</summary>
    public static async Task<Page<T>> ToPageAsync<T>(this Task<ApiResponse<SearchList<T>>> answer) =>
        (await answer.ToPageAsync(found => found.Items, found => found.TotalCount, found => found.IncompleteResults)).OfSearch();

    /// <summary>Says of the last part of what was searched for, rather than listed, that GitHub has found more than it gives.</summary>
    public static Page<T> OfSearch<T>(this Page<T> page) =>
        !page.HasMore && page.TotalCount > MostFound
            ? page with
            {
                Note =
                    $"GitHub gives the first {MostFound:N0} of what it finds: narrow the search, by a span of time for instance, to see the others.",
            }
            : page;

    /// <summary>Says that an order was not heeded: without a sort GitHub puts the best matches first.</summary>
    public static async Task<Page<T>> SortedAsync<T>(this Task<Page<T>> found, string? sort, string? order) =>
        sort is null && order == "asc"
            ? (await found).With("order='asc' counts only together with sort: without it GitHub puts the best matches first, as here.")
            : await found;

    /// <summary>Says of the last part of a list that GitHub lists no more than a number, and what has the others.</summary>
    public static Page<T> AtMost<T>(this Page<T> page, int most, int before, string remedy) =>
        !page.HasMore && before + page.Items.Count >= most ? page.With(remedy) : page;

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

    /// <summary>All items of a list of pages, up to a number of them.</summary>
    /// <param name="readAsync">Reads the page of a number.</param>
    /// <returns>The items, and whether these are all.</returns>
    public static async Task<(List<T> Items, bool IsWhole)> AllAsync<T>(Func<int, Task<Page<T>>> readAsync, int mostPages)
    {
        var all = new List<T>();
        for (var page = 1; ; )
        {
            var found = await readAsync(page);
            all.AddRange(found.Items);
            // A next page that leads back would be read for ever.
            if (found.NextPage is not { } next || next <= page || next > mostPages)
            {
                return (all, !found.HasMore);
            }

            page = next;
        }
    }

    /// <summary>The body of a response whose headers matter; one that cannot be read has thrown by then.</summary>
    public static T Read<T>(this ApiResponse<T> response) => response.Error is { } error ? throw error : response.Content!;

    /// <summary>Where a response that is not itself a list goes on.</summary>
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

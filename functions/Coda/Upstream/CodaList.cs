namespace Coda.Upstream;

/// <summary>A page of a list, as Coda sends it and as tools hand it on.</summary>
/// <param name="NextPageToken">Goes on where this page ends; absent at the end. A short page is not the end.</param>
public sealed record CodaList<T>(IReadOnlyList<T> Items, string? NextPageToken = null, string? Note = null)
{
    /// <summary>Whether nothing follows.</summary>
    public bool Complete => NextPageToken is null;
}

internal static class CodaLists
{
    private const int MostPages = 100;

    /// <summary>
    /// Reads pages until the end, until there are <paramref name="most"/> items, or until <paramref name="isEnough"/>; then
    /// the token goes on from there.
    /// </summary>
    public static async Task<CodaList<T>> ReadAllAsync<T>(
        Func<string?, Task<CodaList<T>>> readPage,
        int most = 2_000,
        Func<bool>? isEnough = null
    )
    {
        var items = new List<T>();
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        string? token = null;
        do
        {
            var page = await readPage(token);
            items.AddRange(page.Items);
            token = page.NextPageToken;
            // A token that has been there leads round in a circle, to the same items again.
        } while (token is not null && tokens.Add(token) && items.Count < most && tokens.Count < MostPages && isEnough?.Invoke() != true);

        return new(items, token);
    }
}

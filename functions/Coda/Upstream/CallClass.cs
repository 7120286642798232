namespace Coda.Upstream;

/// <summary>Coda's rate limit classes: https://coda.io/developers/apis/v1#section/Rate-Limiting.</summary>
internal enum CallKind
{
    Read,
    Write,
    ContentWrite,
    DocList,
    Analytics,
}

internal static class CallClass
{
    public static CallKind Of(HttpRequestMessage request, Uri baseUrl)
    {
        var path = request.RequestUri!.AbsolutePath[baseUrl.AbsolutePath.TrimEnd('/').Length..];
        if (request.Method != HttpMethod.Get)
        {
            return IsContent(path.Split('/')) ? CallKind.ContentWrite : CallKind.Write;
        }

        return path == "/docs" ? CallKind.DocList
            : path.StartsWith("/analytics/", StringComparison.Ordinal) ? CallKind.Analytics
            : CallKind.Read;
    }

    /// <summary>/docs/{doc}/pages/… but not an export, and /docs/{doc}/tables/{table}/rows….</summary>
    private static bool IsContent(string[] path) =>
        path is ["", "docs", _, "pages", ..] and not [.., "export"] or ["", "docs", _, "tables", _, "rows", ..];
}

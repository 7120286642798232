namespace Coda.Upstream;

/// <summary>Which of Coda's rate limits a call counts against.</summary>
internal static class CallKinds
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

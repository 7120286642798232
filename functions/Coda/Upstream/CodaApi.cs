using System.Net;
using System.Text.Json;
using McpGateway.Secrets;
using McpGateway.Upstream;

namespace Coda.Upstream;

/// <summary>Coda's API as the shared handlers need to know it.</summary>
internal static class CodaApi
{
    /// <summary>Hosts that page exports are downloaded from, besides those of the setting and the API's own.</summary>
    private static readonly string[] ExportHosts = ["coda.io", "*.coda.io", "superhuman.com", "*.superhuman.com"];

    public static UpstreamApi Describe(CodaOptions options)
    {
        var baseUrl = UpstreamUrl.Parse("CODA_API_BASE_URL", options.BaseUrl);
        return new()
        {
            Name = "Coda",
            BaseUrl = baseUrl,
            TokenSetting = "CODA_API_TOKEN",
            TokenPage = "https://coda.io/account",
            GetTokenAsync = (_, _) => ValueTask.FromResult(string.IsNullOrWhiteSpace(options.Token) ? null : options.Token.Trim()),
            // Every PUT and DELETE here goes by id; names are resolved before. POST and PATCH are sent once, except that an export changes nothing.
            MayRetry = request =>
                request.Method == HttpMethod.Get
                || request.Method == HttpMethod.Put
                || request.Method == HttpMethod.Delete
                || (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/export", StringComparison.Ordinal)),
            // A 429 comes before anything is done.
            ReplaysRefusedWrites = true,
            LongestClosedWait = TimeSpan.FromSeconds(30),
            // The call's own deadline is shorter.
            LongestQueue = TimeSpan.FromSeconds(45),
            BucketOf = request => CallKinds.Of(request, baseUrl).ToString(),
            CreateLimiter = CodaLimits.Of(options, baseUrl),
            ReadMessage = ReadMessage,
            Advise = Advise,
            AttemptTimeout = TimeSpan.FromSeconds(60),
        };
    }

    public static IReadOnlyList<string> DownloadHosts(CodaOptions options, UpstreamApi api) =>
        [
            .. ExportHosts,
            api.BaseUrl.Host,
            .. (options.ExportHosts ?? "")
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(HostOf),
        ];

    /// <exception cref="SettingException">The entry is not a host, so that no download would ever be from it.</exception>
    private static string HostOf(string entry) =>
        Uri.CheckHostName(entry.StartsWith("*.", StringComparison.Ordinal) ? entry[2..] : entry) != UriHostNameType.Unknown
            ? entry
            : throw new SettingException(
                $"CODA_EXPORT_HOSTS has '{entry}', which is not a host: use names such as files.example.org or *.example.org, separated by commas."
            );

    /// <summary>Coda's message, with the places of what it calls invalid.</summary>
    private static string? ReadMessage(JsonElement body)
    {
        var message = ErrorBody.ReadMessage(body);
        if (
            body.ValueKind == JsonValueKind.Object
            && body.TryGetProperty("codaDetail", out var detail)
            && detail.ValueKind == JsonValueKind.Object
            && detail.TryGetProperty("validationErrors", out var errors)
            && errors.ValueKind == JsonValueKind.Array
        )
        {
            message +=
                " "
                + string.Join(
                    "; ",
                    errors
                        .EnumerateArray()
                        .Where(e => e.ValueKind == JsonValueKind.Object)
                        .Select(e => $"{Text(e, "path")}: {Text(e, "message")}")
                );
        }

        return message?.Contains("request entity too large", StringComparison.OrdinalIgnoreCase) == true
            ? $"{message} (at most 2 MB in one request: send less at once)"
            : message;
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static string? Advise(HttpResponseMessage response)
    {
        var request = response.RequestMessage!;
        var path = request.RequestUri!.AbsolutePath;
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized
                when path.Contains("/analytics/docs/", StringComparison.Ordinal) && path.EndsWith("/pages", StringComparison.Ordinal) =>
                "Page analytics exist only for docs in an Enterprise workspace; the token itself may be fine.",
            HttpStatusCode.Forbidden when Says(response, "locked") => "Ask the doc's owner to unlock it, or write elsewhere.",
            HttpStatusCode.Forbidden =>
                "The token in CODA_API_TOKEN may not do this: it may be read-only or limited to another doc or table, or its user "
                    + "lacks the role (creating docs and pages and changing titles needs Doc Maker).",
            HttpStatusCode.NotFound =>
                "Check the ids: what the token cannot see is not found either. Something just created can take half a minute to appear.",
            HttpStatusCode.Gone => path.Contains("/pages/", StringComparison.Ordinal) ? "The page was deleted." : "The doc was deleted.",
            HttpStatusCode.UnprocessableEntity when path.Contains("/hooks/automation/", StringComparison.Ordinal) =>
                "The automation cannot run: check in Coda that the rule is on and is triggered by a webhook.",
            HttpStatusCode.BadRequest when request.Headers.Contains(LatestOnly) && Says(response, "up to date") =>
                "Coda's snapshot is behind the doc: call again in some seconds, or without requireLatest.",
            _ => null,
        };
    }

    /// <summary>Whether the body, which is loaded by now, has these words.</summary>
    private static bool Says(HttpResponseMessage response, string words)
    {
        using var reader = new StreamReader(response.Content.ReadAsStream(), leaveOpen: true);
        return reader.ReadToEnd().Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The header that refuses responses from a snapshot that is behind the doc.</summary>
    public const string LatestOnly = "X-Coda-Doc-Version";
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using GitHub.Credentials;
using GitHub.Text;
using McpGateway.Upstream;

namespace GitHub.Api;

/// <summary>What GitHub says of a failure, and what can be done about it.</summary>
internal sealed class GitHubErrors(GitHubCredential credential)
{
    /// <summary>The message, and for a 422 each field's own: "Issue.title (missing_field)".</summary>
    public static string? ReadMessage(JsonElement body)
    {
        var message = ErrorBody.ReadMessage(body);
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("errors", out var errors))
        {
            return Plain(message);
        }

        // Most endpoints return a list, some a text.
        var details = errors.ValueKind switch
        {
            JsonValueKind.Array => string.Join("; ", errors.EnumerateArray().Select(Describe).Where(detail => detail.Length > 0)),
            JsonValueKind.String => errors.GetString()!,
            JsonValueKind.Object => Describe(errors) is { Length: > 0 } known ? known : ErrorBody.ReadErrors(errors),
            _ => "",
        };
        return Plain(
            details.Length == 0 ? message
            : body.TryGetProperty("message", out _) ? $"{message}: {details}"
            : details
        );
    }

    private static string? Plain(string? message) => message is null ? null : Sanitizer.CleanPlain(message);

    /// <summary>What can be done when the App gets no token.</summary>
    public static string? AdviseApp(HttpResponseMessage response) =>
        response.StatusCode switch
        {
            HttpStatusCode.Unauthorized =>
                "GITHUB_APP_ID and the key in GITHUB_APP_PRIVATE_KEY do not belong together, the key was revoked, or this machine's clock is wrong.",
            HttpStatusCode.NotFound => "The App has no such installation: check GITHUB_APP_INSTALLATION_ID.",
            HttpStatusCode.Forbidden => "The App's installation is suspended.",
            _ => null,
        };

    public string? Advise(HttpResponseMessage response) =>
        response.StatusCode switch
        {
            HttpStatusCode.Unauthorized when credential.App is not null =>
                "GitHub refuses even a fresh token of the App in GITHUB_APP_ID: check that its installation "
                    + "(GITHUB_APP_INSTALLATION_ID) is neither suspended nor removed.",
            HttpStatusCode.Forbidden when SaysTooLarge(response) =>
                "GitHub's API serves files up to 100 MB; larger ones need a clone of the repository.",
            HttpStatusCode.Forbidden => AdviseForbidden(response),
            HttpStatusCode.NotFound => "Check the names and numbers. GitHub also returns 404 for what the gateway's token cannot see: "
                + $"a private repository needs {MissingAccess.Scope(response.Headers) ?? AccessFor(response)}.",
            HttpStatusCode.NotAcceptable =>
                "GitHub does not produce a diff this large: list what changed (pull_request_read get_files, or get_commit with page) and read single files.",
            HttpStatusCode.Conflict when SaysEmpty(response) =>
                "The repository has no commit yet: create_or_update_file or push_files makes the first one.",
            HttpStatusCode.Conflict => "Something changed in the meantime: read the current state, then try again.",
            HttpStatusCode.Gone when IsOfLogs(response) =>
                "Logs and artifacts are kept for 90 days, or for as long as the repository's settings say; these are gone.",
            HttpStatusCode.Gone => "It was deleted, or the feature is turned off for this repository.",
            HttpStatusCode.UnprocessableEntity => "That request changed nothing.",
            HttpStatusCode.UnavailableForLegalReasons => "GitHub blocks this repository.",
            _ => null,
        };

    private string AdviseForbidden(HttpResponseMessage response)
    {
        if (Header(response, "X-GitHub-SSO") is { } sso)
        {
            var link = sso.Split("url=").ElementAtOrDefault(1);
            return $"The organization requires single sign-on: authorize the {credential.Name} for it{(link is null ? "" : $" at {link}")}.";
        }

        return AdviseAccess(response.Headers);
    }

    private string AccessFor(HttpResponseMessage response) =>
        $"access to it for the {credential.Name}{MissingAccess.Permission(response.Headers, ", with ")}";

    /// <summary>What the credential lacks, by GitHub's own headers.</summary>
    private string AdviseAccess(HttpResponseHeaders headers) =>
        MissingAccess.Scope(headers) is { } scope ? $"The {credential.Name} lacks {scope}: add it and restart the gateway."
        : MissingAccess.IsClassic(headers)
            ? $"The {credential.Name} has the scopes for this, but its user may not do it here: that takes a higher role in the repository or organization."
        : MissingAccess.Permission(headers, "") is { Length: > 0 } permission
            ? $"The {credential.Name} needs {permission} here: "
                + $"{(credential.App is null ? "add it to the token" : "add it in the App's settings and accept it at the installation")}."
        : $"The {credential.Name} may not do this.";

    /// <summary>What can be done about an error of GraphQL's, which comes under 200.</summary>
    public string Advise(GraphQlError error, HttpResponseHeaders headers) =>
        error.Type switch
        {
            "NOT_FOUND" => " Check the names and numbers; what the gateway's token cannot see is not found either.",
            "INSUFFICIENT_SCOPES" when (MissingAccess.ScopeIn(error.Message) ?? MissingAccess.Scope(headers)) is { } scope =>
                $" The {credential.Name} lacks {scope}: add it and restart the gateway.",
            "INSUFFICIENT_SCOPES" => $" Add the scope to the {credential.Name} and restart the gateway.",
            "FORBIDDEN" => $" {AdviseAccess(headers)}",
            _ => "",
        };

    /// <summary>Files above 100 MB are refused as if they were forbidden.</summary>
    private static bool SaysTooLarge(HttpResponseMessage response) =>
        GitHubRateLimits.ReadBody(response) is { ValueKind: JsonValueKind.Object } body
        && body.TryGetProperty("errors", out var errors)
        && errors.ValueKind == JsonValueKind.Array
        && errors.EnumerateArray().Any(error => error.ValueKind == JsonValueKind.Object && Text(error, "code") == "too_large");

    private static bool SaysEmpty(HttpResponseMessage response) =>
        GitHubRateLimits.ReadBody(response) is { } body
        && ErrorBody.ReadMessage(body)?.Contains("is empty", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsOfLogs(HttpResponseMessage response) =>
        response.RequestMessage?.RequestUri?.AbsolutePath is { } path
        && (path.EndsWith("/logs", StringComparison.Ordinal) || path.Contains("/artifacts/", StringComparison.Ordinal));

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static string Describe(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return error.ToString();
        }

        var field = string.Join('.', new[] { Text(error, "resource"), Text(error, "field") }.OfType<string>());
        var code = Text(error, "code");
        var message = Text(error, "message");
        return string.Join(
            ": ",
            new[] { $"{field}{(code is null ? "" : $" ({code})")}".Trim(), message }.Where(part => !string.IsNullOrEmpty(part))
        );
    }

    private static string? Text(JsonElement error, string member) =>
        error.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

using System.Text.Json;
using GitHub.Api;

namespace GitHub.Answers;

/// <summary>Tells the reader of an answer what lockdown left out.</summary>
internal static class LockdownNotice
{
    /// <summary>Puts the notice before everything else in the object, so that no cut takes it away.</summary>
    /// <param name="json">An object.</param>
    public static string AddTo(string json, string? notice) =>
        notice is null
            ? json
            : $"{{\"lockdown\":{JsonSerializer.Serialize(notice, GitHubJson.Options)}{(json.AsSpan(1).TrimStart() is ['}', ..] ? "" : ",")}{json[1..]}";
}

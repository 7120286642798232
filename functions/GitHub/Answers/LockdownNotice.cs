using System.Text.Json.Nodes;
using GitHub.Api;

namespace GitHub.Answers;

/// <summary>Tells the reader of an answer what lockdown left out.</summary>
internal static class LockdownNotice
{
    /// <summary>Puts the notice before everything else in the object, so that no cut takes it away.</summary>
    public static string AddTo(string json, string? notice)
    {
        if (notice is null || JsonNode.Parse(json) is not JsonObject answer)
        {
            return json;
        }

        answer.Insert(0, "lockdown", notice);
        return answer.ToJsonString(GitHubJson.Options);
    }
}

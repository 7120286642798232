using System.Text.Json;
using McpGateway.Testing;

namespace GitHub.Specs;

/// <summary>Tools understand what GitHub answers: the examples of its own description.</summary>
public sealed class ExampleAnswerSpecs
{
    private static readonly Lazy<Task<JsonDocument>> Description = new(async () =>
        JsonDocument.Parse(await File.ReadAllBytesAsync(await NodeProgram.FindFileAsync("@octokit/openapi/generated/api.github.com.json"))));

    /// <summary>The operation's example is the answer; the named members of its first entry have to arrive.</summary>
    [Theory]
    [InlineData("list_notifications", "{}", "/notifications", "id reason")]
    [InlineData("get_notification_details", """{"notificationID":"1"}""", "/notifications/threads/{thread_id}", "id reason")]
    [InlineData("list_starred_repositories", "{}", "/user/starred", "full_name html_url")]
    [InlineData("list_gists", "{}", "/gists", "id html_url")]
    [InlineData("get_gist", """{"gist_id":"1"}""", "/gists/{gist_id}", "id html_url")]
    [InlineData("get_repository_tree", "{}", "/repos/{owner}/{repo}/git/trees/{tree_sha}", "sha")]
    [InlineData("list_global_security_advisories", "{}", "/advisories", "ghsa_id summary")]
    [InlineData("get_global_security_advisory", """{"ghsaId":"1"}""", "/advisories/{ghsa_id}", "ghsa_id summary")]
    [InlineData("list_repository_security_advisories", "{}", "/repos/{owner}/{repo}/security-advisories", "ghsa_id summary")]
    [InlineData("list_code_scanning_alerts", "{}", "/repos/{owner}/{repo}/code-scanning/alerts", "number html_url")]
    [InlineData("get_code_scanning_alert", """{"alertNumber":1}""", "/repos/{owner}/{repo}/code-scanning/alerts/{alert_number}", "number html_url")]
    [InlineData("list_secret_scanning_alerts", "{}", "/repos/{owner}/{repo}/secret-scanning/alerts", "number secret_type")]
    [InlineData("get_secret_scanning_alert", """{"alertNumber":1}""", "/repos/{owner}/{repo}/secret-scanning/alerts/{alert_number}", "number secret_type")]
    [InlineData("list_dependabot_alerts", "{}", "/repos/{owner}/{repo}/dependabot/alerts", "number html_url")]
    [InlineData("get_dependabot_alert", """{"alertNumber":1}""", "/repos/{owner}/{repo}/dependabot/alerts/{alert_number}", "number html_url")]
    [InlineData("list_branches", "{}", "/repos/{owner}/{repo}/branches", "name")]
    [InlineData("list_tags", "{}", "/repos/{owner}/{repo}/tags", "name")]
    [InlineData("list_commits", "{}", "/repos/{owner}/{repo}/commits", "sha html_url")]
    [InlineData("list_releases", "{}", "/repos/{owner}/{repo}/releases", "tag_name html_url")]
    [InlineData("get_latest_release", "{}", "/repos/{owner}/{repo}/releases/latest", "tag_name html_url")]
    [InlineData("list_pull_requests", "{}", "/repos/{owner}/{repo}/pulls", "number title html_url")]
    [InlineData("list_repository_collaborators", "{}", "/repos/{owner}/{repo}/collaborators", "login")]
    [InlineData("search_users", """{"query":"x"}""", "/search/users", "login html_url")]
    [InlineData("search_repositories", """{"query":"x"}""", "/search/repositories", "full_name html_url")]
    [InlineData("search_code", """{"query":"x"}""", "/search/code", "path sha")]
    [InlineData("search_commits", """{"query":"x"}""", "/search/commits", "sha html_url")]
    public async Task An_example_arrives_with_its_main_facts(string tool, string arguments, string operation, string facts)
    {
        var example = ExampleOf((await Description.Value).RootElement, operation);
        await using var github = await StubbedGitHub.StartAsync();
        github.On($"GET {operation.Replace("{owner}", "o", StringComparison.Ordinal).Replace("{repo}", "r", StringComparison.Ordinal).Replace("{tree_sha}", "HEAD", StringComparison.Ordinal)
            .Replace("{thread_id}", "1", StringComparison.Ordinal).Replace("{gist_id}", "1", StringComparison.Ordinal).Replace("{ghsa_id}", "1", StringComparison.Ordinal)
            .Replace("{alert_number}", "1", StringComparison.Ordinal)}", example.GetRawText());
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        if (operation.Contains("{owner}", StringComparison.Ordinal))
        {
            (given["owner"], given["repo"]) = ("o", "r");
        }

        var answer = await github.ReadAsync(tool, given);
        var list = example.ValueKind == JsonValueKind.Array ? example : example.TryGetProperty("items", out var items) ? items : (JsonElement?)null;
        if (list is not null)
        {
            Assert.False(answer.GetProperty("hasMore").GetBoolean());
            Assert.Equal(list.Value.GetArrayLength(), answer.GetProperty("items").GetArrayLength());
        }

        var (from, to) = list is { } entries ? (entries[0], answer.GetProperty("items")[0]) : (example, answer);
        Assert.All(facts.Split(' '), fact => Assert.Equal(from.GetProperty(fact).ToString(), to.GetProperty(fact).ToString()));
    }

    private static JsonElement ExampleOf(JsonElement description, string path)
    {
        var examples = description.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses").GetProperty("200")
            .GetProperty("content").GetProperty("application/json").GetProperty("examples");
        var first = examples.EnumerateObject().First().Value;
        return (first.TryGetProperty("$ref", out var reference)
            ? description.GetProperty("components").GetProperty("examples").GetProperty(reference.GetString()!.Split('/')[^1])
            : first).GetProperty("value");
    }
}

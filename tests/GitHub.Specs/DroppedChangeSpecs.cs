using System.Text.Json;
using System.Text.Json.Nodes;

namespace GitHub.Specs;

/// <summary>GitHub takes an issue from anybody, and leaves out without a word what only those may set who may push.</summary>
public sealed class DroppedChangeSpecs
{
    private const string Bare = """{"number":7,"title":"t","labels":[],"assignees":[],"milestone":null,"type":null}""";

    private const string Full =
        """{"number":7,"title":"t","labels":[{"name":"Bug"},{"name":"ui"}],"assignees":[{"login":"ann"},{"login":"Copilot"}],"milestone":{"title":"v1","number":3},"type":{"name":"Task"}}""";

    private const string All = """ "labels":["ui","bug"],"assignees":["Ann","copilot-swe-agent[bot]"],"milestone":3,"type":"task" """;

    [Theory]
    [InlineData(All, Bare, "labels, assignees, milestone, type")]
    [InlineData(All, Full, null)]
    [InlineData(""" "labels":["bug"],"assignees":["ann","bob"] """, Full, "labels, assignees")]
    [InlineData(""" "labels":[],"body":"b" """, Bare, null)]
    public async Task What_GitHub_did_not_set_is_said(string given, string answer, string? dropped)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("POST /repos/o/r/issues", answer, 201).On("PATCH /repos/o/r/issues/7", answer);
        Check(await github.ReadAsync("issue_write", In($$"""{"method":"create","title":"t",{{given}}}""")), dropped);
        Check(await github.ReadAsync("issue_write", In($$"""{"method":"update","issue_number":7,{{given}}}""")), dropped);
    }

    [Fact]
    public async Task What_is_to_go_and_stays_is_said_as_well()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("PATCH /repos/o/r/issues/7", Full);
        Check(
            await github.ReadAsync(
                "issue_write",
                In("""{"method":"update","issue_number":7,"clear":["labels","assignees","milestone","type"]}""")
            ),
            "labels, assignees, milestone, type"
        );
    }

    private static void Check(JsonElement read, string? dropped)
    {
        var note = read.TryGetProperty("note", out var said) ? said.GetString() : null;
        Assert.Equal(dropped is null, note is null);
        Assert.StartsWith(dropped is null ? "" : $"GitHub did not set {dropped} as asked", note ?? "", StringComparison.Ordinal);
    }

    private static JsonObject In(string arguments)
    {
        var all = JsonNode.Parse(arguments)!.AsObject();
        (all["owner"], all["repo"]) = ("o", "r");
        return all;
    }
}

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

    [Theory]
    [InlineData(""" "milestone":4 """, "milestone")]
    [InlineData(""" "milestone":3 """, null)]
    [InlineData(""" "state":"closed","state_reason":"not_planned" """, "state_reason")]
    [InlineData(""" "state":"closed","state_reason":"completed" """, null)]
    [InlineData(""" "state":"open" """, "state")]
    public async Task What_was_there_before_is_not_taken_for_what_was_asked(string given, string? dropped)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "PATCH /repos/o/r/issues/7",
            """{"number":7,"title":"t","state":"closed","state_reason":"completed","milestone":{"title":"v1","number":3}}"""
        );
        var read = await github.ReadAsync("issue_write", In($$"""{"method":"update","issue_number":7,{{given}}}"""));
        Check(read, dropped);
        Assert.Equal("v1", read.GetProperty("milestone").GetString());
    }

    [Theory]
    [InlineData("""[{"issue_field_id":55,"issue_field_name":"Priority","value":"High"}]""", null)]
    [InlineData("[]", "issue_field_values")]
    public async Task Custom_fields_that_a_new_issue_did_not_get_are_said(string values, string? dropped)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .OnGraphQl(
                """{"data":{"holder":{"issue_fields":{"nodes":[{"id":"F","full_database_id":"55","name":"Priority","data_type":"TEXT"}]}}}}"""
            )
            .On("POST /repos/o/r/issues", $$"""{"number":7,"title":"t","issue_field_values":{{values}}}""", 201);
        Check(
            await github.ReadAsync(
                "issue_write",
                In("""{"method":"create","title":"t","issue_fields":[{"field_name":"priority","value":"High"}]}""")
            ),
            dropped
        );
    }

    [Theory]
    [InlineData("""[{"login":"Ann"}]""", "bob")]
    [InlineData("""[{"login":"ann"},{"login":"Bob"}]""", null)]
    public async Task A_reviewer_who_was_not_asked_is_named(string reviewers, string? left)
    {
        await using var github = await StubbedGitHub.StartAsync();
        var answer = $$"""{"number":7,"title":"t","html_url":"https://h/7","requested_reviewers":{{reviewers}},"requested_teams":[]}""";
        github
            .On("POST /repos/o/r/pulls", """{"number":7,"title":"t","html_url":"https://h/7"}""", 201)
            .On("POST /repos/o/r/pulls/7/requested_reviewers", answer, 201)
            .On("GET /repos/o/r/pulls/7", answer);
        foreach (
            var (tool, given) in new[]
            {
                ("create_pull_request", """{"title":"t","head":"h","base":"main","reviewers":["ann","bob","o/core"]}"""),
                ("update_pull_request", """{"pullNumber":7,"reviewers":["ann","bob","o/core"]}"""),
            }
        )
        {
            var read = await github.ReadAsync(tool, In(given));
            Assert.Equal(
                left is null ? null : $"GitHub took the request for {left} without a word",
                read.TryGetProperty("note", out var note) ? note.GetString()!.Split(',')[0] : null
            );
        }
    }

    [Theory]
    [InlineData("[]", "does not list Copilot")]
    [InlineData("""[{"login":"Copilot"}]""", "Copilot will review #7.")]
    public async Task A_review_by_Copilot_is_not_promised_where_GitHub_does_not_list_it(string reviewers, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("POST /repos/o/r/pulls/7/requested_reviewers", $$"""{"number":7,"title":"t","requested_reviewers":{{reviewers}}}""", 201);
        var done = await github.CallAsync("request_copilot_review", In("""{"pullNumber":7}"""));
        Assert.Contains(said, done.TextOf(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("my file.txt", "my.file.txt", "GitHub keeps 'my file.txt' as 'my.file.txt'")]
    [InlineData("file.txt", "file.txt", null)]
    public async Task An_asset_that_GitHub_renames_is_told(string name, string kept, string? said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.Upstream.On("POST /api/uploads/repos/o/r/releases/5/assets", $$"""{"id":1,"name":"{{kept}}"}""", 201);
        var read = await github.ReadAsync(
            "release_asset_write",
            In($$"""{"method":"upload","release_id":5,"name":"{{name}}","content":"x"}""")
        );
        Assert.StartsWith(said ?? "", read.TryGetProperty("note", out var note) ? note.GetString() : "", StringComparison.Ordinal);
        Assert.Equal(said is not null, read.TryGetProperty("note", out _));
    }

    [Theory]
    [InlineData("def", true)]
    [InlineData("abc", false)]
    [InlineData(null, false)]
    public async Task A_release_of_a_tag_that_is_there_is_not_made_where_another_commit_was_meant(string? target, bool isRefused)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/git/ref/tags/v1", """{"ref":"refs/tags/v1","object":{"sha":"abc","type":"commit"}}""")
            .On("POST /repos/o/r/releases", """{"id":1,"tag_name":"v1"}""", 201);
        var result = await github.CallAsync(
            "create_release",
            new
            {
                owner = "o",
                repo = "r",
                tag_name = "v1",
                target_commitish = target,
            }
        );
        Assert.Equal(isRefused, result.IsError == true);
        Assert.Equal(isRefused, result.TextOf().Contains("tag_name='v1' is a tag already, of commit abc", StringComparison.Ordinal));
        Assert.Equal(isRefused ? 0 : 1, github.Requests.Count(request => request == "POST /repos/o/r/releases"));
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

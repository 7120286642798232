using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Testing;

namespace GitHub.Specs;

/// <summary>Numbers and ids begin at 1: others go no further than the gateway.</summary>
public sealed class NumberSpecs
{
    /// <summary>Whole numbers that may be 0: a place before the first line, and no wait.</summary>
    private static readonly HashSet<string> FromZero = ["insert_after_line", "timeout_seconds"];

    [Fact]
    public async Task Every_number_below_its_least_is_refused_before_anything_is_asked()
    {
        await using var github = await StubbedGitHub.StartAsync();
        var caller = new ToolCaller(github.Gateway, StubbedGitHub.Bearer);
        var calls = 0;
        var problems = new List<string>();
        foreach (var call in (await caller.ListAsync(new() { Samples = SampleCalls.Samples })).Where(call => call.Method == 0))
        {
            foreach (var (name, path, value) in call.Properties.SelectMany(property => NumbersIn(property.Key, property.Value)))
            {
                calls++;
                var wrong = call with { Arguments = call.Arguments.DeepClone().AsObject() };
                wrong.Arguments[path.Split('.', '[')[0]] = value;
                var result = await caller.CallAsync(wrong);
                var said = string.Join('\n', result["content"]!.AsArray().Select(block => block!["text"]?.ToString()));
                var least = FromZero.Contains(name) ? 0 : 1;
                if (
                    !said.Contains($"{path}: expected an integer of at least {least}, received -3.", StringComparison.Ordinal)
                    && !said.Contains($"{path}: expected an integer from {least} to ", StringComparison.Ordinal)
                )
                {
                    problems.Add($"{call.Tool} {wrong.Arguments.ToJsonString()}: {said}");
                }
            }
        }

        Assert.True(calls > 130, $"{calls}");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
        Assert.Empty(github.Requests);
    }

    [Theory]
    [InlineData("issue_read", """{"method":"get","issue_number":0}""", "issue_number: expected an integer of at least 1, received 0.")]
    [InlineData("issue_read", """{"method":"get","issue_number":"#-3"}""", "issue_number: expected an integer of at least 1, received -3.")]
    [InlineData("merge_pull_request", """{"pullNumber":-1}""", "pullNumber: expected an integer of at least 1, received -1.")]
    [InlineData("get_dependabot_alert", """{"alertNumber":0}""", "alertNumber: expected an integer of at least 1, received 0.")]
    [InlineData("delete_issue_comment", """{"comment_id":0}""", "comment_id: expected an integer of at least 1, received 0.")]
    [InlineData("issue_write", """{"method":"update","issue_number":0,"title":"t"}""", "method='update' needs issue_number.")]
    [InlineData(
        "issue_write",
        """{"method":"update","issue_number":5,"milestone":-2}""",
        "milestone: expected an integer of at least 1, received -2."
    )]
    [InlineData("actions_run_trigger", """{"method":"cancel_workflow_run","run_id":0}""", "method='cancel_workflow_run' needs run_id.")]
    [InlineData(
        "actions_get",
        """{"method":"get_workflow_run","resource_id":-3}""",
        "resource_id='-3' is not an id: those of GitHub begin at 1."
    )]
    [InlineData(
        "actions_get",
        """{"method":"get_workflow_job","resource_id":"0"}""",
        "resource_id='0' is not an id: those of GitHub begin at 1."
    )]
    [InlineData("dismiss_notification", """{"threadID":"-1","state":"done"}""", "threadID='-1' is not an id: those of GitHub begin at 1.")]
    [InlineData("get_file_blame", """{"path":"a","startLine":5,"endLine":2}""", "endLine=2 is before the first line wanted (5)")]
    [InlineData("get_file_contents", """{"path":"a","startLine":-1}""", "startLine: expected an integer of at least 1, received -1.")]
    [InlineData(
        "edit_file",
        """{"path":"a","branch":"b","message":"m","edits":[{"insert_after_line":-1,"new_text":"x"}]}""",
        "edits[0].insert_after_line: expected an integer of at least 0, received -1."
    )]
    [InlineData(
        "projects_write",
        """{"method":"update_project_items","owner":"o","owner_type":"org","project_number":1,"items":[{"item_id":-1}],"updated_field":{"name":"Status","value":"Done"}}""",
        "items[0].item_id: expected an integer of at least 1, received -1."
    )]
    public async Task A_number_of_nothing_is_named_with_its_remedy(string tool, string arguments, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        Assert.Contains(said, await github.FailAsync(tool, WithRepository(arguments)), StringComparison.Ordinal);
        Assert.Empty(github.Requests);
    }

    [Theory]
    [InlineData(
        "add_issue_comment",
        """{"issue_number":5,"body":"b","comment_id":0}""",
        "POST /repos/o/r/issues/5/comments",
        """{"id":1}"""
    )]
    [InlineData("list_rulesets", """{"ruleset_id":0}""", "GET /repos/o/r/rulesets", "[]")]
    [InlineData(
        "issue_write",
        """{"method":"create","title":"t","issue_number":0,"milestone":0,"duplicate_of":0}""",
        "POST /repos/o/r/issues",
        """{"number":1,"title":"t"}"""
    )]
    public async Task A_zero_where_none_need_be_given_is_none(string tool, string arguments, string request, string answer)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(request, answer);
        await github.ReadAsync(tool, WithRepository(arguments));
        Assert.Equal(request, Assert.Single(github.Requests));
    }

    private static Dictionary<string, object?> WithRepository(string arguments)
    {
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        given.TryAdd("owner", "o");
        if (!given.ContainsKey("project_number") && !given.ContainsKey("threadID"))
        {
            given["repo"] = "r";
        }
        else if (given.ContainsKey("threadID"))
        {
            given.Remove("owner");
        }

        return given;
    }

    /// <summary>The whole numbers in a property, each with its path and a value of the property in which it is too small.</summary>
    private static IEnumerable<(string Name, string Path, JsonNode Value)> NumbersIn(string name, JsonNode? property)
    {
        if (property is not JsonObject schema)
        {
            yield break;
        }

        if (schema["type"]?.ToString() == "integer")
        {
            yield return (name, name, -3);
        }

        var isList = schema["items"] is JsonObject;
        foreach (var (member, inner) in ((schema["items"] as JsonObject ?? schema)["properties"] as JsonObject ?? []))
        {
            foreach (var (leaf, path, value) in NumbersIn(member, inner))
            {
                var outer = new JsonObject { [member] = value.DeepClone() };
                yield return (leaf, $"{name}{(isList ? "[0]" : "")}.{path}", isList ? new JsonArray(outer) : outer);
            }
        }
    }
}

using System.Globalization;
using System.Text.Json;

namespace GitHub.Specs;

/// <summary>Items of projects are found by what people call them, and their fields take what people write.</summary>
public sealed class ProjectItemSpecs
{
    private const string Fields = """
        [
          {"id":1,"name":"Status","data_type":"single_select","options":[
            {"id":"a","name":{"raw":"Done"}},{"id":"b","name":{"raw":"done"}},{"id":"c","name":{"raw":"In progress"}},{"id":"d","name":{"raw":"1"}}]},
          {"id":2,"name":"status","data_type":"text"},
          {"id":3,"name":"Due","data_type":"date"},
          {"id":4,"name":"Effort","data_type":"number"},
          {"id":5,"name":"Sprint","data_type":"iteration","configuration":{"iterations":[
            {"id":"i1","title":{"raw":"Sprint 1"},"start_date":"2025-11-03"},{"id":"i2","title":"Sprint 2"},{"id":"i3","title":"Sprint 1"}]}},
          {"id":6,"name":"Labels","data_type":"labels"}
        ]
        """;

    [Theory]
    [InlineData("issue_number")]
    [InlineData("pull_request_number")]
    public async Task An_issue_and_a_pull_request_name_their_item(string number)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /orgs/o/projectsV2/2", """{"id":1,"node_id":"P_1","number":2,"title":"t"}""")
            .On("GET /orgs/o/projectsV2/2/fields", Fields)
            .OnGraphQl(
                """{"data":{"repository":{"content":{"items":{"nodes":[{"id":"5","project":{"id":"P_0"}},{"id":"77","project":{"id":"P_1"}}]}}}}}"""
            )
            .On("PATCH /orgs/o/projectsV2/2/items/77", """{"id":77,"content_type":"PullRequest"}""");
        await github.ReadAsync("projects_write", Update("update_project_item", (number, 7)));
        Assert.Contains("issueOrPullRequest(number: $number)", github.Upstream.Received[^3].Text, StringComparison.Ordinal);
        var item = new Dictionary<string, object?>
        {
            ["item_owner"] = "o",
            ["item_repo"] = "r",
            [number] = 7,
        };
        var batch = Update("update_project_items", ("items", new[] { item }));
        batch.Remove("item_owner");
        batch.Remove("item_repo");
        await github.ReadAsync("projects_write", batch);
        Assert.Equal(2, github.Requests.Count(request => request == "PATCH /orgs/o/projectsV2/2/items/77"));
    }

    [Theory]
    [InlineData("""{"content":null}""", "There is no issue or pull request o/r#7")]
    [InlineData("""{"content":{"items":{"nodes":[]}}}""", "o/r#7 is not in this project: add it with add_project_item.")]
    [InlineData(
        """{"content":{"items":{"nodes":[{"id":"5","project":{"id":"P_0"}}],"page_info":{"has_next_page":true}}}}""",
        "o/r#7 is in more than 100 projects, of which this one is not among the first: give item_id."
    )]
    public async Task Why_there_is_no_item_is_said(string repository, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /orgs/o/projectsV2/2", """{"id":1,"node_id":"P_1","number":2,"title":"t"}""")
            .On("GET /orgs/o/projectsV2/2/fields", Fields)
            .OnGraphQl($$$"""{"data":{"repository":{{{repository}}}}}""");
        Assert.StartsWith(
            said,
            await github.FailAsync("projects_write", Update("update_project_item", ("issue_number", 7))),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Status", "\"Done\"", "1", "\"a\"")]
    [InlineData("Status", "\"done\"", "1", "\"b\"")]
    [InlineData("Status", "\"in PROGRESS\"", "1", "\"c\"")]
    [InlineData("Status", "\"c\"", "1", "\"c\"")]
    [InlineData("Status", "1", "1", "\"d\"")]
    [InlineData("Status", "\"\"", "1", "null")]
    [InlineData("status", "3", "2", "\"3\"")]
    [InlineData("STATUS", "null", "1", "null")]
    [InlineData("due", "\"2026-11-30\"", "3", "\"2026-11-30\"")]
    [InlineData("due", "\"2026/1/5\"", "3", "\"2026-01-05\"")]
    [InlineData("due", "\"2026-11-30T23:30:00-08:00\"", "3", "\"2026-11-30\"")]
    [InlineData("due", "\" \"", "3", "null")]
    [InlineData("effort", "\"\"", "4", "null")]
    [InlineData("Sprint", "\"sprint 2\"", "5", "\"i2\"")]
    [InlineData("Sprint", "\"i3\"", "5", "\"i3\"")]
    public async Task A_field_gets_what_is_meant(string name, string value, string id, string sent)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /orgs/o/projectsV2/2/fields", Fields)
            .On("PATCH /orgs/o/projectsV2/2/items/77", """{"id":77,"content_type":"Issue"}""");
        foreach (
            var field in new Dictionary<string, object?>[]
            {
                new() { ["name"] = name },
                new() { ["id"] = int.Parse(id, CultureInfo.InvariantCulture) },
            }
        )
        {
            await github.ReadAsync("projects_write", Set(field, value));
            Assert.Equal($$"""{"fields":[{"id":{{id}},"value":{{sent}}}]}""", github.LastBody.GetRawText());
        }
    }

    [Theory]
    [InlineData("Status", "\"DONE\"", "The field Status has 2 called 'DONE': give the id of the one that is meant, a or b.")]
    [InlineData("Sprint", "\"Sprint 1\"", "The field Sprint has 2 called 'Sprint 1': give the id of the one that is meant, i1 or i3.")]
    [InlineData("Status", "2", "The field Status has no '2'. It has: Done, done, In progress, 1.")]
    [InlineData("Due", "\"soon\"", "updated_field: 'soon' is not a day, which the field Due requires")]
    [InlineData("Labels", "\"bug\"", "The field Labels shows what the issue or pull request itself has: change it there")]
    public async Task A_field_gets_nothing_else(string name, string value, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /orgs/o/projectsV2/2/fields", Fields);
        Assert.StartsWith(said, await github.FailAsync("projects_write", Set(new() { ["name"] = name }, value)), StringComparison.Ordinal);
        Assert.DoesNotContain(github.Requests, request => request.StartsWith("PATCH", StringComparison.Ordinal));
    }

    private static Dictionary<string, object?> Set(Dictionary<string, object?> field, string value)
    {
        field["value"] = JsonDocument.Parse(value).RootElement;
        var update = Update("update_project_item", ("item_id", 77), ("updated_field", field));
        update.Remove("item_owner");
        update.Remove("item_repo");
        return update;
    }

    private static Dictionary<string, object?> Update(string method, params (string Name, object Value)[] given)
    {
        var update = new Dictionary<string, object?>
        {
            ["method"] = method,
            ["owner"] = "o",
            ["owner_type"] = "org",
            ["project_number"] = 2,
            ["item_owner"] = "o",
            ["item_repo"] = "r",
            ["updated_field"] = new { id = 9, value = 1 },
        };
        foreach (var (name, value) in given)
        {
            update[name] = value;
        }

        return update;
    }
}

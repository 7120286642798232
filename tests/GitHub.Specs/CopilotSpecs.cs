using System.Text.Json;
using McpGateway.Testing;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GitHub.Specs;

public sealed class CopilotSpecs
{
    private const string Found =
        """{"data":{"repository":{"id":"R_1","issue":{"id":"I_1","assignees":{"nodes":[{"id":"U_1"}]}},"actors":{"nodes":[{"id":"B_1","login":"copilot-swe-agent"},{}]}}}}""";
    private const string Assigned = """{"data":{"updateIssue":{"issue":{"number":1}}}}""";
    private const string Someones =
        """{"source":{"number":5,"state":"OPEN","html_url":"https://github.com/o/r/pull/5","author":{"login":"ann"},"repository":{"id":"R_1"}}}""";
    private const string Elsewhere =
        """{"source":{"number":6,"state":"OPEN","html_url":"https://github.com/x/y/pull/6","author":{"login":"copilot-swe-agent"},"repository":{"id":"R_2"}}}""";
    private const string Earlier =
        """{"source":{"number":7,"state":"CLOSED","html_url":"https://github.com/o/r/pull/7","author":{"login":"copilot-swe-agent"},"repository":{"id":"R_1"}}}""";
    private const string New =
        """{"source":{"number":8,"state":"OPEN","html_url":"https://github.com/o/r/pull/8","author":{"login":"copilot-swe-agent"},"repository":{"id":"R_1"}}}""";

    private static readonly Dictionary<string, object?> Issue = new()
    {
        ["owner"] = "o",
        ["repo"] = "r",
        ["issue_number"] = 1,
        ["base_ref"] = "dev",
    };

    [Fact]
    public async Task The_pull_request_that_Copilot_opens_is_waited_for_with_progress()
    {
        var time = new RunningClock();
        await using var github = await StubbedGitHub.StartAsync(time);
        var old = $"{Someones},{{}},{Elsewhere},{Earlier}";
        github.OnGraphQl(Linked(old)).OnGraphQl(Found).OnGraphQl(Assigned).OnGraphQl(Linked(old)).OnGraphQl(Linked($"{old},{New}"));
        var told = new Told();
        var result = await AssignAsync(github, time, told);
        Assert.Equal(8, JsonElement.Parse(result.TextOf()).GetProperty("pull_request").GetProperty("number").GetInt32());
        Assert.Equal(
            "https://github.com/o/r/pull/8",
            JsonElement.Parse(result.TextOf()).GetProperty("pull_request").GetProperty("html_url").GetString()
        );
        Assert.Equal(5, github.Requests.Count);
        Assert.Contains(
            """{"id":"I_1","assigneeIds":["U_1","B_1"],"agentAssignment":{"targetRepositoryId":"R_1","baseRef":"dev"}}""",
            github.Upstream.Received[2].Text,
            StringComparison.Ordinal
        );
        var progress = await told.First;
        Assert.Equal((1, 9, "Waiting for Copilot's pull request for #1"), (progress.Progress, progress.Total, progress.Message));
    }

    [Fact]
    public async Task Where_none_shows_up_the_answer_says_so_and_what_to_ask_later()
    {
        var time = new RunningClock();
        await using var github = await StubbedGitHub.StartAsync(time);
        github.OnGraphQl(Linked(Earlier)).OnGraphQl(Found).OnGraphQl(Assigned).OnGraphQl(Linked(Earlier));
        var result = await AssignAsync(github, time);
        Assert.Equal(
            "Copilot is assigned to #1. After 9 s it has linked no new pull request. From before: #7 (CLOSED). "
                + "The agent opens one within minutes: ask issue_read method=get issue_number=1 later for closed_by_pull_requests, do not assign it again.",
            JsonElement.Parse(result.TextOf()).GetProperty("message").GetString()
        );
        Assert.Equal(3 + 9, github.Requests.Count);
    }

    [Fact]
    public async Task An_assignment_stays_one_when_its_pull_requests_cannot_be_read()
    {
        const string Refused =
            """{"data":null,"errors":[{"type":"FORBIDDEN","message":"Resource protected by organization SAML enforcement."}]}""";
        var time = new RunningClock();
        await using var github = await StubbedGitHub.StartAsync(time);
        github.OnGraphQl(Linked("")).OnGraphQl(Found).OnGraphQl(Assigned).OnGraphQl(Refused);
        var later = await AssignAsync(github, time);
        Assert.Contains(
            "Copilot is assigned to #1; whether its pull request is there could not be read: GitHub reported: Resource protected",
            later.TextOf(),
            StringComparison.Ordinal
        );
        Assert.Equal(4, github.Requests.Count);

        await using var never = await StubbedGitHub.StartAsync(time);
        never.OnGraphQl(Refused).OnGraphQl(Found).OnGraphQl(Assigned);
        Assert.Contains(
            "GitHub did not report what is linked to the issue",
            (await AssignAsync(never, time)).TextOf(),
            StringComparison.Ordinal
        );
        Assert.Equal(3, never.Requests.Count);
    }

    [Fact]
    public async Task A_suggestion_starts_nothing_that_could_be_waited_for()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(Found).OnGraphQl(Assigned);
        await github.ReadAsync(
            "assign_copilot_to_issue_with_intent",
            new
            {
                owner = "o",
                repo = "r",
                issue_number = 1,
                rationale = "small",
                confidence = "HIGH",
                is_suggestion = true,
            }
        );
        Assert.Equal(2, github.Requests.Count);
        Assert.Contains("\"suggest\":true", github.Upstream.Received[1].Text, StringComparison.Ordinal);
    }

    private static string Linked(string mentions) =>
        """{"data":{"repository":{"id":"R_1","issue":{"events":{"nodes":[""" + mentions + "]}}}}}";

    /// <summary>Calls while the gateway's clock runs.</summary>
    private static async Task<CallToolResult> AssignAsync(StubbedGitHub github, RunningClock time, Told? told = null)
    {
        var call = github
            .Client.CallToolAsync("assign_copilot_to_issue", Issue, told, cancellationToken: TestContext.Current.CancellationToken)
            .AsTask();
        if (told is not null)
        {
            // The client drops what it hears of progress after the result.
            await time.WhileAsync(told.First);
        }

        var result = await time.WhileAsync(call);
        Assert.False(result.IsError == true, result.TextOf());
        return result;
    }

    private sealed class Told : IProgress<ProgressNotificationValue>
    {
        private readonly TaskCompletionSource<ProgressNotificationValue> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<ProgressNotificationValue> First => first.Task;

        public void Report(ProgressNotificationValue value) => first.TrySetResult(value);
    }
}

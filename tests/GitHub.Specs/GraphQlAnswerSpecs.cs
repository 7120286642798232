namespace GitHub.Specs;

/// <summary>Tools that speak GraphQL understand data that has the schema's names.</summary>
public sealed class GraphQlAnswerSpecs
{
    private const string Assignable =
        """{"repository":{"id":"R_1","issue":{"id":"I_1","assignees":{"nodes":[{"id":"U_1"}]}},"suggestedActors":{"nodes":[{"__typename":"User","id":"U_2"},{"__typename":"Bot","id":"B_1","login":"copilot-swe-agent"}]}}}""";
    private const string LinkedNone = """{"repository":{"id":"R_1","issue":{"timelineItems":{"nodes":[]}}}}""";
    private const string LinkedNew =
        """{"repository":{"id":"R_1","issue":{"timelineItems":{"nodes":[{"__typename":"CrossReferencedEvent","source":{"__typename":"PullRequest","number":8,"state":"OPEN","url":"https://h/8","author":{"login":"copilot-swe-agent"},"repository":{"id":"R_1"}}}]}}}}""";

    [Theory]
    [InlineData(
        "list_label",
        """{"owner":"o","repo":"r"}""",
        "labels.0.name=bug labels.0.color=f00 total_count=1",
        """{"owner":"o","repo":"r","order":{"field":"ISSUE_COUNT","direction":"DESC"}}""",
        """{"repository":{"labels":{"totalCount":1,"pageInfo":{"hasNextPage":false,"endCursor":null},"nodes":[{"name":"bug","color":"f00","description":"d"}]}}}"""
    )]
    [InlineData(
        "get_label",
        """{"owner":"o","repo":"r","name":"bug"}""",
        "name=bug color=f00 description=d",
        """{"owner":"o","repo":"r","name":"bug"}""",
        """{"repository":{"label":{"name":"bug","color":"f00","description":"d"}}}"""
    )]
    [InlineData(
        "issue_read",
        """{"method":"get_labels","owner":"o","repo":"r","issue_number":1}""",
        "labels.0.name=bug total_count=1",
        """{"owner":"o","repo":"r","number":1}""",
        """{"repository":{"issue":{"labels":{"totalCount":1,"nodes":[{"name":"bug","color":"f00","description":"d"}]}}}}"""
    )]
    [InlineData(
        "issue_read",
        """{"method":"get_parent","owner":"o","repo":"r","issue_number":1}""",
        "parent.number=3 parent.title=Epic parent.url=https://h/3 parent.repository=o/r",
        """{"owner":"o","repo":"r","number":1}""",
        """{"repository":{"issue":{"parent":{"number":3,"title":"Epic","state":"OPEN","url":"https://h/3","author":{"login":"ann"},"repository":{"nameWithOwner":"o/r"}},"closedByPullRequestsReferences":{"totalCount":0,"nodes":[]}}}}"""
    )]
    [InlineData(
        "list_issues",
        """{"owner":"o","repo":"r","perPage":1}""",
        "items.0.number=7 items.0.title=Bug items.0.user=ann items.0.labels.0=bug items.0.assignees.0=bob items.0.comments=2 hasMore=True nextCursor=c1",
        null,
        """{"repository":{"issues":{"totalCount":1,"pageInfo":{"hasNextPage":true,"endCursor":"c1"},"nodes":[{"number":7,"title":"Bug","body":"b","state":"OPEN","author":{"login":"ann"},"authorAssociation":"OWNER","labels":{"nodes":[{"name":"bug"}]},"assignees":{"nodes":[{"login":"bob"}]},"comments":{"totalCount":2},"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}]}}}"""
    )]
    [InlineData(
        "list_issue_fields",
        """{"owner":"o","repo":"r"}""",
        "fields.0.name=Priority fields.0.options.0.name=High",
        """{"owner":"o","repo":"r"}""",
        """{"repository":{"issueFields":{"nodes":[{"__typename":"IssueFieldSingleSelect","id":"F_1","fullDatabaseId":"55","name":"Priority","description":"d","dataType":"SINGLE_SELECT","visibility":"ALL","options":[{"id":"O_1","name":"High","description":"d","color":"RED"}]}]}}}"""
    )]
    [InlineData(
        "assign_copilot_to_issue",
        """{"owner":"o","repo":"r","issue_number":1,"custom_instructions":"fast"}""",
        "pull_request.number=8 pull_request.html_url=https://h/8 pull_request.state=OPEN",
        null,
        LinkedNone,
        Assignable,
        """{"updateIssue":{"issue":{"number":1}}}""",
        LinkedNew
    )]
    [InlineData(
        "assign_copilot_to_issue_with_intent",
        """{"owner":"o","repo":"r","issue_number":1,"rationale":"small","confidence":"LOW","is_suggestion":true}""",
        "message=Suggested_Copilot_for_#1.",
        """{"input":{"id":"I_1","assignees":[{"actorId":"U_1"},{"actorId":"B_1","rationale":"small","confidence":"LOW","suggest":true}]}}""",
        Assignable,
        """{"updateIssue":{"issue":{"number":1}}}"""
    )]
    [InlineData(
        "get_teams",
        """{"user":"ann"}""",
        "organizations.0.org=o organizations.0.teams.0.slug=core",
        """{"login":"ann"}""",
        """{"user":{"organizations":{"nodes":[{"login":"o","teams":{"nodes":[{"name":"Core","slug":"core","description":"d"}]}}]}}}"""
    )]
    [InlineData(
        "get_team_members",
        """{"org":"o","team_slug":"core"}""",
        "members.0=ann",
        """{"org":"o","slug":"core"}""",
        """{"organization":{"team":{"members":{"nodes":[{"login":"ann"}]}}}}"""
    )]
    public Task Data_arrives_with_its_main_facts(string tool, string arguments, string facts, string? variables, params string[] data) =>
        SchemaCalls.CheckAsync(tool, arguments, facts, variables, data);
}

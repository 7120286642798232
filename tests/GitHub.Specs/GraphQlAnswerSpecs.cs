using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GitHub.Specs;

/// <summary>Tools that speak GraphQL understand data that has the schema's names: what they select, alias and read fits together.</summary>
public sealed class GraphQlAnswerSpecs
{
    /// <summary>A project's node id is asked of the REST API, which answers with its own example.</summary>
    private const string Project = "GET /orgs/o/projectsV2/1";

    private const string Assignable =
        """{"repository":{"id":"R_1","issue":{"id":"I_1","assignees":{"nodes":[{"id":"U_1"}]}},"suggestedActors":{"nodes":[{"__typename":"User","id":"U_2"},{"__typename":"Bot","id":"B_1","login":"copilot-swe-agent"}]}}}""";
    private const string LinkedNone = """{"repository":{"id":"R_1","issue":{"timelineItems":{"nodes":[]}}}}""";
    private const string LinkedNew =
        """{"repository":{"id":"R_1","issue":{"timelineItems":{"nodes":[{"__typename":"CrossReferencedEvent","source":{"__typename":"PullRequest","number":8,"state":"OPEN","url":"https://h/8","author":{"login":"copilot-swe-agent"},"repository":{"id":"R_1"}}}]}}}}""";

    /// <param name="facts">"path=value" of the answer; _ stands for a space.</param>
    /// <param name="variables">Of the last document; null where another spec compares them.</param>
    /// <param name="data">What GitHub holds, for one document after the other.</param>
    [Theory]
    [InlineData(
        "list_discussions",
        """{"owner":"o","repo":"r","perPage":1}""",
        "items.0.number=4 items.0.title=How items.0.html_url=https://h/4 items.0.user=ann items.0.category=Q&A "
            + "items.0.is_answered=True hasMore=True nextCursor=c1 totalCount=1",
        """{"owner":"o","repo":"r","first":1}""",
        """{"repository":{"discussions":{"totalCount":1,"pageInfo":{"hasNextPage":true,"endCursor":"c1"},"nodes":[{"id":"D_1","number":4,"title":"How","body":"text","url":"https://h/4","author":{"login":"ann"},"category":{"name":"Q&A"},"closed":false,"isAnswered":true,"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}]}}}"""
    )]
    [InlineData(
        "get_discussion",
        """{"owner":"o","repo":"r","discussionNumber":4}""",
        "number=4 title=How body=text user=ann html_url=https://h/4",
        """{"owner":"o","repo":"r","number":4}""",
        """{"repository":{"discussion":{"id":"D_1","number":4,"title":"How","body":"text","url":"https://h/4","author":{"login":"ann"},"category":{"name":"Q&A"},"closed":false,"isAnswered":true,"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}}}"""
    )]
    [InlineData(
        "get_discussion_comments",
        """{"owner":"o","repo":"r","discussionNumber":4,"includeReplies":true}""",
        "items.0.id=DC_1 items.0.user=bob items.0.is_answer=True items.0.replies.0.user=ann "
            + "items.0.replies.0.html_url=https://h/4#2 hasMore=True nextCursor=c1",
        """{"owner":"o","repo":"r","number":4,"first":30,"replies":true}""",
        """{"repository":{"discussion":{"comments":{"totalCount":1,"pageInfo":{"hasNextPage":true,"endCursor":"c1"},"nodes":[{"id":"DC_1","body":"yes","author":{"login":"bob"},"url":"https://h/4#1","isAnswer":true,"createdAt":"2026-01-01T00:00:00Z","replies":{"nodes":[{"id":"DC_2","body":"thanks","author":{"login":"ann"},"url":"https://h/4#2","isAnswer":false,"createdAt":"2026-01-01T00:00:00Z"}]}}]}}}}"""
    )]
    [InlineData(
        "list_discussion_categories",
        """{"owner":"o","repo":"r"}""",
        "categories.0.id=C_1 categories.0.name=Q&A categories.0.is_answerable=True",
        """{"owner":"o","repo":"r"}""",
        """{"repository":{"discussionCategories":{"nodes":[{"id":"C_1","name":"Q&A","description":"d","isAnswerable":true}]}}}"""
    )]
    [InlineData(
        "discussion_comment_write",
        """{"method":"add","owner":"o","repo":"r","discussionNumber":4,"body":"b"}""",
        "",
        """{"discussion":"D_1","body":"b"}""",
        """{"repository":{"discussion":{"id":"D_1","number":4,"title":"How","body":"text","url":"https://h/4","author":{"login":"ann"},"category":{"name":"Q&A"},"closed":false,"isAnswered":true,"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}}}""",
        """{"addDiscussionComment":{"comment":{"id":"DC_3","url":"https://h"}}}"""
    )]
    [InlineData(
        "discussion_comment_write",
        """{"method":"reply","commentNodeID":"DC_1","body":"b"}""",
        "",
        """{"discussion":"D_1","body":"b","reply_to":"DC_1"}""",
        """{"node":{"__typename":"DiscussionComment","discussion":{"id":"D_1","number":4,"repository":{"nameWithOwner":"o/r"}}}}""",
        """{"addDiscussionComment":{}}"""
    )]
    [InlineData(
        "discussion_comment_write",
        """{"method":"update","commentNodeID":"DC_1","body":"b"}""",
        "",
        """{"id":"DC_1","body":"b"}""",
        """{"node":{"__typename":"DiscussionComment","discussion":{"id":"D_1","number":4,"repository":{"nameWithOwner":"o/r"}}}}""",
        """{"updateDiscussionComment":{}}"""
    )]
    [InlineData(
        "discussion_comment_write",
        """{"method":"delete","commentNodeID":"DC_1"}""",
        "",
        """{"id":"DC_1"}""",
        """{"node":{"__typename":"DiscussionComment","discussion":{"id":"D_1","number":4,"repository":{"nameWithOwner":"o/r"}}}}""",
        """{"deleteDiscussionComment":{}}"""
    )]
    [InlineData(
        "discussion_comment_write",
        """{"method":"mark_answer","commentNodeID":"DC_1"}""",
        "",
        """{"id":"DC_1"}""",
        """{"node":{"__typename":"DiscussionComment","discussion":{"id":"D_1","number":4,"repository":{"nameWithOwner":"o/r"}}}}""",
        """{"markDiscussionCommentAsAnswer":{}}"""
    )]
    [InlineData(
        "discussion_comment_write",
        """{"method":"unmark_answer","commentNodeID":"DC_1"}""",
        "",
        """{"id":"DC_1"}""",
        """{"node":{"__typename":"DiscussionComment","discussion":{"id":"D_1","number":4,"repository":{"nameWithOwner":"o/r"}}}}""",
        """{"unmarkDiscussionCommentAsAnswer":{}}"""
    )]
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
        "pull_request_read",
        """{"method":"get_review_comments","owner":"o","repo":"r","pullNumber":1}""",
        "items.0.id=PRRT_1 items.0.is_resolved=True items.0.comments.0.id=9 items.0.comments.0.author=bob "
            + "items.0.comments.0.line=3 items.0.comments.0.html_url=https://h/9 hasMore=True nextCursor=c1",
        """{"owner":"o","repo":"r","number":1,"first":30}""",
        """{"repository":{"pullRequest":{"reviewThreads":{"totalCount":1,"pageInfo":{"hasNextPage":true,"endCursor":"c1"},"nodes":[{"id":"PRRT_1","isResolved":true,"isOutdated":false,"isCollapsed":false,"comments":{"totalCount":1,"nodes":[{"databaseId":9,"body":"why","path":"a","line":3,"author":{"login":"bob"},"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z","url":"https://h/9"}]}}]}}}}"""
    )]
    [InlineData(
        "pull_request_review_write",
        """{"method":"create","owner":"o","repo":"r","pullNumber":1,"body":"b","event":"APPROVE","commitID":"abc"}""",
        "message=The_review_is_approved:_https://h/1",
        """{"id":"PR_1","body":"b","event":"APPROVE","commit":"abc"}""",
        """{"repository":{"pullRequest":{"id":"PR_1","isDraft":false,"reviews":{"nodes":[{"id":"PRR_1","state":"PENDING","url":"https://h"}]}}}}""",
        """{"addPullRequestReview":{"pullRequestReview":{"id":"PRR_1","url":"https://h/1","state":"APPROVED"}}}"""
    )]
    [InlineData(
        "pull_request_review_write",
        """{"method":"submit_pending","owner":"o","repo":"r","pullNumber":1,"event":"COMMENT"}""",
        "message=The_review_is_commented:_https://h/1",
        """{"id":"PRR_1","event":"COMMENT"}""",
        """{"viewer":{"login":"me"}}""",
        """{"repository":{"pullRequest":{"id":"PR_1","isDraft":false,"reviews":{"nodes":[{"id":"PRR_1","state":"PENDING","url":"https://h"}]}}}}""",
        """{"submitPullRequestReview":{"pullRequestReview":{"id":"PRR_1","url":"https://h/1","state":"COMMENTED"}}}"""
    )]
    [InlineData(
        "pull_request_review_write",
        """{"method":"delete_pending","owner":"o","repo":"r","pullNumber":1}""",
        "",
        """{"id":"PRR_1"}""",
        """{"viewer":{"login":"me"}}""",
        """{"repository":{"pullRequest":{"id":"PR_1","isDraft":false,"reviews":{"nodes":[{"id":"PRR_1","state":"PENDING","url":"https://h"}]}}}}""",
        """{"deletePullRequestReview":{"pullRequestReview":{"id":"PRR_1","url":"https://h/1","state":"PENDING"}}}"""
    )]
    [InlineData(
        "pull_request_review_write",
        """{"method":"resolve_thread","owner":"o","repo":"r","pullNumber":1,"threadId":"PRRT_1"}""",
        "",
        """{"id":"PRRT_1"}""",
        """{"node":{"__typename":"PullRequestReviewThread","isResolved":false,"pullRequest":{"number":1},"repository":{"nameWithOwner":"o/r"}}}""",
        """{"resolveReviewThread":{"thread":{"id":"PRRT_1"}}}"""
    )]
    [InlineData(
        "pull_request_review_write",
        """{"method":"unresolve_thread","owner":"o","repo":"r","pullNumber":1,"threadId":"PRRT_1"}""",
        "",
        """{"id":"PRRT_1"}""",
        """{"node":{"__typename":"PullRequestReviewThread","isResolved":true,"pullRequest":{"number":1},"repository":{"nameWithOwner":"o/r"}}}""",
        """{"unresolveReviewThread":{"thread":{"id":"PRRT_1"}}}"""
    )]
    [InlineData(
        "add_comment_to_pending_review",
        """{"owner":"o","repo":"r","pullNumber":1,"path":"a","body":"b","subjectType":"FILE"}""",
        "",
        """{"pull_request":"PR_1","id":"PRR_1","path":"a","body":"b","subject":"FILE"}""",
        """{"viewer":{"login":"me"}}""",
        """{"repository":{"pullRequest":{"id":"PR_1","isDraft":false,"reviews":{"nodes":[{"id":"PRR_1","state":"PENDING","url":"https://h"}]}}}}""",
        """{"addPullRequestReviewThread":{"thread":{"id":"PRRT_1"}}}"""
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
    [InlineData(
        "projects_list",
        """{"method":"list_project_views","owner":"o","owner_type":"org","project_number":1}""",
        "items.0.id=PVTV_1 items.0.number=2 items.0.name=Board items.0.layout=BOARD_LAYOUT items.0.filter=is:open "
            + "items.0.visible_fields.0=Title hasMore=True nextCursor=c1",
        """{"project":"MDc6UHJvamVjdDEwMDI2MDM=","first":30}""",
        """{"node":{"__typename":"ProjectV2","views":{"totalCount":1,"pageInfo":{"hasNextPage":true,"endCursor":"c1"},"nodes":[{"__typename":"ProjectV2View","id":"PVTV_1","number":2,"name":"Board","layout":"BOARD_LAYOUT","filter":"is:open","project":{"id":"MDc6UHJvamVjdDEwMDI2MDM="},"fields":{"nodes":[{"__typename":"ProjectV2FieldCommon","name":"Title"}]}}]}}}"""
    )]
    [InlineData(
        "projects_list",
        """{"method":"list_project_status_updates","owner":"o","owner_type":"org","project_number":1}""",
        "items.0.id=PVTSU_1 items.0.status=AT_RISK items.0.body=late items.0.start_date=2026-01-01 items.0.target_date=2026-02-01 "
            + "items.0.creator=ann hasMore=True nextCursor=c1",
        """{"project":"MDc6UHJvamVjdDEwMDI2MDM=","first":30}""",
        """{"node":{"__typename":"ProjectV2","statusUpdates":{"totalCount":1,"pageInfo":{"hasNextPage":true,"endCursor":"c1"},"nodes":[{"__typename":"ProjectV2StatusUpdate","id":"PVTSU_1","status":"AT_RISK","body":"late","startDate":"2026-01-01","targetDate":"2026-02-01","creator":{"login":"ann"},"createdAt":"2026-01-01T00:00:00Z","project":{"id":"MDc6UHJvamVjdDEwMDI2MDM=","owner":{"__typename":"Organization","login":"o"}}}]}}}"""
    )]
    [InlineData(
        "projects_get",
        """{"method":"get_project_view","owner":"o","owner_type":"org","project_number":1,"view_id":"PVTV_1"}""",
        "id=PVTV_1 number=2 name=Board layout=BOARD_LAYOUT filter=is:open visible_fields.0=Title",
        """{"id":"PVTV_1"}""",
        """{"node":{"__typename":"ProjectV2View","id":"PVTV_1","number":2,"name":"Board","layout":"BOARD_LAYOUT","filter":"is:open","project":{"id":"MDc6UHJvamVjdDEwMDI2MDM="},"fields":{"nodes":[{"__typename":"ProjectV2FieldCommon","name":"Title"}]}}}"""
    )]
    [InlineData(
        "projects_get",
        """{"method":"get_project_status_update","owner":"o","status_update_id":"PVTSU_1"}""",
        "id=PVTSU_1 status=AT_RISK body=late start_date=2026-01-01 target_date=2026-02-01 creator=ann",
        """{"id":"PVTSU_1"}""",
        """{"node":{"__typename":"ProjectV2StatusUpdate","id":"PVTSU_1","status":"AT_RISK","body":"late","startDate":"2026-01-01","targetDate":"2026-02-01","creator":{"login":"ann"},"createdAt":"2026-01-01T00:00:00Z","project":{"id":"MDc6UHJvamVjdDEwMDI2MDM=","owner":{"__typename":"Organization","login":"o"}}}}"""
    )]
    [InlineData(
        "projects_write",
        """{"method":"create_project_view","owner":"o","owner_type":"org","project_number":1,"name":"Board","layout":"board"}""",
        "id=PVTV_1 number=2 name=Board layout=BOARD_LAYOUT filter=is:open visible_fields.0=Title",
        """{"input":{"name":"Board","layout":"BOARD_LAYOUT","projectId":"MDc6UHJvamVjdDEwMDI2MDM="}}""",
        """{"createProjectV2View":{"projectV2View":{"__typename":"ProjectV2View","id":"PVTV_1","number":2,"name":"Board","layout":"BOARD_LAYOUT","filter":"is:open","project":{"id":"MDc6UHJvamVjdDEwMDI2MDM="},"fields":{"nodes":[{"__typename":"ProjectV2FieldCommon","name":"Title"}]}}}}"""
    )]
    [InlineData(
        "projects_write",
        """{"method":"update_project_view","owner":"o","owner_type":"org","project_number":1,"view_id":"PVTV_1","name":"Board"}""",
        "id=PVTV_1 number=2 name=Board layout=BOARD_LAYOUT filter=is:open visible_fields.0=Title",
        """{"input":{"name":"Board","viewId":"PVTV_1"}}""",
        """{"node":{"__typename":"ProjectV2View","id":"PVTV_1","number":2,"name":"Board","layout":"BOARD_LAYOUT","filter":"is:open","project":{"id":"MDc6UHJvamVjdDEwMDI2MDM="},"fields":{"nodes":[{"__typename":"ProjectV2FieldCommon","name":"Title"}]}}}""",
        """{"updateProjectV2View":{"projectV2View":{"__typename":"ProjectV2View","id":"PVTV_1","number":2,"name":"Board","layout":"BOARD_LAYOUT","filter":"is:open","project":{"id":"MDc6UHJvamVjdDEwMDI2MDM="},"fields":{"nodes":[{"__typename":"ProjectV2FieldCommon","name":"Title"}]}}}}"""
    )]
    [InlineData(
        "projects_write",
        """{"method":"delete_project_view","owner":"o","owner_type":"org","project_number":1,"view_id":"PVTV_1"}""",
        "",
        """{"input":{"viewId":"PVTV_1"}}""",
        """{"node":{"__typename":"ProjectV2View","id":"PVTV_1","number":2,"name":"Board","layout":"BOARD_LAYOUT","filter":"is:open","project":{"id":"MDc6UHJvamVjdDEwMDI2MDM="},"fields":{"nodes":[{"__typename":"ProjectV2FieldCommon","name":"Title"}]}}}""",
        """{"deleteProjectV2View":{}}"""
    )]
    [InlineData(
        "projects_write",
        """{"method":"create_project_status_update","owner":"o","owner_type":"org","project_number":1,"status":"AT_RISK","body":"late"}""",
        "id=PVTSU_1 status=AT_RISK body=late start_date=2026-01-01 target_date=2026-02-01 creator=ann",
        """{"project":"MDc6UHJvamVjdDEwMDI2MDM=","status":"AT_RISK","body":"late"}""",
        """{"createProjectV2StatusUpdate":{"statusUpdate":{"__typename":"ProjectV2StatusUpdate","id":"PVTSU_1","status":"AT_RISK","body":"late","startDate":"2026-01-01","targetDate":"2026-02-01","creator":{"login":"ann"},"createdAt":"2026-01-01T00:00:00Z","project":{"id":"MDc6UHJvamVjdDEwMDI2MDM=","owner":{"__typename":"Organization","login":"o"}}}}}"""
    )]
    public async Task Data_arrives_with_its_main_facts(string tool, string arguments, string facts, string? variables, params string[] data)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(Project, (await OfficialExamples.OfAsync(Project)).Body!.Value.GetRawText());
        foreach (var held in data)
        {
            github.Upstream.On(
                "POST /api/graphql",
                async context =>
                {
                    using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
                    context.Response.ContentType = "application/json";
                    await context.Response.WriteAsync(SchemaAnswers.Of(await reader.ReadToEndAsync(), held));
                }
            );
        }

        var answer = await github.ReadAsync(tool, JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!);
        Assert.All(
            facts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(fact => fact.Split('=', 2)),
            fact => Assert.Equal(fact[0] == "message" ? fact[1].Replace('_', ' ') : fact[1], OfficialExamples.At(answer, fact[0]))
        );
        var documents = github.Upstream.Received.Where(request => request.Target == "/api/graphql").ToList();
        Assert.Equal(data.Length, documents.Count);
        if (variables is not null)
        {
            Assert.Equal(variables, JsonDocument.Parse(documents[^1].Body).RootElement.GetProperty("variables").GetRawText());
        }
    }

    [Fact]
    public async Task A_query_that_got_no_answer_is_not_taken_for_a_change()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.Upstream.On(
            "POST /api/graphql",
            context =>
            {
                context.Abort();
                return Task.CompletedTask;
            }
        );
        Assert.Contains(
            "Try again later",
            await github.FailAsync("list_label", new { owner = "octo", repo = "hello" }),
            StringComparison.Ordinal
        );
    }
}

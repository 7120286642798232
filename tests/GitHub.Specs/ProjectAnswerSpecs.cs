namespace GitHub.Specs;

/// <summary>Views and status updates of projects are understood from data that has the schema's names.</summary>
public sealed class ProjectAnswerSpecs
{
    [Theory]
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
    public Task Data_arrives_with_its_main_facts(string tool, string arguments, string facts, string? variables, params string[] data) =>
        SchemaCalls.CheckAsync(tool, arguments, facts, variables, data);
}

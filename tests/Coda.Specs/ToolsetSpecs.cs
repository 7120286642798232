namespace Coda.Specs;

/// <summary>The toolsets that are off by default.</summary>
public sealed class ToolsetSpecs
{
    private const string Doc = "\"docId\":\"AbCDeFGHij\"";

    [Fact]
    public async Task Sharing_is_read_and_changed()
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "sharing"));
        coda.OnDoc("GET /acl/metadata", """{"canShare":true,"canShareWithWorkspace":false,"canShareWithOrg":false,"canCopy":true}""")
            .OnDoc(
                "GET /acl/permissions",
                """{"items":[{"id":"p1","access":"readonly","principal":{"type":"email","email":"ann@example.com"}},{"id":"p2","access":"none","principal":{"type":"newKind"}}]}"""
            )
            .OnDoc("POST /acl/permissions", "{}")
            .OnDoc("DELETE /acl/permissions/p1", "{}")
            .OnDoc("GET /acl/principals/search", """{"users":[{"name":"Ann","loginId":"ann@example.com","type":"user"}],"groups":[]}""")
            .OnDoc(
                "GET /acl/settings",
                """{"allowEditorsToChangePermissions":true,"allowCopying":true,"allowViewersToRequestEditing":false}"""
            )
            .OnDoc(
                "PATCH /acl/settings",
                """{"allowEditorsToChangePermissions":true,"allowCopying":false,"allowViewersToRequestEditing":false}"""
            );
        Assert.True((await coda.CallAsync("coda_get_sharing_metadata", $"{{{Doc}}}")).Json.GetProperty("canCopy").GetBoolean());
        Assert.Equal(
            "newKind",
            (await coda.CallAsync("coda_list_permissions", $"{{{Doc}}}"))
                .Json.GetProperty("items")[1]
                .GetProperty("principal")
                .GetProperty("type")
                .GetString()
        );
        Assert.Equal(
            "done",
            (
                await coda.CallAsync(
                    "coda_add_permission",
                    $$"""{{{Doc}},"access":"write","principal":{"type":"email","email":"bob@example.com"},"suppressEmail":true}"""
                )
            )
                .Json.GetProperty("outcome")
                .GetString()
        );
        Assert.Equal(
            """{"access":"write","principal":{"type":"email","email":"bob@example.com"},"suppressEmail":true}""",
            coda.Coda.Received[^1].Text
        );
        Assert.Equal(
            "done",
            (await coda.CallAsync("coda_delete_permission", $$"""{{{Doc}},"permissionId":"p1"}""")).Json.GetProperty("outcome").GetString()
        );
        Assert.Equal(
            "Ann",
            (await coda.CallAsync("coda_search_principals", $$"""{{{Doc}},"query":"ann"}"""))
                .Json.GetProperty("users")[0]
                .GetProperty("name")
                .GetString()
        );
        Assert.True((await coda.CallAsync("coda_get_acl_settings", $"{{{Doc}}}")).Json.GetProperty("allowCopying").GetBoolean());
        Assert.False(
            (await coda.CallAsync("coda_update_acl_settings", $$"""{{{Doc}},"allowCopying":false}"""))
                .Json.GetProperty("allowCopying")
                .GetBoolean()
        );
        Assert.Equal("""{"allowCopying":false}""", coda.Coda.Received[^1].Text);
        Assert.Contains(
            "is not one of readonly, comment, write",
            (await coda.CallAsync("coda_add_permission", $$"""{{{Doc}},"access":"none","principal":{"type":"anyone"} }""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is not complete",
            (await coda.CallAsync("coda_add_permission", $$"""{{{Doc}},"access":"write","principal":{"type":"email"} }""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "principal is of type email and has domain as well",
            (
                await coda.CallAsync(
                    "coda_add_permission",
                    $$"""{{{Doc}},"access":"write","principal":{"type":"email","email":"ann@example.com","domain":"example.com"} }"""
                )
            ).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Docs_are_published_and_taken_back()
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "publishing"));
        coda.On("GET /categories", """{"items":[{"name":"Project management"}]}""")
            .OnApplied("PUT /publish", """{"requestId":"r1"}""")
            .OnDoc("DELETE /publish", "{}");
        Assert.True((await coda.CallAsync("coda_list_categories")).Json.GetProperty("complete").GetBoolean());
        Assert.Equal(
            "applied",
            (
                await coda.CallAsync(
                    "coda_publish_doc",
                    $$"""{{{Doc}},"slug":"my-doc","discoverable":false,"categoryNames":["Project management"],"mode":"view"}"""
                )
            )
                .Json.GetProperty("outcome")
                .GetString()
        );
        Assert.Equal(
            """{"slug":"my-doc","discoverable":false,"categoryNames":["Project management"],"mode":"view"}""",
            coda.Coda.Received.Single(r => r.Method == "PUT").Text
        );
        Assert.Equal("done", (await coda.CallAsync("coda_unpublish_doc", $"{{{Doc}}}")).Json.GetProperty("outcome").GetString());
        Assert.Contains(
            "is not one of view, play, edit",
            (await coda.CallAsync("coda_publish_doc", $$"""{{{Doc}},"mode":"write"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Folders_are_kept()
    {
        const string Folder =
            """{"id":"fl-1","type":"folder","name":"Plans","browserLink":"b","workspace":{"id":"ws-1"},"iconColor":"DARK_BLUE"}""";
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "folders"));
        coda.On("GET /folders", $$"""{"items":[{{Folder}}]}""")
            .On("GET /folders/fl-1", Folder)
            .On("POST /folders", Folder, 201)
            .On("PATCH /folders/fl-1", Folder)
            .On("DELETE /folders/fl-1", """{"message":"Folder is not empty."}""", 400)
            .On("DELETE /folders/fl-2", "{}");
        Assert.Equal(
            "Plans",
            (await coda.CallAsync("coda_list_folders", """{"workspaceId":"ws-1","isStarred":true}"""))
                .Json.GetProperty("items")[0]
                .GetProperty("name")
                .GetString()
        );
        Assert.Equal("GET /folders?workspaceId=ws-1&isStarred=true", coda.Requests[^1]);
        Assert.Equal("fl-1", (await coda.CallAsync("coda_get_folder", """{"folderId":"fl-1"}""")).Json.GetProperty("id").GetString());
        await coda.CallAsync("coda_create_folder", """{"name":"Plans","workspaceId":"ws-1"}""");
        Assert.Equal("""{"name":"Plans","workspaceId":"ws-1"}""", coda.Coda.Received[^1].Text);
        Assert.False((await coda.CallAsync("coda_update_folder", """{"folderId":"fl-1","description":"d"}""")).IsError);
        Assert.StartsWith(
            "Nothing to change",
            (await coda.CallAsync("coda_update_folder", """{"folderId":"fl-1"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Coda returned 400: Folder is not empty.",
            (await coda.CallAsync("coda_delete_folder", """{"folderId":"fl-1"}""")).Error
        );
        Assert.Equal(
            "done",
            (await coda.CallAsync("coda_delete_folder", """{"folderId":"fl-2"}""")).Json.GetProperty("outcome").GetString()
        );
    }

    [Fact]
    public async Task An_automation_is_started_once_and_its_refusal_explained()
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "automation"));
        coda.OnDoc("POST /hooks/automation/grid-auto-1", """{"requestId":"r1"}""", 202)
            .OnDoc("POST /hooks/automation/grid-auto-1", """{"message":"Rule is off."}""", 422)
            .On("GET /mutationStatus/r1", """{"completed":true}""");
        Assert.Equal(
            "applied",
            (await coda.CallAsync("coda_trigger_automation", $$"""{{{Doc}},"ruleId":"grid-auto-1","payload":{"a":[1]} }"""))
                .Json.GetProperty("outcome")
                .GetString()
        );
        Assert.Equal("""{"a":[1]}""", coda.Coda.Received[0].Text);
        Assert.Contains(
            "The automation cannot run",
            (await coda.CallAsync("coda_trigger_automation", $$"""{{{Doc}},"ruleId":"grid-auto-1"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Equal("{}", coda.Coda.Received[^1].Text);
    }

    [Fact]
    public async Task Analytics_are_read_and_the_enterprise_rule_is_named()
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "analytics"));
        coda.On(
                "GET /analytics/docs",
                """{"items":[{"doc":{"id":"AbCDeFGHij","title":"Launch"},"metrics":[{"date":"2026-01-01","views":3,"newMetric":1}]}]}"""
            )
            .On("GET /analytics/docs/AbCDeFGHij/pages", """{"message":"Unauthorized"}""", 401)
            .On("GET /analytics/docs/summary", """{"totalSessions":9}""")
            .On(
                "GET /analytics/updated",
                """{"docAnalyticsLastUpdated":"2026-01-01","packAnalyticsLastUpdated":"2026-01-01","packFormulaAnalyticsLastUpdated":"2026-01-01"}"""
            );
        var docs = (
            await coda.CallAsync(
                "coda_list_doc_analytics",
                """{"docIds":["AbCDeFGHij"],"sinceDate":"2026-01-01","scale":"cumulative","orderBy":"views","direction":"descending","limit":10}"""
            )
        ).Json;
        Assert.Equal(3, docs.GetProperty("items")[0].GetProperty("metrics")[0].GetProperty("views").GetInt32());
        Assert.Equal(
            "GET /analytics/docs?docIds=AbCDeFGHij&sinceDate=2026-01-01&scale=cumulative&orderBy=views&direction=descending&limit=10",
            coda.Requests[^1]
        );
        Assert.Equal(
            "Coda returned 401: Unauthorized. Page analytics exist only for docs in an Enterprise workspace; the token itself may be fine.",
            (await coda.CallAsync("coda_list_page_analytics", $"{{{Doc}}}")).Error
        );
        Assert.Equal(9, (await coda.CallAsync("coda_get_doc_analytics_summary")).Json.GetProperty("totalSessions").GetInt32());
        Assert.Equal(
            "2026-01-01",
            (await coda.CallAsync("coda_get_analytics_updated")).Json.GetProperty("docAnalyticsLastUpdated").GetString()
        );
    }

    [Fact]
    public async Task Workspace_members_and_roles_are_read_and_changed()
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "workspace"));
        coda.On(
                "GET /workspaces/ws-1/users",
                """{"items":[{"email":"ann@example.com","name":"Ann","role":"Admin","registeredAt":"2026-01-01T00:00:00Z"}]}"""
            )
            .On("POST /workspaces/ws-1/users/role", """{"roleChangedAt":"2026-01-01T00:00:00Z"}""")
            .On(
                "GET /workspaces/ws-1/roles",
                """{"items":[{"month":"2026-01-01","activeAdminCount":1,"activeDocMakerCount":2,"activeEditorCount":3,"inactiveAdminCount":0,"inactiveDocMakerCount":0,"inactiveEditorCount":0}]}"""
            );
        Assert.False(
            (await coda.CallAsync("coda_list_workspace_members", """{"workspaceId":"ws-1","includedRoles":["Admin","Editor"]}""")).IsError
        );
        Assert.Equal("GET /workspaces/ws-1/users?includedRoles=Admin%2CEditor", coda.Requests[^1]);
        await coda.CallAsync("coda_change_user_role", """{"workspaceId":"ws-1","email":"ann@example.com","newRole":"Editor"}""");
        Assert.Equal("""{"email":"ann@example.com","newRole":"Editor"}""", coda.Coda.Received[^1].Text);
        Assert.Contains(
            "is not one of Admin, DocMaker, Editor",
            (await coda.CallAsync("coda_change_user_role", """{"workspaceId":"ws-1","email":"a@b","newRole":"Owner"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Equal(
            2,
            (await coda.CallAsync("coda_list_workspace_role_activity", """{"workspaceId":"ws-1"}"""))
                .Json.GetProperty("items")[0]
                .GetProperty("activeDocMakerCount")
                .GetInt32()
        );
    }

    [Fact]
    public async Task Custom_domains_are_kept_at_the_real_path()
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "domains"));
        coda.OnDoc(
                "GET /domains",
                """{"customDocDomains":[{"customDocDomain":"docs.example.com","hasCertificate":true,"hasDnsDocId":true,"setupStatus":"succeeded","domainStatus":"connected"}]}"""
            )
            .OnDoc("POST /domains", "{}", 202)
            .OnDoc("PATCH /domains/docs.example.com", "{}")
            .OnDoc("DELETE /domains/docs.example.com", "{}")
            .On("GET /domains/provider/docs.example.com", """{"provider":"Hover (Tucows)"}""");
        Assert.Equal(
            "connected",
            (await coda.CallAsync("coda_list_custom_domains", $"{{{Doc}}}"))
                .Json.GetProperty("items")[0]
                .GetProperty("domainStatus")
                .GetString()
        );
        Assert.Equal(
            "accepted",
            (await coda.CallAsync("coda_add_custom_domain", $$"""{{{Doc}},"customDocDomain":"docs.example.com"}"""))
                .Json.GetProperty("outcome")
                .GetString()
        );
        Assert.Equal(
            "done",
            (await coda.CallAsync("coda_update_custom_domain", $$"""{{{Doc}},"customDocDomain":"docs.example.com"}"""))
                .Json.GetProperty("outcome")
                .GetString()
        );
        Assert.Equal(
            "done",
            (await coda.CallAsync("coda_delete_custom_domain", $$"""{{{Doc}},"customDocDomain":"docs.example.com"}"""))
                .Json.GetProperty("outcome")
                .GetString()
        );
        Assert.Equal(
            "Hover (Tucows)",
            (await coda.CallAsync("coda_get_custom_domain_provider", """{"customDocDomain":"docs.example.com"}"""))
                .Json.GetProperty("provider")
                .GetString()
        );
    }
}

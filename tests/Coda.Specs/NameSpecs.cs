using McpGateway.Testing;

namespace Coda.Specs;

/// <summary>A person who is asked about a destructive call reads what docs, tables and rows are called.</summary>
public sealed class NameSpecs
{
    [Theory]
    [InlineData(
        "coda_delete_row",
        """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","rowIdOrName":"i-1x"}""",
        "docId: Home; tableIdOrName: Tasks; rowIdOrName: Buy milk"
    )]
    [InlineData(
        "coda_delete_rows",
        """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","rowIds":["i-1x","i-2x","i-1x","i-1x","i-1x","i-1x"]}""",
        "docId: Home; tableIdOrName: Tasks; rowIds: Buy milk; i-2x; Buy milk; Buy milk; Buy milk; and 1 more"
    )]
    [InlineData("coda_delete_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x"}""", "docId: Home; pageIdOrName: Diary")]
    [InlineData(
        "coda_delete_page_content",
        """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","elementIds":["cl-1"]}""",
        "docId: Home; pageIdOrName: Diary; elementIds: Dear diary"
    )]
    [InlineData(
        "coda_push_button",
        """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","rowIdOrName":"i-1x","columnIdOrName":"c-1"}""",
        "docId: Home; tableIdOrName: Tasks; rowIdOrName: Buy milk; columnIdOrName: Send"
    )]
    [InlineData("coda_delete_folder", """{"folderId":"fl-1"}""", "folderId: Plans")]
    [InlineData(
        "coda_delete_permission",
        """{"docId":"AbCDeFGHij","permissionId":"p-1"}""",
        "docId: Home; permissionId: a@b.example, write"
    )]
    public async Task Ids_are_told_in_words(string tool, string arguments, string told)
    {
        await using var gateway = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        gateway
            .On("GET /docs/AbCDeFGHij", """{"id":"AbCDeFGHij","name":"Home"}""")
            .OnDoc("GET /tables/grid-1x", """{"id":"grid-1x","name":"Tasks"}""")
            .OnDoc("GET /tables/grid-1x/rows/i-1x", """{"id":"i-1x","name":"Buy milk","values":{}}""")
            .OnDoc("GET /tables/grid-1x/rows/i-2x", """{"id":"i-2x","name":"","values":{}}""")
            .OnDoc("GET /tables/grid-1x/columns", """{"items":[{"id":"c-1","name":"Send","format":{"type":"button"}}]}""")
            .OnDoc("GET /pages/canvas-1x", """{"id":"canvas-1x","name":"Diary"}""")
            .OnDoc("GET /pages/canvas-1x/content", """{"items":[{"id":"cl-1","itemContent":{"content":"Dear diary"}}]}""")
            .On("GET /folders/fl-1", """{"id":"fl-1","name":"Plans"}""")
            .OnDoc(
                "GET /acl/permissions",
                """{"items":[{"id":"p-1","principal":{"type":"email","email":"a@b.example"},"access":"write"}]}"""
            );
        Assert.Contains(
            $"({told})?",
            await Question.AskedAsync(gateway.Gateway, tool, arguments, CodaGateway.Caller),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(gateway.Requests, request => !request.StartsWith("GET ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("coda_create_folder", """{"name":"Plans","workspaceId":"ws-1"}""", "workspaceId: Ours")]
    [InlineData("coda_change_user_role", """{"workspaceId":"ws-2","email":"a@b.example","newRole":"Editor"}""", "workspaceId: Theirs")]
    [InlineData("coda_create_doc", """{"title":"Copy","sourceDoc":"AbCDeFGHij"}""", "sourceDoc: Home")]
    [InlineData(
        "coda_create_page",
        """{"docId":"AbCDeFGHij","name":"Copy","parentPageId":"canvas-1x","syncDocId":"AbCDeFGHij","syncPageId":"canvas-1x"}""",
        "docId: Home; syncDocId: Home; parentPageId: Diary; syncPageId: Diary"
    )]
    [InlineData("coda_trigger_automation", """{"docId":"AbCDeFGHij","ruleId":"grid-auto-1"}""", "docId: Home")]
    public async Task So_are_those_of_calls_that_rights_let_wait(string tool, string arguments, string told)
    {
        await using var gateway = await CodaGateway.StartAsync([("CODA_TOOLSETS", "all"), .. Question.Lent]);
        gateway
            .On("GET /docs/AbCDeFGHij", """{"id":"AbCDeFGHij","name":"Home"}""")
            .OnDoc("GET /pages/canvas-1x", """{"id":"canvas-1x","name":"Diary"}""")
            .On("GET /whoami", """{"name":"Ada","loginId":"a@b.example","workspace":{"id":"ws-1","name":"Ours"}}""")
            .On(
                "GET /folders?workspaceId=ws-2&limit=1",
                """{"items":[{"id":"fl-2","name":"F","workspace":{"id":"ws-2","name":"Theirs"}}]}"""
            );
        Assert.Equal(told, await Question.WaitingAsync(gateway.Gateway, tool, arguments));
        Assert.DoesNotContain(gateway.Requests, request => !request.StartsWith("GET ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_gateway_may_not_touch_is_not_named_either()
    {
        await using var gateway = await CodaGateway.StartAsync(("CODA_ALLOWED_DOCS", "Other12345"));
        var asked = await Question.AskedAsync(gateway.Gateway, "coda_delete_doc", """{"docId":"AbCDeFGHij"}""", CodaGateway.Caller);
        Assert.StartsWith("Run 'Delete a doc'? It deletes", asked, StringComparison.Ordinal);
        Assert.Empty(gateway.Requests);
    }
}

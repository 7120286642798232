using McpGateway.Testing;

namespace Coda.Specs;

public sealed class ToolListSpecs
{
    private static readonly string[] Defaults =
    [
        "coda_append_page_content",
        "coda_create_doc",
        "coda_create_page",
        "coda_create_table",
        "coda_delete_doc",
        "coda_delete_page",
        "coda_delete_page_content",
        "coda_delete_row",
        "coda_delete_rows",
        "coda_find_rows",
        "coda_get_doc",
        "coda_get_doc_schema",
        "coda_get_mutation_status",
        "coda_get_page",
        "coda_get_page_content",
        "coda_get_row",
        "coda_get_table",
        "coda_list_columns",
        "coda_list_docs",
        "coda_list_pages",
        "coda_list_rows",
        "coda_list_tables",
        "coda_peek_page",
        "coda_push_button",
        "coda_replace_page_content",
        "coda_resolve_link",
        "coda_search_pages",
        "coda_update_doc",
        "coda_update_page",
        "coda_update_row",
        "coda_update_rows",
        "coda_upsert_rows",
        "coda_whoami",
        "fetch",
        "read_more",
        "search",
        "show_activity",
    ];

    [Fact]
    public async Task The_tools_are_listed_without_a_word_to_coda()
    {
        await using var coda = await CodaGateway.StartAsync();
        Assert.Equal(Defaults, coda.Client.Tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.Empty(coda.Coda.Received);
    }

    [Theory]
    [InlineData("coda_list_documents", "{}", "GET /docs")]
    [InlineData("coda_get_document", """{"docId":"AbCDeFGHij"}""", "GET /docs/AbCDeFGHij")]
    [InlineData("coda_resolve_browser_link", """{"url":"https://coda.io/x"}""", "GET /resolveBrowserLink?url=https%3A%2F%2Fcoda.io%2Fx")]
    public async Task Names_of_other_coda_servers_are_taken_in_calls(string alias, string arguments, string request)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On(request.Split('?')[0], """{"items":[],"id":"AbCDeFGHij","name":"n","resource":{"type":"doc","id":"AbCDeFGHij"}}""");
        Assert.False((await coda.CallAsync(alias, arguments)).IsError);
        Assert.Equal(request, Assert.Single(coda.Requests));
        Assert.DoesNotContain(coda.Client.Tools, tool => tool.Name == alias);
    }

    [Fact]
    public async Task The_list_is_lean()
    {
        await using var coda = await CodaGateway.StartAsync();
        using var response = await coda.Gateway.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", CodaGateway.Caller);
        response.EnsureSuccessStatusCode();
        var bytes = (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
        Assert.InRange(bytes, 20_000, 30_000);
    }

    [Fact]
    public async Task Every_tool_says_what_it_does_and_what_it_answers()
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        Assert.All(
            coda.Client.Tools.Where(tool => tool.Name is not ("read_more" or "show_activity" or "coda_get_page_content")),
            tool =>
            {
                var definition = tool.ProtocolTool;
                Assert.False(string.IsNullOrWhiteSpace(definition.Title), tool.Name);
                Assert.False(string.IsNullOrWhiteSpace(definition.Description), tool.Name);
                Assert.Equal("object", definition.OutputSchema?.GetProperty("type").GetString());
                Assert.True(definition.Annotations?.OpenWorldHint, tool.Name);
                Assert.True(definition.Annotations?.ReadOnlyHint == true || definition.Annotations?.DestructiveHint is not null, tool.Name);
            }
        );
    }

    [Theory]
    [InlineData("all", 70)]
    [InlineData("core", 32)]
    [InlineData("default,folders", 41)]
    [InlineData("export", 1)]
    [InlineData("formulas", 5)]
    [InlineData("sharing", 7)]
    [InlineData("publishing", 3)]
    [InlineData("automation", 1)]
    [InlineData("analytics", 4)]
    [InlineData("workspace", 3)]
    [InlineData("domains", 5)]
    public async Task The_operator_chooses_toolsets(string toolsets, int count)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", toolsets));
        // And read_more, which every gateway has.
        Assert.Equal(count + 1, coda.Client.Tools.Count);
    }

    [Fact]
    public async Task A_toolset_that_does_not_exist_stops_the_start()
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => CodaGateway.StartAsync(("CODA_TOOLSETS", "core,tables")));
        Assert.Equal(
            "CODA_TOOLSETS names 'tables', which is not a toolset: use all, default, core, search, chatgpt, views, export, formulas, "
                + "sharing, publishing, folders, automation, analytics, workspace, domains.",
            refusal.Message
        );
    }

    [Fact]
    public async Task Read_only_leaves_only_what_reads_and_refuses_the_rest()
    {
        await using var coda = await CodaGateway.StartAsync(("READ_ONLY", "true"), ("CODA_TOOLSETS", "all"));
        Assert.All(coda.Client.Tools, tool => Assert.True(tool.ProtocolTool.Annotations?.ReadOnlyHint));
        Assert.Contains(
            "read-only",
            (await coda.CallAsync("coda_delete_doc", """{"docId":"AbCDeFGHij"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(coda.Coda.Received);
    }

    [Fact]
    public async Task Without_a_token_every_tool_says_which_variable_to_set()
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_API_TOKEN", null), ("CODA_TOOLSETS", "all"));
        var caller = new ToolCaller(coda.Gateway, CodaGateway.Caller, coda.Time);
        var calls = await caller.ListAsync(new() { Samples = SampleCalls.Samples, AlsoWanted = SampleCalls.AlsoWanted });
        foreach (var call in calls.Where(call => call.Tool is not ("read_more" or "show_activity")))
        {
            var told = (await caller.CallAsync(call)).ToJsonString();
            Assert.True(
                told.Contains("set CODA_API_TOKEN", StringComparison.Ordinal),
                $"{call.Tool} {call.Arguments.ToJsonString()}: {told}"
            );
        }

        Assert.Empty(coda.Coda.Received);
    }
}

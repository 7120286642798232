using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Memory.Specs.Tools;

/// <summary>The graph inside a chat: as a page for hosts that show one, as text for the others.</summary>
public sealed class ViewSpecs
{
    private const string Page = "ui://memory-graph.html";

    public ViewSpecs() => McpGateway.Testing.Tool.Require("node", "Install Node.js 20 or later, and build again.");

    [Fact]
    public async Task A_host_finds_the_page_by_the_tool_and_not_among_what_people_attach()
    {
        await using var memory = await FilledAsync(("ANSWER_TOKENS", "4000"));
        await using var client = await memory.Gateway.ConnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        var tool = (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Single(each =>
            each.Name == "show_memory_graph"
        );
        Assert.Equal($$$"""{"ui":{"resourceUri":"{{{Page}}}"}}""", tool.ProtocolTool.Meta!.ToJsonString());
        var page = Assert.IsType<TextResourceContents>(
            Assert.Single((await client.ReadResourceAsync(Page, cancellationToken: TestContext.Current.CancellationToken)).Contents)
        );
        Assert.Equal((Page, "text/html;profile=mcp-app"), (page.Uri, page.MimeType));
        Assert.Equal("""{"ui":{"csp":{},"prefersBorder":true}}""", page.Meta!.ToJsonString());
        // Whole, although a model would be given a part of as much.
        Assert.StartsWith("<!doctype html>", page.Text, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page.Text, StringComparison.Ordinal);
        Assert.InRange(page.Text.Length, 15_000, 60_000);
        // One file: it could load nothing else.
        Assert.DoesNotMatch("(src|href)=", page.Text[..page.Text.IndexOf("<script>", StringComparison.Ordinal)]);
        var listed = await client.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Page, listed.Select(resource => resource.Uri));
    }

    [Theory]
    [InlineData("tools=show_memory_graph", true)]
    [InlineData("deny=show_memory_graph", false)]
    public async Task The_page_goes_where_its_tool_goes(string rights, bool opens)
    {
        const string Narrow = "a-narrow-token-01";
        await using var memory = await FilledAsync(("MCP_BEARER_TOKENS", $"n8n={Narrow};{rights},all=a-token-for-all-02"));
        await using var client = await memory.Gateway.ConnectAsync(Narrow, cancellationToken: TestContext.Current.CancellationToken);
        var reading = client.ReadResourceAsync(Page, cancellationToken: TestContext.Current.CancellationToken).AsTask();
        if (opens)
        {
            Assert.Single((await reading).Contents);
        }
        else
        {
            var refusal = await Assert.ThrowsAsync<McpProtocolException>(() => reading);
            Assert.Contains("show_memory_graph", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_request_that_leaves_the_tool_out_leaves_the_page_out()
    {
        await using var memory = await FilledAsync();
        using var response = await memory.Gateway.PostAsync(
            $$$"""{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"{{{Page}}}"}}""",
            configure: request => request.Headers.Add("X-MCP-Exclude-Tools", "show_memory_graph")
        );
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"error\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("doctype", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_related_most_comes_as_a_picture_and_as_text()
    {
        await using var memory = await FilledAsync();
        var answer = await memory.CallAsync("show_memory_graph", new { limit = 3 });
        Assert.Equal(["Ada", "Bo", "Acme"], answer.Names);
        Assert.Equal(["Ada knows Bo", "Ada works at Acme", "Bo works at Acme"], answer.Relations);
        Assert.Equal(4, (int)answer.Structured!["total"]!);
        Assert.Equal(3, (int)answer.Structured["entities"]![0]!["relations"]!);
        Assert.Equal(
            """
            3 of 4 entities:
            Ada (person), relations: 3
            Bo (person), relations: 2
            Acme (company), relations: 2
            Ada knows Bo
            Ada works at Acme
            Bo works at Acme
            """,
            answer.Text
        );
    }

    [Fact]
    public async Task An_entity_stands_in_the_middle_of_what_is_around_it()
    {
        await using var memory = await FilledAsync();
        var answer = await memory.CallAsync("show_memory_graph", new { name = "Acme", limit = 3 });
        Assert.Equal(["Acme", "Ada", "Bo"], answer.Names);
        Assert.Equal("Acme", (string?)answer.Structured!["around"]);
        var unknown = await memory.CallAsync("show_memory_graph", new { name = "acme" });
        Assert.True(unknown.IsError);
        Assert.Contains("did you mean \"Acme\"?", unknown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_memory_says_so()
    {
        await using var memory = await MemoryGateway.StartAsync();
        var answer = await memory.CallAsync("show_memory_graph", new { });
        Assert.Equal(("The memory is empty.", false), (answer.Text, answer.IsError));
        Assert.Empty(answer.Names);
    }

    private static async Task<MemoryGateway> FilledAsync(params (string Name, string? Value)[] settings)
    {
        var memory = await MemoryGateway.StartAsync(settings);
        memory.Gateway.Http.DefaultRequestHeaders.Authorization = new("Bearer", "a-token-for-all-02");
        using var taken = await memory.Gateway.Http.PostAsync(
            new Uri("/import", UriKind.Relative),
            new StringContent(
                """
                {"type":"entity","name":"Ada","entityType":"person","observations":["likes tea"]}
                {"type":"entity","name":"Bo","entityType":"person","observations":[]}
                {"type":"entity","name":"Acme","entityType":"company","observations":[]}
                {"type":"entity","name":"Tea","entityType":"thing","observations":[]}
                {"type":"relation","from":"Ada","to":"Bo","relationType":"knows"}
                {"type":"relation","from":"Ada","to":"Acme","relationType":"works at"}
                {"type":"relation","from":"Bo","to":"Acme","relationType":"works at"}
                {"type":"relation","from":"Ada","to":"Tea","relationType":"likes"}
                """
            ),
            TestContext.Current.CancellationToken
        );
        taken.EnsureSuccessStatusCode();
        return memory;
    }
}

using System.Net;
using McpGateway.Tools;
using McpGateway.Tools.Arguments;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Specs.Tools;

/// <summary>Arguments by names the tool does not have.</summary>
public sealed class UnknownArgumentSpecs
{
    [Fact]
    public async Task A_name_of_a_million_letters_is_near_to_none_and_told_in_short()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("echo", $$"""{"text":"x","{{new string('t', 1_000_000)}}":1}"""));
        var said = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("unknown argument", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Did you mean", said, StringComparison.Ordinal);
        Assert.InRange(said.Length, 0, 3_000);
    }

    [Theory]
    [InlineData("""{"name":"echo","arguments":{"text":"a"},"times":3}""", "times")]
    [InlineData("""{"name":"echo","arguments":{"text":"a"},"Note_Id":"n"}""", "Note_Id")]
    [InlineData("""{"name":"echo","text":"a"}""", "text")]
    [InlineData("""{"name":"echo","arguments":{},"args":{"text":"a"}}""", "args")]
    [InlineData("""{"name":"echo","input":{"text":"a"}}""", "input")]
    public async Task Arguments_beside_those_of_the_message_are_refused_where_they_would_go_to_nobody(string parameters, string misplaced)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync($$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{parameters}} }""");
        Assert.Equal(
            $"The params of 'tools/call' have '{misplaced}' beside 'name', where nothing reads it: arguments belong in 'arguments'. "
                + "Nothing was done.",
            await response.ErrorAsync(HttpStatusCode.OK, -32602)
        );
    }

    [Theory]
    [InlineData("""{"name":"echo","arguments":{"text":"a"},"sessionId":"x","timeout":3,"times":null}""")]
    [InlineData("""{"name":"echo","arguments":{"text":"a","times":1},"times":1,"input":{"text":"a"}}""")]
    public async Task What_else_a_client_writes_there_does_no_harm(string parameters)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync($$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{parameters}} }""");
        Assert.Equal("a Plain", await response.ToolTextAsync());
    }

    [Theory]
    [InlineData("""{"Text":"a","note_ids":["n"]}""", "a Plain n")]
    [InlineData("""{"texts":"a","noteIDs":"n"}""", "a Plain n")]
    [InlineData("""{"message":"a"}""", "a Plain")]
    [InlineData("""{"text":"a","Message":"a"}""", "a Plain")]
    [InlineData("""{"text":"a","place":{"town":"Rome"}}""", "a Plain Rome")]
    [InlineData("""{"text":"a","town":"Rome"}""", "a Plain Rome")]
    [InlineData("""{"text":"a","floor":2,"place":{"city":"Rome"}}""", "a Plain Rome 2")]
    [InlineData("""{"text":"a","message":"echo"}""", "a Plain")]
    public async Task A_name_in_another_style_or_an_alias_is_taken(string arguments, string said)
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("echo", arguments));
        Assert.Equal(said, await response.ToolTextAsync());
    }

    [Fact]
    public async Task Two_names_of_one_argument_may_not_contradict_each_other()
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("echo", """{"text":"a","message":"b"}"""));
        Assert.Equal(
            "Invalid arguments for tool echo, nothing was done. message means text, which is given as well: give one of them.",
            await response.ToolTextAsync()
        );
    }

    [Fact]
    public async Task A_tool_that_reads_says_what_it_ignored()
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.PostAsync(
            SpecService.Call("echo", """{"text":"a","repeats":2,"timse":3,"place":{"city":"Rome","street":"x"},"colour":"red"}""")
        );
        var content = (await response.JsonAsync())["result"]!["content"]!.AsArray();
        Assert.Equal("a Plain Rome", (string?)content[0]!["text"]);
        var note = (string?)content[1]!["text"];
        Assert.StartsWith("ignored: [\"place.street\",\"repeats\",\"timse\",\"colour\"]\n", note, StringComparison.Ordinal);
        Assert.Contains("place.street: unknown argument. There are city, floor.", note, StringComparison.Ordinal);
        Assert.Contains("timse: unknown argument. Did you mean times?", note, StringComparison.Ordinal);
        Assert.Contains("colour: unknown argument. Use kind.", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Structured_content_says_what_was_ignored_as_well()
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("measure", """{"text":"abc","unit":"cm"}"""));
        var result = (await response.JsonAsync())["result"]!["structuredContent"]!;
        Assert.Equal("""{"length":3,"ignored":["unit"]}""", result.ToJsonString());
    }

    [Fact]
    public async Task A_tool_that_writes_refuses_it_and_says_what_was_meant()
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.PostAsync(
            SpecService.Call("store", """{"note":"a","tagz":["x"],"place":{"city":"Rome","flor":1}}""")
        );
        Assert.Equal(
            """
            Invalid arguments for tool store, nothing was done:
            - place.flor: unknown argument. Did you mean floor?
            - tagz: unknown argument. Did you mean tags?
            """,
            await response.ToolTextAsync()
        );
    }

    [Theory]
    [InlineData("echo", "text", "a Plain")]
    [InlineData("store", "note", "stored a")]
    public async Task What_clients_add_by_themselves_is_dropped(string tool, string field, string said)
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.PostAsync(
            SpecService.Call(
                tool,
                $$"""{"{{field}}":"a","toolCallId":"c","sessionId":"s","action":"sendMessage","chatInput":"hi","tool":"MCP_x","unknown":null}"""
            )
        );
        Assert.Equal(said, await response.ToolTextAsync());
    }

    [Fact]
    public async Task Their_names_further_in_are_the_models_own()
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("store", """{"note":"a","place":{"city":"Rome","action":"x"}}"""));
        Assert.Equal(
            "Invalid arguments for tool store, nothing was done. place.action: unknown argument. There are city, floor.",
            await response.ToolTextAsync()
        );
    }

    [Theory]
    [InlineData("""{"input":{"text":"a"}}""", "a Plain")]
    [InlineData("""{"request":"a"}""", "a Plain")]
    [InlineData("""{"input":{"text":"a"},"times":2}""", "text: expected a string, received nothing.")]
    [InlineData("""{"request":{"text":"a"}}""", "text: expected a string, received an object.")]
    public async Task An_object_holds_the_arguments_only_where_it_is_alone_and_means_nothing_else(string arguments, string said)
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("echo", arguments));
        Assert.Contains(said, await response.ToolTextAsync(), StringComparison.Ordinal);
    }

    private static Task<McpGateway.Testing.Gateway> StartAsync() =>
        McpGateway.Testing.Gateway.StartAsync(
            SpecService.Definition,
            gateway =>
            {
                gateway.Services.AddSingleton(new Gate());
                gateway.Services.AddHttpClient();
                gateway.Services.AddSingleton(
                    new ArgumentAliases()
                        .Take("text", "message request")
                        .Take("city", "town")
                        .Take("place.city", "town")
                        .Take("place.floor", "floor")
                        .Mark("message", "echo")
                        .Advise("colour", "Use kind.")
                );
                gateway.Mcp.WithTools<SpecTools>().WithTools<NoteTools>();
            }
        );
}

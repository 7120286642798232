using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using McpGateway.Secrets;
using McpGateway.Specs.Rights;
using McpGateway.Testing;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Selection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Specs.Tools;

/// <summary>Who writes a name slightly wrong, or calls what is not offered here, is told so, and of nothing that they may not use.</summary>
public sealed class UnknownNameSpecs
{
    private const string Token = "unknown-name-spec-token-1";
    private const string InPeople = "It is in the toolset people.";
    private const string LeftOut = "This gateway has it, but the address and the X-MCP headers of the request leave it out.";

    [Theory]
    [InlineData("/mcp", "", "serch_books", "Unknown tool: 'serch_books'. Did you mean search_books?")]
    [InlineData("/mcp", "", "openBook", "Unknown tool: 'openBook'. Did you mean open_book?")]
    [InlineData("/mcp", "", "mcp__books__add_book", "Unknown tool: 'mcp__books__add_book'. Did you mean add_book?")]
    [InlineData("/mcp", "", "weather", "Unknown tool: 'weather'. tools/list names those there are.")]
    [InlineData("/mcp", "", "search_people", $"Unknown tool: 'search_people'. {LeftOut} {InPeople}")]
    [InlineData("/mcp", "", "delete_peple", $"Unknown tool: 'delete_peple'. Did you mean delete_people? {LeftOut} {InPeople}")]
    [InlineData("/mcp/readonly", "", "add_book", $"Unknown tool: 'add_book'. {LeftOut} It is in the toolset books.")]
    [InlineData("/mcp", "read;tools=*_book", "serch_books", "Unknown tool: 'serch_books'. tools/list names those there are.")]
    [InlineData("/mcp", "deny=search_people", "search_people", "Unknown tool: 'search_people'. tools/list names those there are.")]
    [InlineData("/mcp", "tools=o* add_*", "search_people", "Unknown tool: 'search_people'. tools/list names those there are.")]
    [InlineData("/mcp/x/people", "read", "delete_peopl", "Unknown tool: 'delete_peopl'. tools/list names those there are.")]
    public async Task A_tool(string path, string rights, string name, string said)
    {
        var log = new UseLog();
        await using var gateway = await StartAsync(log, rights);
        Assert.Equal(said, await RefusedAsync(gateway, path, "tools/call", $$"""{"name":"{{name}}","arguments":{} }"""));
        Assert.Empty(log.Uses);
    }

    [Theory]
    [InlineData("one", null, "second", "This gateway has it, but its settings leave it out: its operator can change that.")]
    [InlineData(null, "first", "first", "This gateway has it, but its settings leave it out: its operator can change that.")]
    public async Task A_tool_that_settings_leave_out(string? toolsets, string? excluded, string name, string said)
    {
        await using var gateway = await Gateway.StartAsync(
            SpecService.Definition,
            gateway =>
                new Toolsets("SPEC", ToolJson.Readable)
                    .Default("one", tools => tools.Add<ToolsetSpecs.FirstTools>())
                    .Default("two", tools => tools.Add<ToolsetSpecs.SecondTools>())
                    .Register(gateway, new(toolsets, Excluded: excluded))
        );
        Assert.Equal(
            $"Unknown tool: '{name}'. {said}",
            await RefusedAsync(gateway, "/mcp", "tools/call", $$"""{"name":"{{name}}","arguments":{} }""")
        );
    }

    [Theory]
    [InlineData("prompts/get", """{"name":"advice"}""", "", "Unknown prompt: 'advice'. Did you mean advise?")]
    [InlineData("prompts/get", """{"name":"weather"}""", "", "Unknown prompt: 'weather'. There are advise.")]
    [InlineData(
        "resources/read",
        """{"uri":"books://{title}"}""",
        "",
        "Unknown resource URI: 'books://{title}'. Did you mean book://{title}?"
    )]
    [InlineData("resources/read", """{"uri":"file:///etc"}""", "", "Unknown resource URI: 'file:///etc'. There are book://{title}.")]
    [InlineData("prompts/get", """{"name":"advice"}""", "tools=open_book", "Prompts come with the tool 'search_books'")]
    [InlineData("resources/read", """{"uri":"books://x"}""", "tools=search_books", "Resources come with the tool 'open_book'")]
    public async Task A_prompt_or_resource(string method, string parameters, string rights, string said)
    {
        await using var gateway = await StartAsync(new(), rights);
        Assert.StartsWith(said, await RefusedAsync(gateway, "/mcp", method, parameters), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"ref/prompt","name":"greting"}""", "Unknown prompt: 'greting'. Did you mean greeting?")]
    [InlineData(
        """{"type":"ref/resource","uri":"book://{titel}"}""",
        "Unknown resource URI: 'book://{titel}'. Did you mean book://{title}?"
    )]
    public async Task What_a_client_wants_completed(string reference, string said)
    {
        await using var gateway = await Gateway.StartAsync(
            SpecService.Definition,
            gateway =>
                new Toolsets("SPEC", ToolJson.Readable)
                    .Default("one", tools => tools.Add<ToolsetSpecs.FirstTools>())
                    .WithPrompts("first", [McpServerPrompt.Create(() => "hello", new() { Name = "greeting" })])
                    .WithResources(
                        "first",
                        () => [McpServerResource.Create((string title) => title, new() { UriTemplate = "book://{title}", Name = "book" })],
                        _ => (_, _) => ValueTask.FromResult(new CompleteResult { Completion = new() { Values = ["found"] } })
                    )
                    .Register(gateway, new(null))
        );
        const string Argument = "\"argument\":{\"name\":\"title\",\"value\":\"f\"}";
        Assert.Equal(said, await RefusedAsync(gateway, "/mcp", "completion/complete", $$"""{"ref":{{reference}},{{Argument}}}"""));
        var right = reference.Replace("greting", "greeting", StringComparison.Ordinal).Replace("titel", "title", StringComparison.Ordinal);
        using var completed = await gateway.PostAsync(Message("completion/complete", $$"""{"ref":{{right}},{{Argument}}}"""));
        Assert.Contains("\"found\"", await completed.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_toolset_of_an_address()
    {
        await using var gateway = await StartAsync(new(), "");
        foreach (var (path, said) in new[] { ("/mcp/x/poeple", "Did you mean people?"), ("/mcp/x/books,poeple", "Did you mean people?") })
        {
            using var begun = await gateway.PostAsync(
                SpecService.Initialize(),
                Token,
                request => request.RequestUri = new(path, UriKind.Relative)
            );
            Assert.EndsWith(said, (await begun.JsonAsync())["result"]!["instructions"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("tools=serch_books", "Did you mean search_books?")]
    [InlineData("profile=redaer", "Did you mean reader?")]
    [InlineData("tool=search_books", "Did you mean tools?")]
    public async Task A_right_of_a_setting(string rights, string said)
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() => StartAsync(new(), rights));
        Assert.EndsWith(said, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_toolset_of_a_setting()
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() =>
            Gateway.StartAsync(
                SpecService.Definition,
                gateway =>
                    new Toolsets("SPEC", ToolJson.Readable)
                        .Default("issues", tools => tools.Add<ToolsetSpecs.FirstTools>())
                        .Register(gateway, new("isues"))
            )
        );
        Assert.Equal(
            "SPEC_TOOLSETS names 'isues', which is not a toolset: use all, default, issues. Did you mean issues?",
            problem.Message
        );
    }

    private static Task<Gateway> StartAsync(UseLog log, string rights) =>
        RightsService.StartAsync(
            log,
            settings:
            [
                (
                    "MCP_BEARER_TOKENS",
                    $"n8n=sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token)))}{(rights.Length > 0 ? ";" : "")}{rights}"
                ),
                ("PROFILES", "reader: read"),
            ]
        );

    private static async Task<string> RefusedAsync(Gateway gateway, string path, string method, string parameters)
    {
        using var response = await gateway.PostAsync(
            Message(method, parameters),
            Token,
            request => request.RequestUri = new(path, UriKind.Relative)
        );
        return (await response.JsonAsync())["error"]!["message"]!.GetValue<string>();
    }

    private static string Message(string method, string parameters) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""");
}

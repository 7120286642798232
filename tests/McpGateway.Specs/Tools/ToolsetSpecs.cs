using System.ComponentModel;
using System.Text.Json;
using McpGateway.Secrets;
using McpGateway.Testing;
using McpGateway.Tools;
using McpGateway.Tools.Selection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Specs.Tools;

public sealed class ToolsetSpecs
{
    [Theory]
    [InlineData(null, "first second")]
    [InlineData("", "first second")]
    [InlineData("default", "first second")]
    [InlineData("all", "first second third")]
    [InlineData("three", "third")]
    [InlineData(" default , three ", "first second third")]
    [InlineData("two,one", "first second")]
    public async Task The_wanted_toolsets_are_listed(string? wanted, string tools)
    {
        await using var gateway = await StartAsync(wanted);
        await using var client = await gateway.ConnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        var listed = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(tools, string.Join(' ', listed.Select(tool => tool.Name).Where(IsOfService).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task An_unknown_toolset_stops_the_start_and_names_those_there_are()
    {
        var refusal = await Assert.ThrowsAsync<SettingException>(() => StartAsync("one,four"));
        Assert.Equal("SPEC_TOOLSETS names 'four', which is not a toolset: use all, default, one, two, three.", refusal.Message);
    }

    [Theory]
    [InlineData("/mcp", "", "first second")]
    [InlineData("/mcp/x/three", "", "third")]
    [InlineData("/mcp/x/one,three", "X-MCP-Toolsets: two", "first third")]
    [InlineData("/mcp/x/all", "", "first second third")]
    [InlineData("/mcp/x/default", "", "first second")]
    [InlineData("/mcp/x/nonsense", "", "")]
    [InlineData("/mcp/readonly", "", "first")]
    [InlineData("/mcp/x/all/ReadOnly/", "X-MCP-Readonly: false", "first third")]
    [InlineData("/mcp", "X-MCP-Toolsets: two", "second")]
    [InlineData("/mcp", "X-MCP-Toolsets: two, X-MCP-Tools: third", "second third")]
    [InlineData("/mcp", "X-MCP-Exclude-Tools: second", "first")]
    [InlineData("/mcp", "X-MCP-Readonly: true", "first")]
    public async Task A_request_chooses_by_its_path_and_headers(string path, string headers, string tools)
    {
        await using var gateway = await StartAsync(null);
        Assert.Equal(tools, await ListAsync(gateway, path, headers));
    }

    [Theory]
    [InlineData(null, "X-MCP-Tools: secnd", "X-MCP-Tools names 'secnd', which is not a tool of this gateway: did you mean second?")]
    [InlineData("two", "X-MCP-Tools: second, nonsense", "X-MCP-Tools names 'nonsense', which is not a tool of this gateway.")]
    [InlineData(
        null,
        "X-MCP-Exclude-Tools: Second, secnd",
        "X-MCP-Exclude-Tools names 'secnd', which is not a tool of this gateway: did you"
    )]
    [InlineData(
        "two",
        "X-MCP-Exclude-Tools: seconds",
        "X-MCP-Exclude-Tools names 'seconds', which is not a tool of this gateway: did you mean second?"
    )]
    public async Task A_header_that_names_no_tool_is_refused_with_the_name_that_was_meant(string? setting, string header, string said)
    {
        await using var gateway = await StartAsync(setting);
        var refused = await PostAsync(gateway, "/mcp", header, """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""");
        Assert.Contains("\"error\"", refused, StringComparison.Ordinal);
        Assert.Contains(said, refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_toolset_that_is_none_is_passed_over_and_the_model_is_told()
    {
        await using var gateway = await StartAsync(null);
        Assert.Equal("second", await ListAsync(gateway, "/mcp", "X-MCP-Toolsets: two,nonsense"));
        var begun = await PostAsync(
            gateway,
            "/mcp/x/two,nonsense",
            "",
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"s","version":"1"}}}"""
        );
        Assert.Contains("names 'nonsense', which is no toolset", begun, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mcp/x/all", "", "second")]
    [InlineData("/mcp", "X-MCP-Toolsets: all, X-MCP-Tools: third", "second")]
    [InlineData("/mcp/x/one", "", "")]
    public async Task A_request_does_not_get_beyond_the_setting(string path, string headers, string tools)
    {
        await using var gateway = await StartAsync("two");
        Assert.Equal(tools, await ListAsync(gateway, path, headers));
        var called = await PostAsync(
            gateway,
            path,
            headers,
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"third","arguments":{}}}"""
        );
        Assert.Contains("Unknown tool", called, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_offered_is_put_together_once_and_what_a_request_makes_of_it_stays_its_own()
    {
        var (times, filtersMade) = (0, 0);
        await using var gateway = await Gateway.StartAsync(
            new GatewayService("spec-mcp", 0, "Spec", "None"),
            gateway =>
            {
                gateway.Mcp.WithTools<PlainTools>();
                gateway.Services.Configure<McpServerOptions>(_ => times++);
                gateway.Mcp.WithRequestFilters(filters =>
                    filters.AddListToolsFilter(next =>
                    {
                        filtersMade++;
                        return next;
                    })
                );
            }
        );
        Assert.Equal("reads", await ListAsync(gateway, "/mcp/readonly", ""));
        Assert.Equal("reads writes", await ListAsync(gateway, "/mcp", ""));
        var options = gateway.Services.GetRequiredService<IOptionsFactory<McpServerOptions>>();
        var changed = options.Create(Options.DefaultName);
        changed.ToolCollection = [];
        changed.Handlers.CompleteHandler = (_, _) => ValueTask.FromResult(new CompleteResult());
        var fresh = options.Create(Options.DefaultName);
        Assert.Contains("writes", fresh.ToolCollection!.PrimitiveNames);
        Assert.Null(fresh.Handlers.CompleteHandler);
        Assert.Equal((1, 1), (times, filtersMade));
    }

    [Theory]
    [InlineData("/mcp/readonly", "", "reads")]
    [InlineData("/mcp/x/default", "", "reads writes")]
    [InlineData("/mcp/x/all/readonly", "", "reads")]
    [InlineData("/mcp", "X-MCP-Tools: writes", "writes")]
    [InlineData("/mcp", "X-MCP-Readonly: 1", "reads")]
    public async Task A_service_without_toolsets_is_chosen_from_alike(string path, string headers, string tools)
    {
        await using var gateway = await Gateway.StartAsync(
            new GatewayService("spec-mcp", 0, "Spec", "None"),
            gateway => gateway.Mcp.WithTools<PlainTools>()
        );
        Assert.Equal(tools, await ListAsync(gateway, path, headers));
    }

    [Theory]
    [InlineData("/mcp", "", true)]
    [InlineData("/mcp/readonly", "", true)]
    [InlineData("/mcp", "X-MCP-Tools: writes", true)]
    [InlineData("/mcp/readonly", "X-MCP-Tools: writes", false)]
    [InlineData("/mcp", "X-MCP-Exclude-Tools: read_more", false)]
    public async Task Whatever_is_offered_can_be_read_on(string path, string headers, bool isOffered)
    {
        await using var gateway = await Gateway.StartAsync(
            new GatewayService("spec-mcp", 0, "Spec", "None"),
            gateway => gateway.Mcp.WithTools<PlainTools>()
        );
        var list = await PostAsync(gateway, path, headers, """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""");
        Assert.Equal(isOffered, list.Contains("\"read_more\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reading_on_can_be_left_out_by_a_setting_as_by_a_header()
    {
        await using var gateway = await StartAsync(null, excluded: "second, read_more");
        var list = await PostAsync(gateway, "/mcp", "", """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""");
        Assert.Contains("\"first\"", list, StringComparison.Ordinal);
        Assert.DoesNotContain("\"second\"", list, StringComparison.Ordinal);
        Assert.DoesNotContain("\"read_more\"", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_changes_something_is_neither_listed_nor_called_at_a_read_only_path()
    {
        await using var gateway = await Gateway.StartAsync(
            new GatewayService("spec-mcp", 0, "Spec", "None"),
            gateway => gateway.Mcp.WithTools<PlainTools>()
        );
        const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"writes","arguments":{}}}""";
        Assert.DoesNotContain("written", await PostAsync(gateway, "/mcp/readonly", "", Call), StringComparison.Ordinal);
        Assert.Contains("written", await PostAsync(gateway, "/mcp", "", Call), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schemas_hold_no_null_where_absent_is_meant_and_no_default_that_says_nothing()
    {
        await using var gateway = await StartAsync("three");
        await using var client = await gateway.ConnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        var tool = (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken))
            .First(tool => IsOfService(tool.Name))
            .ProtocolTool;
        Assert.Equal(
            """{"type":"object","properties":{"name":{"description":"A name.","type":"string"},"count":{"type":"integer","default":3}}}""",
            tool.InputSchema.GetRawText()
        );
        Assert.Equal(
            """{"type":"object","properties":{"default":{"type":"string"},"ids":{"type":"array","items":{"type":"string"}},"any":ANY}}""".Replace(
                "ANY",
                // Some clients drop a value without a type.
                """{"anyOf":[{"type":"string"},{"type":"number"},{"type":"boolean"},{"type":"object"},{"type":"array"}]}""",
                StringComparison.Ordinal
            ),
            tool.OutputSchema?.GetRawText()
        );
    }

    private static async Task<string> ListAsync(Gateway gateway, string path, string headers)
    {
        using var listed = JsonDocument.Parse(
            await PostAsync(gateway, path, headers, """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""")
        );
        return string.Join(
            ' ',
            listed
                .RootElement.GetProperty("result")
                .GetProperty("tools")
                .EnumerateArray()
                .Select(tool => tool.GetProperty("name").GetString()!)
                .Where(IsOfService)
        );
    }

    // read_more comes with whatever is offered.
    private static bool IsOfService(string tool) => tool != "read_more";

    private static async Task<string> PostAsync(Gateway gateway, string path, string headers, string json)
    {
        using var response = await gateway.PostAsync(
            json,
            configure: request =>
            {
                request.RequestUri = new Uri(path, UriKind.Relative);
                foreach (var header in headers.Split(", X-", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(": ")))
                {
                    request.Headers.Add(header[0].StartsWith("X-", StringComparison.Ordinal) ? header[0] : "X-" + header[0], header[1]);
                }
            }
        );
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static Task<Gateway> StartAsync(string? wanted, string? excluded = null) =>
        Gateway.StartAsync(
            new GatewayService("spec-mcp", 0, "Spec", "None"),
            gateway =>
                new Toolsets("SPEC", McpJsonUtilities.DefaultOptions)
                    .Default("one", tools => tools.Add<FirstTools>())
                    .Default("two", tools => tools.Add<SecondTools>())
                    .Optional("three", tools => tools.Add<ThirdTools>())
                    .Register(gateway, new(wanted, Excluded: excluded))
        );

    internal sealed class PlainTools
    {
        [McpServerTool(Name = "reads", ReadOnly = true)]
        public static string Reads() => "read";

        [McpServerTool(Name = "writes")]
        public static string Writes() => "written";
    }

    internal sealed class FirstTools
    {
        [McpServerTool(Name = "first", ReadOnly = true)]
        public static string First() => "1";
    }

    internal sealed class SecondTools
    {
        [McpServerTool(Name = "second")]
        public static string Second() => "2";
    }

    internal sealed record Found(string? Default = null, IReadOnlyList<string>? Ids = null, object? Any = null);

    internal sealed class ThirdTools
    {
        [McpServerTool(Name = "third", ReadOnly = true, UseStructuredContent = true)]
        public static Found Third([Description("A name.")] string? name = null, int count = 3) => new(name, count == 0 ? [] : null);
    }
}

using System.ComponentModel;
using McpGateway.Secrets;
using McpGateway.Testing;
using McpGateway.Tools;
using McpGateway.Tools.Selection;
using Microsoft.Extensions.DependencyInjection;
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
        Assert.Equal(tools, string.Join(' ', listed.Select(tool => tool.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task An_unknown_toolset_stops_the_start_and_names_those_there_are()
    {
        var refusal = await Assert.ThrowsAsync<SettingException>(() => StartAsync("one,four"));
        Assert.Equal("SPEC_TOOLSETS names 'four', which is no toolset: use all, default, one, two, three.", refusal.Message);
    }

    [Fact]
    public async Task Schemas_hold_no_null_where_absent_is_meant_and_no_default_that_says_nothing()
    {
        await using var gateway = await StartAsync("three");
        await using var client = await gateway.ConnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        var tool = (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken))[0].ProtocolTool;
        Assert.Equal(
            """{"type":"object","properties":{"name":{"description":"A name.","type":"string"},"count":{"type":"integer","default":3}}}""",
            tool.InputSchema.GetRawText()
        );
        Assert.Equal(
            """{"type":"object","properties":{"default":{"type":"string"},"ids":{"type":"array","items":{"type":"string"}},"any":{}}}""",
            tool.OutputSchema?.GetRawText()
        );
    }

    private static Task<Gateway> StartAsync(string? wanted) =>
        Gateway.StartAsync(
            new GatewayService("spec-mcp", 0, "Spec", "None"),
            gateway =>
                new Toolsets("SPEC_TOOLSETS")
                    .Default("one", tools => tools.WithTools<FirstTools>())
                    .Default("two", tools => tools.WithTools<SecondTools>())
                    .Optional("three", tools => tools.WithTools<ThirdTools>())
                    .Register(gateway.Mcp, wanted)
        );

    [McpServerToolType]
    internal sealed class FirstTools
    {
        [McpServerTool(Name = "first")]
        public static string First() => "1";
    }

    [McpServerToolType]
    internal sealed class SecondTools
    {
        [McpServerTool(Name = "second")]
        public static string Second() => "2";
    }

    internal sealed record Found(string? Default = null, IReadOnlyList<string>? Ids = null, object? Any = null);

    [McpServerToolType]
    internal sealed class ThirdTools
    {
        [McpServerTool(Name = "third", UseStructuredContent = true)]
        public static Found Third([Description("A name.")] string? name = null, int count = 3) => new(name, count == 0 ? [] : null);
    }
}

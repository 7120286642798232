using System.ComponentModel;
using System.Net;
using McpGateway.Testing;
using McpGateway.Tools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpGateway.Specs.Console;

/// <summary>The operator sees every tool as a client does, and tries one in its own right.</summary>
public sealed class ToolSpecs
{
    [Fact]
    public async Task A_tool_runs_with_what_its_form_holds_and_is_audited_as_the_operators_call()
    {
        await using var gateway = await StartAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        Assert.Contains(
            "<a href=\"/console/tools/run?tool=echo\">echo</a>",
            await browser.ReadAsync("/console/tools"),
            StringComparison.Ordinal
        );
        var page = await browser.ReadAsync("/console/tools/run?tool=echo");
        Assert.Contains("name=\"arg.text\"", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"true\">", page, StringComparison.Ordinal);

        page = await browser.SubmitAsync(
            "/console/tools/run?tool=echo",
            "/console/tools/run",
            ("tool", "echo"),
            ("arg.text", "<b>hello</b>"),
            ("arg.times", "2"),
            ("arg.noteIds", "a\r\nb")
        );
        Assert.Contains("<span class=\"tag ok\">ok</span>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;hello&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>hello", page, StringComparison.Ordinal);
        var line = Assert.Single(await gateway.ReadAuditAsync(), line => line.Contains("\"tool_call\"", StringComparison.Ordinal));
        Assert.Contains("\"caller\":\"operator\",\"tool\":\"echo\",\"outcome\":\"ok\"", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arg.times", "many", "'many' is not a number, which times takes. Nothing was run.")]
    [InlineData("arg.place", "{", "place does not hold JSON (line 1, place 2). Nothing was run.")]
    [InlineData("json", "[1]", "The field for JSON does not hold an object")]
    public async Task What_a_field_cannot_hold_is_told_and_what_was_typed_stays(string field, string value, string problem)
    {
        await using var gateway = await StartAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        var page = WebUtility.HtmlDecode(
            await browser.SubmitAsync(
                "/console/tools/run?tool=echo",
                "/console/tools/run",
                ("tool", "echo"),
                ("arg.text", "typed before"),
                (field, value)
            )
        );
        Assert.Contains(problem, page, StringComparison.Ordinal);
        Assert.Contains(">typed before</textarea>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(await gateway.ReadAuditAsync(), line => line.Contains("\"tool_call\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mistake_in_the_arguments_is_told_as_a_model_is_told_it()
    {
        await using var gateway = await StartAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        var page = await browser.SubmitAsync(
            "/console/tools/run?tool=echo",
            "/console/tools/run",
            ("tool", "echo"),
            ("json", """{"text":"x","volume":1000}""")
        );
        Assert.Contains("<span class=\"tag wrong\">error</span>", page, StringComparison.Ordinal);
        Assert.Contains("volume", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stateless")]
    [InlineData("hybrid")]
    public async Task A_tool_that_deletes_runs_only_after_the_box_is_ticked_and_then_asks_nobody_else(string sessions)
    {
        await using var gateway = await StartAsync(("CONFIRM_DESTRUCTIVE", "page"), ("MCP_SESSIONS", sessions));
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        var page = await browser.SubmitAsync(
            "/console/tools/run?tool=delete_thing",
            "/console/tools/run",
            ("tool", "delete_thing"),
            ("arg.name", "x")
        );
        Assert.Contains("tick the box that says so", page, StringComparison.Ordinal);
        page = await browser.SubmitAsync(
            "/console/tools/run?tool=delete_thing",
            "/console/tools/run",
            ("tool", "delete_thing"),
            ("arg.name", "x"),
            ("sure", "yes")
        );
        Assert.Contains("<span class=\"tag ok\">ok</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task READ_ONLY_holds_for_the_operator_as_well()
    {
        await using var gateway = await StartAsync(("READ_ONLY", "true"));
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        using var response = await browser.GetAsync("/console/tools/run?tool=delete_thing");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain("delete_thing", await browser.ReadAsync("/console/tools?all=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_tool_of_somebody_else_says_of_itself_never_becomes_markup()
    {
        const string hostile = "\"></option></textarea><script>alert(1)</script>\u202E";
        var tool = McpServerTool.Create((string text) => hostile, new() { Name = "other_tool", Description = hostile });
        tool.ProtocolTool.Name = hostile;
        tool.ProtocolTool.Title = hostile;
        tool.ProtocolTool.InputSchema = System.Text.Json.JsonSerializer.SerializeToElement(
            new
            {
                type = "object",
                properties = new Dictionary<string, object>
                {
                    [hostile] = new
                    {
                        type = "string",
                        description = hostile,
                        @enum = new[] { hostile },
                    },
                    ["text"] = new { type = "string", @default = hostile },
                },
                required = new[] { hostile },
            }
        );
        await using var gateway = await Gateway.StartAsync(
            SpecService.Definition,
            gateway => gateway.Mcp.WithTools([tool]),
            new Dictionary<string, string?> { ["OPERATOR_SECRET"] = OperatorBrowser.Secret }
        );
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        var run = $"/console/tools/run?tool={Uri.EscapeDataString(hostile)}";
        foreach (
            var page in (string[])
                [
                    await browser.ReadAsync("/console/tools?all=1"),
                    await browser.ReadAsync(run),
                    await browser.SubmitAsync(run, "/console/tools/run", ("tool", hostile), ($"arg.{hostile}", hostile), ("sure", "yes")),
                ]
        )
        {
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("\"></option>", page, StringComparison.Ordinal);
        }
    }

    private static Task<Gateway> StartAsync(params (string Name, string Value)[] settings) =>
        Gateway.StartAsync(
            SpecService.Definition,
            gateway =>
            {
                gateway.Services.AddSingleton(new Gate());
                gateway.Services.AddHttpClient();
                gateway.Mcp.WithTools<Specs.SpecTools>().WithTools<DeletingTools>();
            },
            settings.Append(("OPERATOR_SECRET", OperatorBrowser.Secret)).ToDictionary(s => s.Item1, string? (s) => s.Item2)
        );

    private sealed class DeletingTools
    {
        [McpServerTool(Name = "delete_thing", Destructive = true, ReadOnly = false), Description("Deletes a thing.")]
        public static string Delete(string name) => $"Deleted {name}.";
    }
}

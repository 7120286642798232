using System.Net;
using McpGateway.Testing;
using McpGateway.Tools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpGateway.Specs.Hosting;

public sealed class FailureSpecs
{
    [Fact]
    public async Task A_defect_is_a_500_without_detail_and_a_log_line_with_all_of_it()
    {
        await using var gateway = await SpecService.StartAsync(time: new BrokenClock());
        using var response = await gateway.Http.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("hunter2", await response.TextAsync(), StringComparison.Ordinal);
        Assert.Contains(
            gateway.Logs.Lines,
            line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("hunter2", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_tools_defect_is_a_tool_result_without_detail_and_a_log_line_with_all_of_it()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("break"));
        var result = (await response.JsonAsync())["result"]!;
        Assert.True(result["isError"]!.GetValue<bool>());
        Assert.Contains("'break' failed unexpectedly", result["content"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(gateway.Logs.Lines, line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_memory_does_not_suffice_for_is_told_with_the_memory_there_is()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("break", """{"ofMemory":true}"""));
        Assert.Equal(
            $"The response of 'break' is too large for the memory of this gateway ({GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1_048_576:N0} MB). "
                + "It may have taken effect: check before you try again. Ask for less at once; the operator can give the gateway more memory.",
            await response.ToolTextAsync()
        );
    }

    [Fact]
    public async Task A_tools_refusal_reaches_the_model_word_by_word()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("refuse"));
        var result = (await response.JsonAsync())["result"]!;
        Assert.True(result["isError"]!.GetValue<bool>());
        Assert.Equal("The row 'r-1' does not exist: list the rows first.", result["content"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_unknown_tool_is_the_callers_mistake()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("no_such_tool"));
        Assert.Equal(-32602, (await response.JsonAsync())["error"]!["code"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("tools/call", """{"name":"no_such_tool"}""")]
    [InlineData("tools/call", """{"name":"echo","arguments":{"text":7}}""")]
    [InlineData("tools/call", """{"name":"refuse"}""")]
    [InlineData("tools/call", "{}")]
    [InlineData("prompts/get", """{"name":"no_such_prompt"}""")]
    [InlineData("resources/read", """{"uri":"note://no-such"}""")]
    [InlineData("no/such/method", "{}")]
    public async Task A_callers_mistake_is_nothing_for_the_operators_log(string method, string parameters)
    {
        await using var gateway = await StartWithPagesAsync();
        using var response = await gateway.PostAsync($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}} }""");
        Assert.DoesNotContain(
            gateway.Logs.Lines,
            line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Warning", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("resources/read", """{"uri":"note://broken"}""")]
    [InlineData("prompts/get", """{"name":"broken"}""")]
    public async Task A_defect_behind_any_request_is_one_log_line_and_no_detail_for_the_caller(string method, string parameters)
    {
        await using var gateway = await StartWithPagesAsync();
        using var response = await gateway.PostAsync($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}} }""");
        Assert.DoesNotContain("hunter2", await response.TextAsync(), StringComparison.Ordinal);
        Assert.Contains(
            "hunter2",
            Assert.Single(gateway.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    private static Task<Gateway> StartWithPagesAsync() =>
        Gateway.StartAsync(
            SpecService.Definition,
            gateway => gateway.Mcp.WithTools<SpecTools>().WithResources<BrokenPages>().WithPrompts<BrokenPages>()
        );

    private sealed class BrokenPages
    {
        [McpServerResource(UriTemplate = "note://broken")]
        public static string Read() => throw new InvalidOperationException("password=hunter2");

        [McpServerPrompt(Name = "broken")]
        public static string Ask() => throw new InvalidOperationException("password=hunter2");
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("password=hunter2");
    }
}

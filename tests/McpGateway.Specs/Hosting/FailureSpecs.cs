using System.Net;

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
        Assert.Contains(gateway.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("hunter2", StringComparison.Ordinal));
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

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("password=hunter2");
    }
}

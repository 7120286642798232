using McpGateway.Testing;

namespace McpGateway.Specs.Tools;

/// <summary>What goes over the wire is readable without a JSON parser: a quotation mark is two bytes, an emoji is itself.</summary>
public sealed class WireSpecs
{
    private const string Text = "say \\\"hi\\\" to Jürgen & 漢 😀 <b>it's</b>";

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json, text/event-stream")]
    public async Task A_result_is_written_as_plain_as_json_allows(string accept)
    {
        await using var gateway = await SpecService.StartAsync();
        var reply = await PostAsync(gateway, accept, "tools/call", $$"""{"name":"echo","arguments":{"text":"{{Text}}"} }""");
        Assert.Contains($"\"text\":\"{Text} Plain\"", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tools_error_and_a_protocols_error_are_as_plain()
    {
        await using var gateway = await SpecService.StartAsync();
        Assert.Contains(
            "The row 'r-1' does not exist",
            await PostAsync(gateway, "application/json", "tools/call", """{"name":"refuse"}"""),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'gib es nicht 😀'",
            await PostAsync(gateway, "application/json", "tools/call", """{"name":"gib es nicht 😀"}"""),
            StringComparison.Ordinal
        );
        using var malformed = await gateway.PostAsync("[]");
        Assert.DoesNotContain(
            "\\u",
            await malformed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_refusal_is_as_plain()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var refused = await gateway.PostAsync("{}");
        var body = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("'", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_on_the_way_is_as_plain()
    {
        await using var gateway = await SpecService.StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway);
        var (_, result) = await client.FollowAsync("echo", $$"""{"text":"{{Text}}"}""");
        Assert.Equal("say \"hi\" to Jürgen & 漢 😀 <b>it's</b> Plain", result.GetProperty("content")[0].GetProperty("text").GetString());
    }

    private static async Task<string> PostAsync(Gateway gateway, string accept, string method, string parameters)
    {
        var call = $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""";
        using var response = await gateway.PostAsync(call, null, request => request.Headers.Add("Accept", accept));
        return await response.Content.ReadAsStringAsync();
    }
}

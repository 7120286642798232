namespace McpGateway.Specs.Tools;

public sealed class ArgumentSpecs
{
    [Theory]
    [InlineData("{}", "expected string, received undefined at text")]
    [InlineData("""{"text":null}""", "expected string, received undefined at text")]
    [InlineData("""{"text":5}""", "expected string, received 5 at text")]
    [InlineData("""{"text":"a","times":"many"}""", "expected integer, received \"many\" at times")]
    [InlineData("""{"text":"a","times":1.5}""", "expected integer, received 1.5 at times")]
    [InlineData("""{"text":"a","times":[1]}""", "expected integer, received array at times")]
    [InlineData("""{"text":"a","volume":0}""", "0 at volume is less than 1, the least allowed")]
    [InlineData("""{"text":"a","volume":"100"}""", "\"100\" at volume is more than 99, the most allowed")]
    [InlineData("""{"text":"a","kind":"Shrill"}""", "\"Shrill\" at kind is not one of Plain, Loud")]
    [InlineData("""{"text":"a","place":"Rome"}""", "expected object, received \"Rome\" at place")]
    [InlineData("""{"text":"a","place":{}}""", "expected string, received undefined at place.city")]
    [InlineData("""{"text":"a","place":{"city":"Rome","floor":"top"}}""", "expected integer, received \"top\" at place.floor")]
    [InlineData("""{"text":"a","times":99999999999}""", "99999999999 at times cannot be read as Int32")]
    [InlineData("""{"text":"a","place":{"city":"Rome","floor":99999999999}}""", "at place.floor cannot be read as Place")]
    public async Task A_bad_argument_is_named_with_what_came_and_what_is_wanted(string arguments, string said)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("echo", arguments));
        Assert.Contains(said, await response.ToolTextAsync(), StringComparison.Ordinal);
        Assert.True((await response.JsonAsync())["result"]!["isError"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("""{"text":"a","times":"2","kind":"Loud"}""", "aa Loud")]
    [InlineData("""{"text":"a","place":{"city":"Rome","floor":null,"street":"unknown here"}}""", "a Plain Rome")]
    [InlineData("""{"text":"a","noteIds":[7,"8"],"noteId":9}""", "a Plain 7,8,9")]
    [InlineData("""{"text":"\u00e9\ud83d\ude00"}""", "é😀 Plain")]
    public async Task What_can_be_understood_is(string arguments, string said)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("echo", arguments));
        Assert.Equal(said, await response.ToolTextAsync());
    }

    [Fact]
    public async Task A_read_only_gateway_neither_lists_nor_runs_what_writes()
    {
        // Open, so that a call that is let through ends as well, and the assertion says so.
        var gate = new Gate();
        gate.Opened.SetResult();
        await using var gateway = await SpecService.StartAsync(gate, settings: ("READ_ONLY", "true"));
        using var list = await gateway.PostAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""");
        Assert.Equal(["echo"], (await list.JsonAsync())["result"]!["tools"]!.AsArray().Select(tool => tool!["name"]!.GetValue<string>()));
        using var call = await gateway.PostAsync(SpecService.Call("work"));
        Assert.Contains("read-only (READ_ONLY=true)", await call.ToolTextAsync(), StringComparison.Ordinal);
    }
}

namespace McpGateway.Specs.Tools;

public sealed class ArgumentSpecs
{
    [Theory]
    [InlineData("{}", "text: expected a string, received nothing. Example: \"text\": \"text\"")]
    [InlineData("""{"text":null}""", "text: expected a string, received nothing.")]
    [InlineData("""{"text":{}}""", "text: expected a string, received an object.")]
    [InlineData("""{"text":true}""", "text: expected a string, received true.")]
    [InlineData("""{"text":"a","times":"many"}""", "times: expected an integer, received \"many\". Example: \"times\": 10")]
    [InlineData("""{"text":"a","times":1.5}""", "times: expected an integer, received 1.5.")]
    [InlineData("""{"text":"a","times":"0.5"}""", "times: expected an integer, received \"0.5\".")]
    [InlineData("""{"text":"a","times":[1,2]}""", "times: expected an integer, received a list.")]
    [InlineData("""{"text":"a","volume":-1}""", "volume: expected an integer from 1 to 99, received -1. Example: \"volume\": 1")]
    [InlineData("""{"text":"a","volume":"100"}""", "volume: expected an integer from 1 to 99, received 100.")]
    [InlineData("""{"text":"a","kind":"Shrill"}""", "kind: \"Shrill\" is not one of Plain, Loud, VeryLoud.")]
    [InlineData("""{"text":"a","loud":"perhaps"}""", "loud: expected true or false, received \"perhaps\". Example: \"loud\": true")]
    [InlineData(
        """{"text":"a","place":"Rome"}""",
        "place: expected an object, received \"Rome\". Example: \"place\": {\"city\": \"text\"}"
    )]
    [InlineData("""{"text":"a","place":{"floor":1}}""", "place.city: expected a string, received nothing.")]
    [InlineData("""{"text":"a","place":{"city":"Rome","floor":"top"}}""", "place.floor: expected an integer, received \"top\".")]
    [InlineData("""{"text":"a","places":[{"city":"Rome"},{"floor":2}]}""", "places[1].city: expected a string, received nothing.")]
    [InlineData("""{"text":"a","kinds":["Plain","Shrill"]}""", "kinds[1]: \"Shrill\" is not one of Plain, Loud.")]
    [InlineData(
        """{"text":"a","noteIds":"Lindqvist, Mara"}""",
        "noteIds: expected a list of strings, received \"Lindqvist, Mara\". Example: \"noteIds\": [\"text\"]"
    )]
    [InlineData("""{"text":"a","noteIds":"[\"n-1\", n-2]"}""", "noteIds: expected a list of strings, received \"[\"n-1\", n-2]\".")]
    [InlineData("""{"text":"a","noteIds":"['n-1']"}""", "noteIds: expected a list of strings, received \"['n-1']\".")]
    [InlineData("""{"text":"a","times":"1.000"}""", "times: expected an integer, received \"1.000\".")]
    [InlineData("""{"text":"a","times":"10 min"}""", "times: expected an integer, received \"10 min\".")]
    [InlineData("""{"text":"a","noteIds":"n-1\nn-2"}""", "noteIds: expected a list of strings, received \"n-1\nn-2\".")]
    [InlineData("""{"text":"a","noteIds":"n-1 and n-2"}""", "noteIds: expected a list of strings, received \"n-1 and n-2\".")]
    [InlineData("""{"text":"a","noteIds":"n-1; n-2"}""", "noteIds: expected a list of strings, received \"n-1; n-2\".")]
    [InlineData("""{"text":"a","kind":"-loud"}""", "kind: \"-loud\" is not one of Plain, Loud, VeryLoud.")]
    [InlineData(
        """{"text":"a","hook":[{"name":"X","value":1},{"name":"X","value":2}]}""",
        "hook: expected a string or an object, received a list."
    )]
    [InlineData("""{"name":"other","arguments":{"text":"a"}}""", "text: expected a string, received nothing.")]
    [InlineData("""{"input":"a"}""", "text: expected a string, received nothing.")]
    [InlineData("""{"text":"a","hook":true}""", "hook: expected a string or an object, received true.")]
    [InlineData("""{"text":"a","times":99999999999}""", "times: 99999999999 is out of range: give an integer of at most 2147483647.")]
    [InlineData(
        """{"text":"a","place":{"city":"Rome","floor":99999999999}}""",
        "place.floor: an object cannot be read: a number in it is out of range"
    )]
    public async Task A_bad_argument_is_named_with_what_came_what_is_wanted_and_an_example(string arguments, string said)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("echo", arguments));
        Assert.StartsWith(
            $"Invalid arguments for tool echo, nothing was done. {said}",
            await response.ToolTextAsync(),
            StringComparison.Ordinal
        );
        Assert.True((await response.JsonAsync())["result"]!["isError"]!.GetValue<bool>());
    }

    [Fact]
    public async Task All_problems_of_a_call_are_told_at_once()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(
            SpecService.Call("echo", """{"times":"many","kind":"Shrill","place":{"floor":"top"}}""")
        );
        Assert.Equal(
            """
            Invalid arguments for tool echo, nothing was done:
            - times: expected an integer, received "many". Example: "times": 10
            - kind: "Shrill" is not one of Plain, Loud, VeryLoud.
            - place.floor: expected an integer, received "top". Example: "floor": 10
            - place.city: expected a string, received nothing. Example: "city": "text"
            - text: expected a string, received nothing. Example: "text": "text"
            """,
            await response.ToolTextAsync()
        );
    }

    [Fact]
    public async Task Of_very_many_problems_the_first_are_told()
    {
        await using var gateway = await SpecService.StartAsync();
        var places = string.Join(',', Enumerable.Repeat("7", 2_000));
        using var response = await gateway.PostAsync(SpecService.Call("echo", $$"""{"places":[{{places}}],"text":"a"}"""));
        var lines = (await response.ToolTextAsync()).Split('\n');
        Assert.Equal(52, lines.Length);
        Assert.StartsWith("- places[49]: ", lines[50], StringComparison.Ordinal);
        Assert.Equal("- and maybe more: what follows was not read.", lines[51]);
    }

    [Theory]
    [InlineData("""{"text":"a","times":"2","kind":"Loud"}""", "aa Loud")]
    [InlineData("""{"text":"a","times":2.0}""", "aa Plain")]
    [InlineData("""{"text":"a","times":0.3e1}""", "aaa Plain")]
    [InlineData("""{"text":"a","times":" 2.0 "}""", "aa Plain")]
    [InlineData("""{"text":"a","times":"#2"}""", "aa Plain")]
    [InlineData("""{"text":"a","times":[2]}""", "aa Plain")]
    [InlineData("""{"text":"a","times":"0,002"}""", "aa Plain")]
    [InlineData("""{"text":"a","times":"0_002"}""", "aa Plain")]
    [InlineData("""{"text":5}""", "5 Plain")]
    [InlineData("""{"text":5.0}""", "5 Plain")]
    [InlineData("""{"text":["a"]}""", "a Plain")]
    [InlineData("""{"text":"a","kind":"very-loud"}""", "a VeryLoud")]
    [InlineData("""{"text":"a","loud":"True"}""", "A Plain")]
    [InlineData("""{"text":"a","loud":0}""", "a Plain")]
    [InlineData("""{"text":"a","loud":"yes"}""", "A Plain")]
    [InlineData("""{"text":"a","loud":" On "}""", "A Plain")]
    [InlineData("""{"text":"a","loud":"off"}""", "a Plain")]
    [InlineData("""{"text":"a","loud":"No"}""", "a Plain")]
    [InlineData("""{"text":"a","place":{"city":"Rome","floor":null}}""", "a Plain Rome")]
    [InlineData("""{"text":"a","place":"{\"city\":\"Rome\",\"floor\":\"2\"}"}""", "a Plain Rome 2")]
    [InlineData("""{"text":"a","place":[{"city":"Rome"}]}""", "a Plain Rome")]
    [InlineData("""{"text":"a","places":{"city":"Rome"}}""", "a Plain Rome")]
    [InlineData("""{"text":"a","places":"[{\"city\":\"Rome\"},{\"City\":\"Bern\"}]"}""", "a Plain Rome Bern")]
    [InlineData("""{"text":"a","noteIds":[7,"8"],"noteId":9}""", "a Plain 7 8 9")]
    [InlineData("""{"text":"a","noteIds":"n-1"}""", "a Plain n-1")]
    [InlineData("""{"text":"a","noteIds":"[\"n-1\",\"n, 2\"]"}""", "a Plain n-1 n, 2")]
    [InlineData("""{"text":"a","kinds":"plain, LOUD"}""", "a Plain Plain+Loud")]
    [InlineData("""{"text":"a","kinds":"\"[\\\"plain\\\",\\\"LOUD\\\"]\""}""", "a Plain Plain+Loud")]
    [InlineData("""{"text":"a","noteIds":"\"[\\\"n-1\\\"]\""}""", "a Plain n-1")]
    [InlineData("""{"text":"a","noteIds":"```json\n[\"n-1\"]\n```"}""", "a Plain n-1")]
    [InlineData("""{"text":"a","places":["{\"city\":\"Rome\"}"]}""", "a Plain Rome")]
    [InlineData("""{"text":"a","places":[[{"city":"Rome"}]]}""", "a Plain Rome")]
    [InlineData("""{"text":"a","loud":[true]}""", "A Plain")]
    [InlineData("""{"text":"a","loud":1.0}""", "A Plain")]
    [InlineData("""{"text":"a","loud":" TRUE "}""", "A Plain")]
    [InlineData("""{"text":"a","hook":"{\"url\":1}"}""", """a Plain {"url":1}""")]
    [InlineData("""{"text":"a","hook":[{"name":"X-A","value":"1"},{"key":"X-B","value":2}]}""", """a Plain {"X-A":"1","X-B":2}""")]
    [InlineData("""{"text":"a","hook":[{"name":"X-A"}]}""", """a Plain {"name":"X-A"}""")]
    [InlineData("""{"text":"a","hook":"https://a.example"}""", "a Plain \"https://a.example\"")]
    [InlineData("""{"text":"a","noteUrl":"<https://a.example/x>"}""", "a Plain https://a.example/x")]
    [InlineData("""{"text":"a","noteUrl":"[the note](https://a.example/x)"}""", "a Plain https://a.example/x")]
    [InlineData("""{"text":"a","noteUrl":"\"https://a.example/x\""}""", "a Plain https://a.example/x")]
    [InlineData("""{"text":"[x](https://a.example)"}""", "[x](https://a.example) Plain")]
    [InlineData("""{"text":"{\"city\":1}"}""", "{\"city\":1} Plain")]
    [InlineData("""{"text":"\u00e9\ud83d\ude00"}""", "é😀 Plain")]
    [InlineData("""{"text":"a","noteIds":"[\"n-1\",\"n-2\",]"}""", "a Plain n-1 n-2")]
    [InlineData("""{"text":"a","noteIds":["[\"n-1\", \"n-2\"]"]}""", "a Plain n-1 n-2")]
    [InlineData("""{"text":"a","noteIds":["[1]"]}""", "a Plain [1]")]
    [InlineData("""{"text":"a","noteIds":"[draft] n"}""", "a Plain [draft] n")]
    [InlineData("""{"text":"a","places":"[{\"city\":\"Rome\",},]"}""", "a Plain Rome")]
    [InlineData("""{"text":"a","hook":"{\"url\":[1,],}"}""", """a Plain {"url":[1]}""")]
    [InlineData("""{"text":"a","noteUrl":"\u200bhttps://a.example/x\ufeff \u200b"}""", "a Plain https://a.example/x")]
    [InlineData("""{"text":"a","noteId":"\u2060n-1\u00a0"}""", "a Plain n-1")]
    [InlineData("""{"text":"a","noteIds":"- n-1\n- n, 2\n"}""", "a Plain n-1 n, 2")]
    [InlineData("""{"text":"a","noteIds":"1. n-1\n2) n-2"}""", "a Plain n-1 n-2")]
    [InlineData("""{"input":{"text":"a","times":2}}""", "aa Plain")]
    [InlineData("""{"toolInput":{"parameters":{"text":"a","times":2}}}""", "aa Plain")]
    [InlineData("""{"name":"echo","arguments":{"text":"a","times":2}}""", "aa Plain")]
    [InlineData("""{"tool_name":"echo","text":"a"}""", "a Plain")]
    [InlineData("""{"arguments":"{\"text\":\"a\",\"times\":\"2\"}","toolCallId":"1"}""", "aa Plain")]
    [InlineData("""{"params":[{"text":"a"}]}""", "a Plain")]
    [InlineData("""{"\u0074ext":"a","place":{"c\u0069ty":"Oslo"}}""", "a Plain Oslo")]
    public async Task What_can_be_understood_is(string arguments, string said)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("echo", arguments));
        Assert.Equal(said, await response.ToolTextAsync());
    }

    [Theory]
    [InlineData("""{"text":"a","times":"","kind":"","loud":"","place":"","noteIds":"","noteId":"","volume":"","hook":"","noteUrl":""}""")]
    [InlineData(
        """{"text":"a","times":null,"kind":null,"loud":null,"place":null,"noteIds":null,"noteId":null,"volume":null,"hook":null}"""
    )]
    [InlineData("""{"text":"a","place":{},"places":[],"noteIds":[],"kinds":[],"hook":{},"volume":0}""")]
    [InlineData("""{"text":"a","place":"{}","places":"[]","noteIds":" [ ] ","kinds":"[]","times":"null","loud":"null"}""")]
    [InlineData(
        """{"text":"a","times":" ","kind":" ","loud":" ","place":" ","noteIds":" ","noteId":" ","volume":" ","hook":" ","noteUrl":" "}"""
    )]
    [InlineData("""{"text":"a","volume":"0","noteIds":["",null],"kinds":[""],"places":[{}],"place":{"city":"","floor":null}}""")]
    [InlineData("""{"text":"a","times":"undefined","kind":"null","noteId":"null","noteUrl":" undefined "}""")]
    [InlineData("""{"text":"a","times":"\u0075ndefined","noteId":"\u00a0null","noteUrl":"\n\u0020","loud":"\u006eull"}""")]
    [InlineData(
        """{"text":"a","noteId":"\u200b","noteUrl":"\u2060 \ufeff","noteIds":["\u200b"],"kinds":["\u00ad"],"kind":"\u200b","loud":"\u200b"}"""
    )]
    [InlineData("""{"text":"a","volume":0.0,"places":[{"city":"","floor":""}],"hook":[]}""")]
    public async Task What_clients_put_into_every_field_of_a_form_was_not_given(string arguments)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("echo", arguments));
        Assert.Equal("a Plain", await response.ToolTextAsync());
    }

    [Theory]
    [InlineData("""{"text":"a","motto":""}""", "a Plain (cleared)")]
    [InlineData("""{"text":"a","motto":null}""", "a Plain")]
    public async Task An_empty_text_stays_where_it_clears(string arguments, string said)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("echo", arguments));
        Assert.Equal(said, await response.ToolTextAsync());
    }

    [Fact]
    public async Task Of_what_a_tool_looks_for_a_blank_was_not_given()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(
            SpecService.Call("echo", """{"text":"a","noteIds":["n-1"," ","n-2","\u200b"],"kinds":["Loud",""]}""")
        );
        Assert.Equal("a Plain n-1 n-2 Loud", await response.ToolTextAsync());
    }

    [Theory]
    [InlineData("fetch", """{"url":""}""", "url is empty. Example: \"url\": \"https://example.com/\"")]
    [InlineData("fetch", """{"url":" \n"}""", "url is empty.")]
    [InlineData("fetch", """{"url":"\u0020\u2003"}""", "url is empty.")]
    [InlineData("echo", """{"text":""}""", "text is empty. Example: \"text\": \"text\"")]
    [InlineData("echo", """{"text":"\u200b\u2060\ufeff"}""", "text is empty.")]
    [InlineData("echo", """{"text":"\u3164\u00ad\n"}""", "text is empty.")]
    public async Task An_empty_text_is_refused_where_one_is_needed(string tool, string arguments, string said)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call(tool, arguments));
        Assert.StartsWith(
            $"Invalid arguments for tool {tool}, nothing was done. {said}",
            await response.ToolTextAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_read_only_gateway_neither_lists_nor_runs_what_writes()
    {
        // Open, so that a call that is let through ends as well, and the assertion says so.
        var gate = new Gate();
        gate.Opened.SetResult();
        await using var gateway = await SpecService.StartAsync(gate, settings: ("READ_ONLY", "true"));
        using var list = await gateway.PostAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""");
        Assert.Equal(
            ["echo", "read_more"],
            (await list.JsonAsync())["result"]!["tools"]!.AsArray().Select(tool => tool!["name"]!.GetValue<string>())
        );
        using var call = await gateway.PostAsync(SpecService.Call("work"));
        Assert.Contains("read-only (READ_ONLY=true)", await call.ToolTextAsync(), StringComparison.Ordinal);
    }
}

namespace Memory.Specs.Tools;

/// <summary>The two tools ChatGPT looks for, in its forms: https://developers.openai.com/api/docs/mcp.</summary>
public sealed class ChatGptSpecs
{
    [Fact]
    public async Task Search_gives_entities_and_fetch_all_about_one()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Mara Lindqvist", "person", "likes tea", "lives in Bern");
        await memory.CreateAsync("Bern", "city");
        await memory.RelateAsync("Mara Lindqvist", "Bern", "lives_in");
        var search = await memory.CallAsync("search", """{"query":"tea"}""");
        Assert.Equal(
            """{"results":[{"id":"Mara Lindqvist","title":"Mara Lindqvist (person)","url":"memory://entity/Mara%20Lindqvist"}]}""",
            search.Text
        );
        Assert.Equal(search.Text, search.Structured!.ToJsonString());
        var fetched = (await memory.CallAsync("fetch", """{"id":"Mara Lindqvist"}""")).Structured!;
        Assert.Equal("- likes tea\n- lives in Bern\n- Mara Lindqvist lives_in Bern", (string?)fetched["text"]);
        Assert.Equal("memory://entity/Mara%20Lindqvist", (string?)fetched["url"]);
        Assert.Equal("person", (string?)fetched["metadata"]!["entityType"]);
    }

    [Fact]
    public async Task What_is_not_there_is_said_with_what_it_may_be()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Mara");
        Assert.Equal(
            "id=mara (did you mean \"Mara\"?) is not in the memory: give the id of a result of search.",
            (await memory.CallAsync("fetch", """{"id":"mara"}""")).Text
        );
        Assert.Equal("""{"results":[]}""", (await memory.CallAsync("search", """{"query":"zebra"}""")).Text);
    }
}

namespace Coda.Specs;

/// <summary>Which doc is meant by an id, a link or a name.</summary>
public sealed class DocResolverSpecs
{
    [Theory]
    [InlineData("AbCDeFGHij")]
    [InlineData("https://coda.io/d/_dAbCDeFGHij")]
    [InlineData("https://coda.io/d/Launch-Plan_dAbCDeFGHij/Status_sumnO#Teams_tpqRst-U/_rui-tuVwxYz")]
    [InlineData("https://docs.superhuman.com/d/Launch_dAbCDeFGHij/Launch-Status_sumnO")]
    public async Task A_doc_is_found_by_id_and_by_links_of_both_hosts(string docId)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs/AbCDeFGHij", DocSpecs.Doc);
        Assert.Equal("Launch", (await coda.CallAsync("coda_get_doc", $$"""{"docId":"{{docId}}"}""")).Json.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_doc_is_found_by_a_link_that_only_coda_can_read()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /resolveBrowserLink", """{"type":"apiLink","href":"h","resource":{"type":"doc","id":"AbCDeFGHij","href":"h"}}""")
            .On("GET /docs/AbCDeFGHij", DocSpecs.Doc);
        Assert.False((await coda.CallAsync("coda_get_doc", """{"docId":"https://coda.io/@ann/launch"}""")).IsError);
        Assert.Equal("GET /resolveBrowserLink?url=https%3A%2F%2Fcoda.io%2F%40ann%2Flaunch", coda.Requests[0]);
    }

    [Fact]
    public async Task A_doc_is_found_by_its_name_unless_several_have_it()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs", """{"items":[{"id":"AbCDeFGHij","name":"My plan"},{"id":"other","name":"My plan B"}]}""")
            .On("GET /docs/AbCDeFGHij", DocSpecs.Doc)
            .On("GET /docs", """{"items":[{"id":"one","name":"My plan"},{"id":"two","name":"My plan"}]}""")
            .On("GET /docs", """{"items":[]}""");
        Assert.False((await coda.CallAsync("coda_get_doc", """{"docId":"My plan"}""")).IsError);
        Assert.Equal(
            "docId='My plan' is the name of 2: 'My plan' (one), 'My plan' (two). Give the id of one.",
            (await coda.CallAsync("coda_get_doc", """{"docId":"My plan"}""")).Error
        );
        Assert.StartsWith(
            "docId='My plan' is not there.",
            (await coda.CallAsync("coda_get_doc", """{"docId":"My plan"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("coda.io/d/Launch_dAbCDeFGHij/Status_sumnO")]
    [InlineData("_dAbCDeFGHij")]
    [InlineData("Launch-Plan_dAbCDeFGHij")]
    [InlineData("coda://docs/AbCDeFGHij")]
    [InlineData("superhuman://docs/AbCDeFGHij/tables/grid-1x")]
    [InlineData("coda://docs/AbCDeFGHij/pages/canvas-1x/markdown")]
    public async Task A_doc_is_found_by_what_people_copy_of_links_and_by_uris(string docId)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs/AbCDeFGHij", DocSpecs.Doc);
        Assert.Equal("Launch", (await coda.CallAsync("coda_get_doc", $$"""{"docId":"{{docId}}"}""")).Json.GetProperty("name").GetString());
        Assert.Equal(["GET /docs/AbCDeFGHij"], coda.Requests);
    }

    [Theory]
    [InlineData("Marketing", "Marketing")]
    [InlineData("Q4Planning", "Q4Planning")]
    [InlineData("launch-plan", "launch-plan")]
    [InlineData("sales pipeline", "Sales pipeline ")]
    [InlineData("Team plan", "Team\\u00a0plan ")]
    [InlineData("Launch", "\U0001F680 Launch")]
    public async Task A_doc_is_found_by_a_name_of_one_word_and_by_what_a_person_sees_of_it(string said, string name)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs", $$"""{"items":[{"id":"other","name":"Other"},{"id":"AbCDeFGHij","name":"{{name}}"}]}""")
            .On("GET /docs/AbCDeFGHij", DocSpecs.Doc);
        Assert.Equal("Launch", (await coda.CallAsync("coda_get_doc", $$"""{"docId":"{{said}}"}""")).Json.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_word_that_is_not_a_name_is_taken_for_an_id()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs", """{"items":[]}""").On("GET /docs/abcdefghij", DocSpecs.Doc);
        Assert.False((await coda.CallAsync("coda_get_doc", """{"docId":"abcdefghij"}""")).IsError);
    }

    [Fact]
    public async Task A_misspelt_name_is_answered_with_the_docs_there_are()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs?query=Lauch%20plan&limit=100", """{"items":[]}""")
            .On("GET /docs?limit=100", """{"items":[{"id":"AbCDeFGHij","name":"Launch plan"}]}""");
        Assert.Equal(
            "docId='Lauch plan' is not there. There are: 'Launch plan' (AbCDeFGHij).",
            (await coda.CallAsync("coda_get_doc", """{"docId":"Lauch plan"}""")).Error
        );
    }
}

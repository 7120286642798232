namespace Coda.Specs.Contract;

/// <summary>What people ask of a doc every day takes one call, by the names they know, and asks Coda only what its API takes.</summary>
public sealed class EverydaySpecs
{
    private const string Tasks = "\"docId\":\"Launch plan\",\"tableIdOrName\":\"tasks\"";
    private const string Link = "https://coda.io/d/_dAbCDeFGHij#Tasks_tugrid-1/_rui-1";

    /// <summary>The tasks of the table in docs/coda.md.</summary>
    [Theory]
    [InlineData("coda_get_doc_schema", """{"docId":"Launch plan"}""", 5)]
    [InlineData(
        "coda_upsert_rows",
        $$"""{{{Tasks}},"rows":[{"Task":"Call Ann","Hours":"2","Owner":"Bob Miller","Project":"Call Ann"}],"waitSeconds":0}""",
        8
    )]
    [InlineData(
        "coda_list_rows",
        $$"""{{{Tasks}},"filters":[{"column":"Task","value":"Call Ann"},{"column":"Owner","value":"bob miller"}],"columns":["Task"]}""",
        4
    )]
    [InlineData(
        "coda_update_row",
        $$"""{"docId":"{{Link}}","tableIdOrName":"{{Link}}","rowIdOrName":"{{Link}}","cells":{"Hours":3},"waitSeconds":0}""",
        4
    )]
    [InlineData("coda_update_rows", $$"""{{{Tasks}},"changes":[{"row":"call ann"}],"cells":{"Hours":3},"waitSeconds":0}""", 7)]
    [InlineData("coda_find_rows", $$"""{{{Tasks}},"groupBy":"Project","sums":["Hours"],"limit":0}""", 4)]
    [InlineData("coda_find_rows", $$"""{{{Tasks}},"filters":[{"column":"Hours","op":"more","value":1}],"sortBy":"Hours","limit":5}""", 4)]
    [InlineData("coda_find_rows", """{"docId":"Launch plan","text":"ann"}""", 4)]
    [InlineData("coda_upsert_rows", $$"""{{{Tasks}},"rows":[{"Task":"A"},{"Task":"B"}],"keyColumns":["Task"],"waitSeconds":0}""", 5)]
    [InlineData("coda_get_page_content", """{"docId":"Launch plan","pageIdOrName":"notes"}""", 7)]
    [InlineData("coda_append_page_content", """{"docId":"Launch plan","pageIdOrName":"Notes","content":"- Agreed","waitSeconds":0}""", 4)]
    public async Task An_everyday_task_is_one_call(string tool, string arguments, int requests)
    {
        var model = new CodaModel();
        await using var coda = await CodaGateway.StartAsync();
        coda.Coda.OnAnything(model.AnswerAsync);
        if (arguments.Contains(Link, StringComparison.Ordinal))
        {
            coda.On(
                "GET /resolveBrowserLink",
                """{"type":"apiLink","href":"h","resource":{"type":"row","id":"i-1x","href":"https://coda.io/apis/v1/docs/AbCDeFGHij/tables/grid-1x/rows/i-1x"}}"""
            );
        }

        var reply = await coda.CallAsync(tool, arguments);
        Assert.False(reply.IsError, reply.Text);
        Assert.Empty(model.Refused);
        Assert.True(coda.Requests.Count <= requests, string.Join('\n', coda.Requests));
    }
}

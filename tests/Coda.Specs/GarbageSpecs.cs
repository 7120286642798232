using McpGateway.Testing;

namespace Coda.Specs;

/// <summary>Whatever Coda answers under 200, each tool says one clear sentence, or what is right.</summary>
public sealed class GarbageSpecs
{
    [Fact]
    public async Task No_tool_fails_unexpectedly_or_finds_nothing_where_the_answer_is_no_answer()
    {
        await using var coda = await StartAsync();
        var (calls, problems) = await Calls(coda).RunAsync();
        Assert.True(calls > 3_000, $"{calls}");
        Assert.True(problems.Count == 0, $"{problems.Count} of {calls}:\n{string.Join('\n', problems.Take(60))}");
    }

    [Fact]
    public async Task What_is_lost_once_the_API_has_read_it_does_not_leave_again()
    {
        await using var coda = await StartAsync();
        var (lost, problems) = await Calls(coda).LoseAsync();
        Assert.True(lost > 12, $"{lost}");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static GarbageCalls Calls(CodaGateway coda) =>
        new(coda.Gateway, coda.Coda, CodaGateway.Caller, coda.Time)
        {
            Samples = new Dictionary<string, string>
            {
                ["docId"] = "\"AbCDeFGHij\"",
                ["pageIdOrName"] = "\"canvas-1\"",
                ["rootPageIdOrName"] = "\"canvas-1\"",
                ["tableIdOrName"] = "\"grid-1\"",
                ["rowIdOrName"] = "\"i-1\"",
                ["columnIdOrName"] = "\"c-1\"",
                ["url"] = "\"https://coda.io/d/_dAbCDeFGHij\"",
                ["rows"] = """[{"Name":"x"}]""",
                ["changes"] = """[{"row":"i-1","cells":{"Name":"x"}}]""",
                ["cells"] = """{"Name":"x"}""",
                ["rowIds"] = """["i-1"]""",
                ["principal"] = """{"type":"email","email":"ann@example.com"}""",
                ["access"] = "\"write\"",
                ["newRole"] = "\"Editor\"",
            },
            AlsoWanted = new Dictionary<string, string[]>
            {
                ["coda_delete_page_content"] = ["elementIds"],
                ["coda_replace_page_content"] = ["elementId"],
                ["coda_delete_doc"] = ["force"],
                ["coda_get_mutation_status"] = ["requestId"],
                ["coda_update_doc"] = ["title"],
                ["coda_update_page"] = ["name"],
                ["coda_export_pages"] = ["rootPageIdOrName"],
                ["coda_update_acl_settings"] = ["allowCopying"],
                ["coda_update_folder"] = ["name"],
            },
        };

    private static Task<CodaGateway> StartAsync() =>
        CodaGateway.StartAsync(
            ("CODA_TOOLSETS", "all"),
            ("CODA_LIMIT_READS", "1000000/1"),
            ("CODA_LIMIT_WRITES", "1000000/1"),
            ("CODA_LIMIT_CONTENT_WRITES", "1000000/1"),
            ("CODA_LIMIT_DOC_LISTS", "1000000/1"),
            ("CODA_LIMIT_ANALYTICS", "1000000/1")
        );
}

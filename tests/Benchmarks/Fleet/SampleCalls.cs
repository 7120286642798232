namespace Benchmarks.Fleet;

/// <summary>What callers ask for most, of each service.</summary>
internal static class SampleCalls
{
    /// <summary>Ten calls that read, with what each prints as.</summary>
    public static readonly IReadOnlyList<SampleCall> Reads =
    [
        new("Memory", "search_nodes", """{"query":"coffee"}"""),
        new("Memory", "open_nodes", """{"names":["Person 7","Person 8","Person 9"]}"""),
        new("Memory", "read_graph", "{}"),
        new("GitHub", "list_pull_requests", """{"owner":"octo","repo":"hello"}"""),
        new("GitHub", "get_file_contents", """{"owner":"octo","repo":"hello","path":"package.json"}"""),
        new("Coda", "coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x"}"""),
        new("Coda", "coda_list_pages", """{"docId":"AbCDeFGHij"}"""),
        new("Firecrawl", "firecrawl_scrape", """{"url":"https://93.184.215.14/"}"""),
        new("Firecrawl", "firecrawl_search", """{"query":"pages"}"""),
        new("Firecrawl", "firecrawl_map", """{"url":"https://93.184.215.14/"}"""),
    ];

    /// <summary>Calls that change the memory and leave it as it was.</summary>
    public static readonly IReadOnlyList<SampleCall> Writes =
    [
        new(
            "Memory",
            "add_observations",
            """{"observations":[{"entityName":"Person 3","contents":["says \"hello\" to everybody","walks on Sundays"]}]}"""
        ),
        new(
            "Memory",
            "delete_observations",
            """{"deletions":[{"entityName":"Person 3","observations":["says \"hello\" to everybody","walks on Sundays"]}]}"""
        ),
    ];
}

/// <param name="Service">The name of its project.</param>
/// <param name="Arguments">As JSON.</param>
internal sealed record SampleCall(string Service, string Tool, string Arguments)
{
    /// <summary>The JSON-RPC message.</summary>
    public string Message =>
        $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{Tool}}}","arguments":{{{Arguments}}}}}""";
}

namespace Coda.Specs;

/// <summary>What calls of every tool need beyond its schema, for specs that call them all.</summary>
internal static class SampleCalls
{
    /// <summary>Values for parameters, by their names, as JSON.</summary>
    public static readonly IReadOnlyDictionary<string, string> Samples = new Dictionary<string, string>
    {
        ["docId"] = "\"AbCDeFGHij\"",
        ["pageIdOrName"] = "\"canvas-1x\"",
        ["rootPageIdOrName"] = "\"canvas-1x\"",
        ["tableIdOrName"] = "\"grid-1x\"",
        ["rowIdOrName"] = "\"i-1x\"",
        ["columnIdOrName"] = "\"c-1\"",
        ["url"] = "\"https://coda.io/d/_dAbCDeFGHij\"",
        ["rows"] = """[{"Name":"x"}]""",
        ["changes"] = """[{"row":"i-1x","cells":{"Name":"x"}}]""",
        ["cells"] = """{"Name":"x"}""",
        ["rowIds"] = """["i-1x"]""",
        ["principal"] = """{"type":"email","email":"ann@example.com"}""",
        ["access"] = "\"write\"",
        ["newRole"] = "\"Editor\"",
        ["customDocDomain"] = "\"docs.example.com\"",
    };

    /// <summary>Parameters that a tool wants although its schema does not call them required.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> AlsoWanted = new Dictionary<string, string[]>
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
    };

    /// <summary>A gateway with every tool, whose own limits hold nothing back.</summary>
    public static Task<CodaGateway> StartAsync() =>
        CodaGateway.StartAsync(
            ("CODA_TOOLSETS", "all"),
            ("CODA_LIMIT_READS", "1000000/1"),
            ("CODA_LIMIT_WRITES", "1000000/1"),
            ("CODA_LIMIT_CONTENT_WRITES", "1000000/1"),
            ("CODA_LIMIT_DOC_LISTS", "1000000/1"),
            ("CODA_LIMIT_ANALYTICS", "1000000/1")
        );
}

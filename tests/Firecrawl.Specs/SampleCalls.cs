namespace Firecrawl.Specs;

/// <summary>What calls of every tool need beyond its schema, for specs that call them all.</summary>
internal static class SampleCalls
{
    /// <summary>Values for parameters, by their names, as JSON.</summary>
    public static readonly IReadOnlyDictionary<string, string> Samples = new Dictionary<string, string>
    {
        ["url"] = "\"https://site.example/a\"",
        ["urls"] = """["https://site.example/a"]""",
        ["page"] = "\"https://site.example/a\"",
        ["id"] = "\"site.example\"",
        ["waitSeconds"] = "10",
        ["body"] = """{"status":"paused"}""",
    };

    /// <summary>Parameters that a tool wants although its schema does not call them required.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> AlsoWanted = new Dictionary<string, string[]>
    {
        ["firecrawl_scrape"] = ["url"],
        ["firecrawl_parse"] = ["url"],
        ["firecrawl_monitor_create"] = ["page"],
        ["firecrawl_extract"] = ["urls"],
        ["firecrawl_interact"] = ["url", "prompt"],
    };
}

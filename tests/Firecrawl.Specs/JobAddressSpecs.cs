using System.Reflection;
using McpGateway.Tools.Schemas;
using ModelContextProtocol.Server;

namespace Firecrawl.Specs;

/// <summary>Whatever has an id is found by its address as well.</summary>
public sealed class JobAddressSpecs
{
    [Theory]
    [InlineData("firecrawl_check_crawl_status", "crawl")]
    [InlineData("firecrawl_batch_scrape_status", "batch/scrape")]
    [InlineData("firecrawl_agent_status", "agent")]
    [InlineData("firecrawl_extract_status", "extract")]
    public async Task A_job_is_found_by_the_address_that_the_api_gave_beside_its_id(string tool, string path)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl.On($"GET /{path}/c1", """{"status":"completed","total":1,"completed":1,"data":[{"markdown":"a"}]}""");
        var answer = await firecrawl.ReadAsync(tool, $$"""{"id":"https://api.firecrawl.dev/v2/{{path}}/c1"}""");
        Assert.Equal("c1", answer.GetProperty("id").GetString());
    }

    [Fact]
    public void Every_id_of_a_tool_is_taken_out_of_an_address()
    {
        // These name no job: papers, pages for ChatGPT, and what a caller makes up.
        string[] others = ["paperId", "requestId"];
        Assert.Empty(
            from type in typeof(FirecrawlService).Assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            let tool = method.GetCustomAttribute<McpServerToolAttribute>()
            where tool is not null && tool.Name != "fetch"
            from parameter in method.GetParameters()
            where
                (parameter.Name == "id" || parameter.Name!.EndsWith("Id", StringComparison.Ordinal))
                && !others.Contains(parameter.Name)
                && !parameter.GetCustomAttributes<ReadTextAttribute>().Any()
            select $"{tool.Name}.{parameter.Name} is an id: mark it [JobId]"
        );
    }

    [Theory]
    [InlineData("firecrawl_monitor_get", """{"id":"https://api.firecrawl.dev/v2/monitor/m1"}""", "GET /v2/monitor/m1")]
    [InlineData("firecrawl_monitor_delete", """{"id":"https://api.firecrawl.dev/v2/monitor/m1/"}""", "DELETE /v2/monitor/m1")]
    [InlineData("firecrawl_monitor_run", """{"id":"/v2/monitor/m1/checks/k1"}""", "POST /v2/monitor/m1/run")]
    [InlineData(
        "firecrawl_monitor_update",
        """{"id":"https://api.firecrawl.dev/v2/monitor/m1","body":{"name":"n"}}""",
        "PATCH /v2/monitor/m1"
    )]
    [InlineData(
        "firecrawl_monitor_checks",
        """{"id":"https://www.firecrawl.dev/app/monitors/m1?tab=checks"}""",
        "GET /v2/monitor/m1/checks"
    )]
    [InlineData(
        "firecrawl_monitor_check",
        """{"id":"https://api.firecrawl.dev/v2/monitor/m1/checks/k1","checkId":"https://api.firecrawl.dev/v2/monitor/m1/checks/k1"}""",
        "GET /v2/monitor/m1/checks/k1"
    )]
    [InlineData(
        "firecrawl_browser_execute",
        """{"id":"https://api.firecrawl.dev/v2/interact/b1/execute","code":"1"}""",
        "POST /v2/interact/b1/execute"
    )]
    [InlineData("firecrawl_browser_delete", """{"id":"https://api.firecrawl.dev/v2/interact/b1"}""", "DELETE /v2/interact/b1")]
    [InlineData(
        "firecrawl_interact",
        """{"scrapeId":"https://api.firecrawl.dev/v2/scrape/s1/interact","prompt":"p"}""",
        "POST /v2/scrape/s1/interact"
    )]
    [InlineData("firecrawl_interact_stop", """{"scrapeId":"https://api.firecrawl.dev/v2/scrape/s1"}""", "DELETE /v2/scrape/s1/interact")]
    [InlineData("firecrawl_scrape_result", """{"id":"https://api.firecrawl.dev/v2/scrape/s1"}""", "GET /v2/scrape/s1")]
    [InlineData(
        "firecrawl_job_errors",
        """{"kind":"crawl","id":"https://api.firecrawl.dev/v2/crawl/c1/errors"}""",
        "GET /v2/crawl/c1/errors"
    )]
    [InlineData(
        "firecrawl_cancel",
        """{"kind":"batch","id":"https://api.firecrawl.dev/v2/batch/scrape/b1?skip=20"}""",
        "DELETE /v2/batch/scrape/b1"
    )]
    public async Task What_has_an_address_is_found_by_it(string tool, string arguments, string request)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"), ("CONFIRM_DESTRUCTIVE", "never"));
        firecrawl.Api.On(request, """{"success":true,"data":{"markdown":"a"},"errors":[],"robotsBlocked":[]}""");
        await firecrawl.ReadAsync(tool, arguments);
        Assert.Equal(request, Assert.Single(firecrawl.Api.Received.Select(sent => $"{sent.Method} {sent.Target}")));
    }
}

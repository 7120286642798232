using System.Text.Json;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;

namespace Firecrawl.Specs;

/// <summary>Pages that the gateway keeps: answered without credits while they are young enough, compared later, and read as resources.</summary>
public sealed class KeptPageSpecs
{
    private const string Scrape = "firecrawl_scrape";
    private const string Changes = "firecrawl_page_changes";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private string page = "";

    [Fact]
    public async Task A_call_with_a_max_age_gets_what_is_young_enough_for_nothing_and_reads_the_rest_anew()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        On(firecrawl, "# One");
        var first = await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/x"}""");
        firecrawl.Time.Advance(Hour);
        On(firecrawl, "# Two");
        var kept = await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/x","formats":["markdown"],"maxAge":3700000}""");
        Assert.Equal("# One", kept.GetProperty("markdown").GetString());
        Assert.Equal(0, kept.GetProperty("metadata").GetProperty("creditsUsed").GetInt32());
        Assert.Contains("60 minutes ago", kept.GetProperty("fromMemory").GetString(), StringComparison.Ordinal);
        Assert.Equal(first.GetProperty("kept").GetString(), kept.GetProperty("kept").GetString());
        Assert.Single(firecrawl.Requests);
        foreach (var anew in new[] { ",\"maxAge\":3000000", ",\"maxAge\":0", "" })
        {
            var read = await firecrawl.ReadAsync(Scrape, $$"""{"url":"https://a.example/x"{{anew}}}""");
            Assert.Equal("# Two", read.GetProperty("markdown").GetString());
            Assert.False(read.TryGetProperty("fromMemory", out _));
        }

        Assert.Equal(4, firecrawl.Requests.Count);
    }

    [Fact]
    public async Task The_operator_says_how_old_a_page_may_be_where_the_call_does_not()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_PAGES_MINUTES", "30"));
        On(firecrawl, "# One");
        await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/x"}""");
        await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/x"}""");
        Assert.Single(firecrawl.Requests);
        firecrawl.Time.Advance(Hour);
        await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/x"}""");
        Assert.Equal(2, firecrawl.Requests.Count);
    }

    [Theory]
    [InlineData(""","headers":{"Cookie":"a=b"}""")]
    [InlineData(""","actions":[{"type":"wait","milliseconds":1}]""")]
    [InlineData(""","profile":{"name":"n"}""")]
    [InlineData(""","zeroDataRetention":true""")]
    [InlineData(""","storeInCache":false""")]
    [InlineData(""","formats":["markdown","changeTracking"]""")]
    public async Task What_only_this_caller_may_see_or_nobody_may_store_is_not_kept(string options)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        On(firecrawl, "# One");
        var call = $$"""{"url":"https://a.example/x"{{options}},"maxAge":9999999}""";
        Assert.False((await firecrawl.ReadAsync(Scrape, call)).TryGetProperty("kept", out _));
        await firecrawl.ReadAsync(Scrape, call);
        Assert.Equal(2, firecrawl.Requests.Count);
    }

    [Theory]
    [InlineData("https://user:word@a.example/x", 200)]
    [InlineData("https://a.example/x", 404)]
    public async Task Neither_is_a_page_with_a_login_in_its_url_nor_an_error_page(string url, int status)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        On(firecrawl, "# One", status);
        Assert.False((await firecrawl.ReadAsync(Scrape, $$"""{"url":"{{url}}"}""")).TryGetProperty("kept", out _));
    }

    [Fact]
    public async Task Other_options_are_another_page()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_PAGES_MINUTES", "30"));
        On(firecrawl, "# One");
        string[] calls = ["", ",\"onlyMainContent\":false", ",\"formats\":[\"html\"]", ",\"mobile\":true", ",\"waitFor\":500"];
        foreach (var options in calls.Concat(calls))
        {
            await firecrawl.ReadAsync(Scrape, $$"""{"url":"https://a.example/x"{{options}}}""");
        }

        Assert.Equal(calls.Length, firecrawl.Requests.Count);
    }

    [Fact]
    public async Task A_domain_that_is_denied_since_is_not_answered_from_memory()
    {
        var folder = TemporaryFolder.Create("firecrawl-pages-");
        try
        {
            string kept;
            await using (var firecrawl = await FirecrawlGateway.StartAsync(("DATA_PATH", folder.FullName)))
            {
                On(firecrawl, "# One");
                kept = (await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/x"}""")).GetProperty("kept").GetString()!;
                Assert.Equal("# One", await ReadAsync(firecrawl, kept));
            }

            await using (var firecrawl = await FirecrawlGateway.StartAsync(("DATA_PATH", folder.FullName)))
            {
                await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/x","maxAge":9999999}""");
                Assert.Empty(firecrawl.Requests);
            }

            await using (
                var firecrawl = await FirecrawlGateway.StartAsync(("DATA_PATH", folder.FullName), ("FIRECRAWL_DENIED_DOMAINS", "a.example"))
            )
            {
                var reply = await firecrawl.CallAsync(Scrape, """{"url":"https://a.example/x","maxAge":9999999}""");
                Assert.Contains("may not read that domain", reply.Error, StringComparison.Ordinal);
                var refused = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(firecrawl, kept));
                Assert.Contains("may not read its domain", refused.Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_kept_page_that_does_not_say_where_it_is_from_is_read_only_where_every_domain_may_be()
    {
        var folder = TemporaryFolder.Create("firecrawl-pages-");
        try
        {
            string kept;
            await using (var firecrawl = await FirecrawlGateway.StartAsync(("DATA_PATH", folder.FullName)))
            {
                firecrawl.On("POST /scrape", """{"success":true,"data":{"markdown":"# One","metadata":{"statusCode":200}}}""");
                kept = (await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/x"}""")).GetProperty("kept").GetString()!;
                Assert.Equal("# One", await ReadAsync(firecrawl, kept));
            }

            await using (
                var firecrawl = await FirecrawlGateway.StartAsync(("DATA_PATH", folder.FullName), ("FIRECRAWL_DENIED_DOMAINS", "a.example"))
            )
            {
                var refused = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(firecrawl, kept));
                Assert.Contains("may not read its domain", refused.Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_has_changed_is_a_diff_against_the_last_time_or_against_a_day()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        On(firecrawl, "# Prices\n\nA: 1\n\nB: 2");
        var start = firecrawl.Time.GetUtcNow();
        Assert.Contains("has not read the page before", await ChangesAsync(firecrawl), StringComparison.Ordinal);
        firecrawl.Time.Advance(Hour);
        Assert.StartsWith("Nothing has changed since", await ChangesAsync(firecrawl), StringComparison.Ordinal);
        firecrawl.Time.Advance(Hour);
        On(firecrawl, "# Prices\n\nA: 1\n\nB: 3");
        await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/x"}""");
        firecrawl.Time.Advance(Hour);
        On(firecrawl, "# Prices\n\nA: 1\n\nB: 4");
        Assert.EndsWith(
            "--- a/https://a.example/x\n+++ b/https://a.example/x\n@@ -2,4 +2,4 @@\n \n A: 1\n \n-B: 3\n+B: 4\n",
            await ChangesAsync(firecrawl),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "\n-B: 2\n+B: 4\n",
            await ChangesAsync(firecrawl, $",\"since\":\"{start + (1.5 * Hour):O}\""),
            StringComparison.Ordinal
        );
        Assert.All(
            firecrawl.Api.Received.Where(r => r.Text.Contains("maxAge", StringComparison.Ordinal)),
            r => Assert.Contains("\"maxAge\":0", r.Text, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_now_is_not_compared()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        On(firecrawl, "# One");
        await ChangesAsync(firecrawl);
        On(firecrawl, "# Gone", 404);
        var told = await ChangesAsync(firecrawl);
        Assert.StartsWith("Nothing was compared", told, StringComparison.Ordinal);
        Assert.Contains("answered 404", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_oldest_pages_leave_when_there_is_no_room()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_PAGES_MB", "1"), ("FIRECRAWL_PAGES_MINUTES", "600"));
        On(firecrawl, new string('x', 200_000));
        for (var number = 0; number < 10; number++)
        {
            firecrawl.Time.Advance(TimeSpan.FromSeconds(1));
            await firecrawl.ReadAsync(Scrape, $$"""{"url":"https://a.example/{{number}}"}""");
        }

        await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/9"}""");
        await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/8"}""");
        Assert.Equal(10, firecrawl.Requests.Count);
        await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/0"}""");
        Assert.Equal(11, firecrawl.Requests.Count);
    }

    [Fact]
    public async Task An_operator_who_keeps_nothing_is_obeyed()
    {
        var folder = TemporaryFolder.Create("firecrawl-pages-");
        try
        {
            await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_PAGES_MB", "0"), ("DATA_PATH", folder.FullName));
            On(firecrawl, "# One");
            Assert.False((await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/x"}""")).TryGetProperty("kept", out _));
            Assert.Contains(
                "FIRECRAWL_PAGES_MB=0",
                (await firecrawl.CallAsync(Changes, """{"url":"https://a.example/x"}""")).Error,
                StringComparison.Ordinal
            );
            Assert.Empty(Directory.GetFileSystemEntries(folder.FullName, "pages"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_half_written_file_is_as_if_it_had_never_been_kept()
    {
        var folder = TemporaryFolder.Create("firecrawl-pages-");
        try
        {
            await using var firecrawl = await FirecrawlGateway.StartAsync(
                ("FIRECRAWL_PAGES_MINUTES", "30"),
                ("DATA_PATH", folder.FullName)
            );
            On(firecrawl, "# One");
            await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/x"}""");
            var file = Assert.Single(Directory.GetFiles(Path.Combine(folder.FullName, "pages"), "*", SearchOption.AllDirectories));
            await File.WriteAllTextAsync(file, "{\"markdown\":", TestContext.Current.CancellationToken);
            Assert.Equal(
                "# One",
                (await firecrawl.ReadAsync(Scrape, """{"url":"https://a.example/x"}""")).GetProperty("markdown").GetString()
            );
            Assert.Equal(2, firecrawl.Requests.Count);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What the page is from now on.</summary>
    private void On(FirecrawlGateway firecrawl, string markdown, int status = 200)
    {
        page =
            $$"""{"success":true,"data":{"markdown":{{JsonSerializer.Serialize(markdown)}},"metadata":{"statusCode":{{status}},"sourceURL":"https://a.example/x","creditsUsed":1} } }""";
        firecrawl.Api.On(
            "POST /v2/scrape",
            context =>
            {
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync(page);
            }
        );
    }

    private static async Task<string> ChangesAsync(FirecrawlGateway firecrawl, string more = "")
    {
        var reply = await firecrawl.CallAsync(Changes, $$"""{"url":"https://a.example/x"{{more}}}""");
        Assert.False(reply.IsError, reply.Text);
        return reply.Text;
    }

    private static async Task<string> ReadAsync(FirecrawlGateway firecrawl, string uri)
    {
        var resource = await firecrawl.Client.Mcp.ReadResourceAsync(uri);
        return Assert.IsType<ModelContextProtocol.Protocol.TextResourceContents>(Assert.Single(resource.Contents)).Text;
    }
}

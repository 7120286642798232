using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Firecrawl.Specs;

/// <summary>What a caller learns of a job: its id at once, all of its pages or why not, and its end.</summary>
public sealed class JobSpecs
{
    private const string Site = """{"url":"https://a.example"}""";

    [Fact]
    public async Task A_monitor_is_not_changed_into_nothing_else()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        var refused = await firecrawl.CallAsync("firecrawl_monitor_update", """{"id":"m1","body":{}}""");
        Assert.StartsWith("Nothing to change", refused.Error, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task A_url_that_a_batch_has_twice_is_scraped_once()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("POST /batch/scrape", """{"success":true,"id":"b1"}""")
            .On("GET /batch/scrape/b1", """{"status":"completed","total":2,"completed":2,"data":[{"markdown":"a"},{"markdown":"b"}]}""");
        var answer = await firecrawl.ReadAsync(
            "firecrawl_batch_scrape",
            """{"urls":["https://a.example/","https://b.example/","https://a.example/ ","https://a.example/"]}"""
        );
        Assert.Equal("""{"urls":["https://a.example/","https://b.example/"],"ignoreInvalidURLs":true}""", firecrawl.Api.Received[0].Text);
        Assert.False(answer.TryGetProperty("pages", out _));
        Assert.Contains(
            "2 of the urls are there more than once, and scraped once.",
            answer.GetProperty("note").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("\"3\"")]
    [InlineData("3.0")]
    [InlineData("null")]
    public async Task A_job_whose_count_of_pages_is_no_number_is_read_to_its_end(string completed)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On(
                "GET /crawl/c1?skip=0&limit=20",
                $$"""{"status":"completed","total":3,"completed":{{completed}},"next":"https://api.firecrawl.dev/v2/crawl/c1?skip=2","data":[{"markdown":"a"},{"markdown":"b"}]}"""
            )
            .On(
                "GET /crawl/c1?skip=2&limit=20",
                $$"""{"status":"completed","total":3,"completed":{{completed}},"data":[{"markdown":"c"}]}"""
            );
        var answer = await firecrawl.ReadAsync("firecrawl_check_crawl_status", """{"id":"c1"}""");
        Assert.Equal(3, answer.GetProperty("data").GetArrayLength());
        Assert.False(answer.TryGetProperty("cursor", out _));
        Assert.False(answer.TryGetProperty("pages", out _));
    }

    [Theory]
    [InlineData("""{"body":{"name":"n"},"page":"https://a.example"}""", "page is given beside body")]
    [InlineData("""{"body":{"name":"n"},"scheduleText":"hourly"}""", "scheduleText is given beside body")]
    [InlineData("""{"page":"https://a.example","maxResults":5}""", "maxResults is for queries")]
    [InlineData("""{"page":"https://a.example","includeDiffs":true}""", "includeDiffs is for email")]
    [InlineData("""{"page":"https://a.example","cron":"0 * * * *","scheduleText":"daily"}""", "scheduleText says when, and so does cron")]
    public async Task What_a_new_monitor_would_not_heed_is_refused(string arguments, string said)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        var refused = (await firecrawl.CallAsync("firecrawl_monitor_create", arguments)).Error!;
        Assert.StartsWith(said, refused, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was created.", refused, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Api.Received);
    }

    [Fact]
    public async Task A_batch_that_lost_pages_says_which_and_why()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("POST /batch/scrape", """{"success":true,"id":"b1"}""")
            .On("GET /batch/scrape/b1", """{"status":"completed","total":1,"completed":1,"data":[{"markdown":"a"}]}""")
            .On(
                "GET /batch/scrape/b1/errors",
                """{"errors":[{"url":"https://b.example","error":"DNS failed"}],"robotsBlocked":["https://c.example"]}"""
            );
        var answer = await firecrawl.ReadAsync(
            "firecrawl_batch_scrape",
            """{"urls":["https://a.example","https://b.example","https://c.example"]}"""
        );
        Assert.Equal("""{"asked":3,"done":1,"failed":1,"forbidden":1,"missing":0}""", answer.GetProperty("pages").GetRawText());
        Assert.EndsWith(
            "Failed: https://b.example (DNS failed). robots.txt forbids: https://c.example.",
            answer.GetProperty("note").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_crawl_that_found_nothing_says_why()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("POST /crawl", """{"success":true,"id":"c1"}""")
            .On("GET /crawl/c1", """{"status":"completed","total":0,"completed":0,"creditsUsed":-1,"data":[]}""")
            .On("GET /crawl/c1/errors", """{"errors":[],"robotsBlocked":["https://a.example/"]}""")
            .On("GET /crawl/c1/errors", """{"errors":[],"robotsBlocked":[]}""");
        var forbidden = await firecrawl.ReadAsync("firecrawl_crawl", Site);
        Assert.EndsWith("robots.txt forbids: https://a.example/.", forbidden.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.False(forbidden.TryGetProperty("creditsUsed", out _));
        Assert.Contains(
            "No page was found: check that the URL can be reached",
            (await firecrawl.ReadAsync("firecrawl_crawl", Site)).GetProperty("note").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_id_of_a_job_is_told_at_once()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("POST /crawl", """{"success":true,"id":"c1"}""")
            .On("GET /crawl/c1", """{"status":"completed","total":1,"completed":1,"data":[{"markdown":"a"}]}""");
        var (told, _) = await firecrawl.Client.FollowAsync("firecrawl_crawl", Site);
        Assert.Equal("Started as id='c1'; firecrawl_check_crawl_status asks for it again", told[1].GetProperty("message").GetString());
    }

    [Fact]
    public async Task The_end_of_a_job_is_noticed_within_two_seconds()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var looks = new List<DateTimeOffset>();
        firecrawl.On("POST /crawl", """{"success":true,"id":"c1"}""");
        firecrawl.Api.On(
            "GET /v2/crawl/c1",
            context =>
            {
                looks.Add(firecrawl.Time.GetUtcNow());
                return context.Response.WriteAsJsonAsync(
                    new
                    {
                        status = looks.Count < 12 ? "scraping" : "completed",
                        total = 1,
                        completed = looks.Count < 12 ? 0 : 1,
                        data = looks.Count < 12 ? [] : new[] { new { markdown = "a" } },
                    }
                );
            }
        );
        await firecrawl.ReadAsync("firecrawl_crawl", """{"url":"https://a.example","waitSeconds":60}""");
        Assert.Equal(12, looks.Count);
    }

    [Theory]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","waitSeconds":600}""", "/crawl")]
    [InlineData("firecrawl_batch_scrape", """{"urls":["https://a.example"],"waitSeconds":600}""", "/batch/scrape")]
    [InlineData("firecrawl_agent", """{"prompt":"p","waitSeconds":600}""", "/agent")]
    public async Task A_gateway_that_stops_answers_with_the_id_and_lets_the_job_run(string tool, string arguments, string path)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var looks = 0;
        firecrawl.On($"POST {path}", """{"success":true,"id":"c1"}""");
        firecrawl.Api.On(
            $"GET /v2{path}/c1",
            context =>
            {
                if (++looks == 2)
                {
                    firecrawl.Gateway.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
                }

                return context.Response.WriteAsJsonAsync(
                    new
                    {
                        status = "scraping",
                        total = 9,
                        completed = 0,
                    }
                );
            }
        );
        var answer = await firecrawl.ReadAsync(tool, arguments);
        Assert.Equal("c1", answer.GetProperty("id").GetString());
        Assert.Equal(2, looks);
        Assert.Contains("Still running: ask", answer.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(firecrawl.Requests, request => request.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dead_urls_are_left_out_of_a_batch_and_listed()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("POST /batch/scrape", """{"success":true,"id":"b1"}""")
            .On("GET /batch/scrape/b1", """{"status":"completed","total":1,"completed":1,"data":[{"markdown":"a"}]}""");
        const string Urls = """["http://dead.invalid/","https://a.example","not a url","http://dead.too.invalid/"]""";
        var answer = await firecrawl.ReadAsync("firecrawl_batch_scrape", $$"""{"urls":{{Urls}}}""");
        Assert.Equal("""{"urls":["https://a.example"],"ignoreInvalidURLs":true}""", firecrawl.Api.Received[0].Text);
        Assert.EndsWith(
            "Left out: the name 'dead.invalid' cannot be resolved, 'not a url' is not a web address, the name 'dead.too.invalid' cannot be resolved.",
            answer.GetProperty("note").GetString(),
            StringComparison.Ordinal
        );
        var strict = (await firecrawl.CallAsync("firecrawl_batch_scrape", $$"""{"urls":{{Urls}},"ignoreInvalidURLs":false}""")).Error!;
        Assert.All(
            new[] { "urls[0]: the name 'dead.invalid'", "urls[2]='not a url'", "urls[3]: the name 'dead.too.invalid'" },
            named => Assert.Contains(named, strict, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("FIRECRAWL_ALLOW_PRIVATE", strict, StringComparison.Ordinal);
        Assert.StartsWith(
            "None of the urls can be scraped; nothing was sent: the name 'dead.invalid'",
            (await firecrawl.CallAsync("firecrawl_batch_scrape", """{"urls":["http://dead.invalid/"]}""")).Error,
            StringComparison.Ordinal
        );
    }
}

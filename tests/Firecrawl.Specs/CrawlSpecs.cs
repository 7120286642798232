using System.Text;
using System.Text.Json;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;

namespace Firecrawl.Specs;

public sealed class CrawlSpecs
{
    private const string Site = """{"url":"https://a.example"}""";

    [Fact]
    public async Task A_crawl_of_30_pages_is_waited_for_with_progress_and_each_page_read_once()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var served = Serve(firecrawl, pages: 30, perPoll: 7, bytes: 500);
        var (told, result) = await firecrawl.Client.FollowAsync("firecrawl_crawl", Site);
        var answer = JsonSerializer.Deserialize<JsonElement>(TextOf(result));
        Assert.Equal("completed", answer.GetProperty("status").GetString());
        Assert.Equal(
            Enumerable.Range(0, 30),
            answer.GetProperty("data").EnumerateArray().Select(page => page.GetProperty("metadata").GetProperty("n").GetInt32())
        );
        Assert.Equal(Enumerable.Range(0, 30), served);
        Assert.Equal(
            "limit was 50 pages, as none was given. Announced: up to 50 pages at 1 or more credits each: about 50.",
            answer.GetProperty("note").GetString()
        );
        Assert.False(answer.TryGetProperty("cursor", out _));
        Assert.False(answer.TryGetProperty("next", out _));
        Assert.Equal("""{"url":"https://a.example","limit":50}""", firecrawl.Api.Received[0].Text);
        Assert.Equal("Starting; up to 50 pages at 1 or more credits each: about 50", told[0].GetProperty("message").GetString());
        Assert.All(
            told.Zip(told.Skip(1)),
            pair => Assert.True(pair.Second.GetProperty("progress").GetDouble() > pair.First.GetProperty("progress").GetDouble())
        );
        Assert.Equal((30d, 30d), (told[^1].GetProperty("progress").GetDouble(), told[^1].GetProperty("total").GetDouble()));
    }

    [Fact]
    public async Task A_crawl_of_1000_pages_is_read_in_answers_of_bounded_size()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var served = Serve(firecrawl, pages: 1_000, perPoll: 1_000, bytes: 4_000);
        var seen = new List<int>();
        var arguments = """{"url":"https://a.example","limit":1000}""";
        var tool = "firecrawl_crawl";
        while (arguments.Length > 0)
        {
            var text = (await firecrawl.CallAsync(tool, arguments)).Text;
            Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, 102_000);
            var answer = JsonSerializer.Deserialize<JsonElement>(text);
            seen.AddRange(
                answer.GetProperty("data").EnumerateArray().Select(page => page.GetProperty("metadata").GetProperty("n").GetInt32())
            );
            tool = "firecrawl_check_crawl_status";
            arguments = answer.TryGetProperty("cursor", out var cursor) ? $$"""{"id":"c1","cursor":"{{cursor.GetString()}}"}""" : "";
        }

        Assert.Equal(Enumerable.Range(0, 1_000), seen);
        Assert.Equal(Enumerable.Range(0, 1_000), served);
    }

    [Fact]
    public async Task A_next_link_is_never_followed_to_another_origin()
    {
        await using var elsewhere = await StubUpstream.StartAsync();
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On(
                "GET /crawl/c1",
                $$"""{"status":"completed","total":2,"completed":2,"next":"{{elsewhere.Url}}/v2/crawl/c1?skip=1","data":[{"markdown":"a"}]}"""
            )
            .On("GET /crawl/c1?skip=1&limit=20", """{"status":"completed","total":2,"completed":2,"data":[{"markdown":"b"}]}""");
        var answer = await firecrawl.ReadAsync("firecrawl_check_crawl_status", """{"id":"c1"}""");
        Assert.Equal(2, answer.GetProperty("data").GetArrayLength());
        Assert.Empty(elsewhere.Received);
    }

    [Fact]
    public async Task A_page_larger_than_an_answer_is_cut_and_the_next_ones_follow()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        Serve(firecrawl, pages: 2, perPoll: 2, bytes: 300_000);
        var first = await firecrawl.ReadAsync("firecrawl_check_crawl_status", """{"id":"c1"}""");
        Assert.Single(first.GetProperty("data").EnumerateArray());
        Assert.StartsWith("$.data[0].markdown: only the first", first.GetProperty("cut")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("1", first.GetProperty("cursor").GetString());
        var second = await firecrawl.ReadAsync("firecrawl_check_crawl_status", """{"id":"c1","cursor":"1"}""");
        Assert.Single(second.GetProperty("data").EnumerateArray());
        Assert.False(second.TryGetProperty("cursor", out _));
        Assert.StartsWith(
            "cursor='x' is invalid",
            (await firecrawl.CallAsync("firecrawl_check_crawl_status", """{"id":"c1","cursor":"x"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_crawl_that_takes_longer_answers_with_its_id_and_how_to_go_on()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("POST /crawl", """{"success":true,"id":"c1"}""")
            .On("GET /crawl/c1", """{"status":"scraping","total":9,"completed":0,"data":[]}""");
        var answer = await firecrawl.ReadAsync("firecrawl_crawl", """{"url":"https://a.example","limit":9,"waitSeconds":5}""");
        Assert.Equal("c1", answer.GetProperty("id").GetString());
        Assert.Equal("0", answer.GetProperty("cursor").GetString());
        Assert.Contains(
            "Still running: ask firecrawl_check_crawl_status",
            answer.GetProperty("note").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("firecrawl_crawl", Site, "/crawl")]
    [InlineData("firecrawl_batch_scrape", """{"urls":["https://a.example"]}""", "/batch/scrape")]
    [InlineData("firecrawl_agent", """{"prompt":"p"}""", "/agent")]
    public async Task A_caller_who_cancels_ends_the_job_upstream(string tool, string arguments, string path)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On($"POST {path}", """{"success":true,"id":"c1"}""")
            .On($"GET {path}/c1", """{"status":"scraping","total":9,"completed":0,"data":[]}""")
            .On($"DELETE {path}/c1", """{"status":"cancelled"}""");
        using var caller = new CancellationTokenSource();
        var call = firecrawl.Client.CallAsync(tool, arguments, cancellationToken: caller.Token);
        await Eventually.IsAsync(() => firecrawl.Requests.Count >= 2, "The job was not asked for.");
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.IsAsync(() => firecrawl.Requests.Contains($"DELETE {path}/c1"), "The job was not ended.");
    }

    [Fact]
    public async Task A_gateway_that_stops_tells_the_id_and_leaves_the_job_alone()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("POST /crawl", """{"success":true,"id":"c1"}""")
            .On("GET /crawl/c1", """{"status":"scraping","total":9,"completed":0,"data":[]}""");
        var polled = new TaskCompletionSource();
        firecrawl.Api.OnReceived = request =>
        {
            if (request.Method == "GET")
            {
                polled.TrySetResult();
            }
        };
        // The clock stands still: nothing but the stop ends the wait.
        var call = firecrawl.Gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"firecrawl_crawl","arguments":{"url":"https://a.example","waitSeconds":120}}}""",
            FirecrawlGateway.Caller
        );
        await polled.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
        await firecrawl
            .Gateway.StopAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Hang.After, TestContext.Current.CancellationToken);
        using var response = await call.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
        var reply = JsonSerializer.Deserialize<JsonElement>(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        var answer = JsonSerializer.Deserialize<JsonElement>(TextOf(reply.GetProperty("result")));
        Assert.Equal("c1", answer.GetProperty("id").GetString());
        Assert.Contains("Still running", answer.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(firecrawl.Requests, request => request.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_is_cancelled_and_its_errors_are_listed()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("DELETE /crawl/c1", """{"status":"cancelled"}""")
            .On("DELETE /batch/scrape/b1", """{"status":"cancelled"}""")
            .On("DELETE /agent/a1", """{"success":true}""")
            .On("GET /crawl/c1/errors", """{"errors":[{"id":"1","url":"https://a.example","error":"gone"}],"robotsBlocked":[]}""")
            .On("GET /batch/scrape/b1/errors", """{"errors":[],"robotsBlocked":["https://a.example"]}""");
        foreach (var (kind, id) in new[] { ("crawl", "c1"), ("batch", "b1"), ("agent", "a1") })
        {
            await firecrawl.ReadAsync("firecrawl_cancel", $$"""{"kind":"{{kind}}","id":"{{id}}"}""");
        }

        Assert.Equal(
            "gone",
            (await firecrawl.ReadAsync("firecrawl_job_errors", """{"kind":"crawl","id":"c1"}"""))
                .GetProperty("errors")[0]
                .GetProperty("error")
                .GetString()
        );
        Assert.Equal(
            1,
            (await firecrawl.ReadAsync("firecrawl_job_errors", """{"kind":"batch","id":"b1"}"""))
                .GetProperty("robotsBlocked")
                .GetArrayLength()
        );
        Assert.Contains(
            "is not one of crawl, batch",
            (await firecrawl.CallAsync("firecrawl_job_errors", """{"kind":"agent","id":"a"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_batch_scrapes_what_is_a_url_and_names_the_rest()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("POST /batch/scrape", """{"success":true,"id":"b1","invalidURLs":["https://bad.example"]}""")
            .On("GET /batch/scrape/b1", """{"status":"completed","total":1,"completed":1,"creditsUsed":1,"data":[{"markdown":"a"}]}""");
        var answer = await firecrawl.ReadAsync(
            "firecrawl_batch_scrape",
            """{"urls":["https://a.example","https://bad.example"],"scrapeOptions":{"formats":["links"]}}"""
        );
        Assert.Equal(
            """{"urls":["https://a.example","https://bad.example"],"ignoreInvalidURLs":true,"formats":["links"]}""",
            firecrawl.Api.Received[0].Text
        );
        Assert.Equal(
            "Announced: up to 2 pages at 1 or more credits each: about 2. Not scraped, because they are not URLs: https://bad.example.",
            answer.GetProperty("note").GetString()
        );
        Assert.Equal(1, answer.GetProperty("creditsUsed").GetInt32());
    }

    [Fact]
    public async Task A_finished_crawl_whose_pages_are_gone_ends_and_says_so()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("GET /crawl/c1", """{"status":"completed","total":9,"completed":9,"data":[]}""")
            .On("GET /crawl/c1/errors", """{"errors":[],"robotsBlocked":[]}""");
        var answer = await firecrawl.ReadAsync("firecrawl_check_crawl_status", """{"id":"c1","cursor":"4"}""");
        Assert.False(answer.TryGetProperty("cursor", out _));
        Assert.StartsWith("5 of 9 pages are not available", answer.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crawl_whose_state_cannot_be_read_is_not_lost()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /crawl", """{"success":true,"id":"c1"}""").On("GET /crawl/c1", """{"error":"down"}""", 503);
        Assert.EndsWith(
            "The job itself was started, as id='c1': ask firecrawl_check_crawl_status, do not start it again.",
            (await firecrawl.CallAsync("firecrawl_crawl", Site)).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("firecrawl_agent", """{"prompt":"p","waitSeconds":30}""", "/agent", "firecrawl_agent_status")]
    [InlineData("firecrawl_extract", """{"urls":["https://a.example"],"waitSeconds":30}""", "/extract", "firecrawl_extract_status")]
    public async Task An_agent_and_an_extraction_are_waited_for_or_followed(string tool, string arguments, string path, string status)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl
            .On($"POST {path}", """{"success":true,"id":"j1"}""")
            .On($"GET {path}/j1", """{"success":true,"status":"processing"}""")
            .On($"GET {path}/j1", """{"success":true,"status":"completed","data":{"answer":42},"creditsUsed":7}""");
        var (told, result) = await firecrawl.Client.FollowAsync(tool, arguments);
        Assert.NotEmpty(told);
        Assert.Equal("""{"id":"j1","status":"completed","data":{"answer":42},"creditsUsed":7}""", TextOf(result));
        Assert.All(
            told.Zip(told.Skip(1)),
            pair => Assert.True(pair.Second.GetProperty("progress").GetDouble() > pair.First.GetProperty("progress").GetDouble())
        );

        firecrawl.On($"GET {path}/j2", """{"status":"processing"}""").On($"POST {path}", """{"success":true,"id":"j2"}""");
        var late = await firecrawl.ReadAsync(tool, arguments.Replace("30", "0", StringComparison.Ordinal));
        Assert.StartsWith($"Still running: ask {status} with this id", late.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    /// <summary>A crawl c1 that has some more pages at each look; returns the pages it has given away.</summary>
    private static List<int> Serve(FirecrawlGateway firecrawl, int pages, int perPoll, int bytes)
    {
        var served = new List<int>();
        var ready = 0;
        firecrawl.On("POST /crawl", """{"success":true,"id":"c1"}""");
        firecrawl.Api.On(
            "GET /v2/crawl/c1",
            context =>
            {
                ready = Math.Min(pages, ready + perPoll);
                var skip = int.Parse(context.Request.Query["skip"]!, System.Globalization.CultureInfo.InvariantCulture);
                var limit = int.Parse(context.Request.Query["limit"]!, System.Globalization.CultureInfo.InvariantCulture);
                var given = Enumerable.Range(skip, Math.Max(0, Math.Min(limit, ready - skip))).ToList();
                served.AddRange(given);
                return context.Response.WriteAsJsonAsync(
                    new
                    {
                        status = ready < pages ? "scraping" : "completed",
                        total = pages,
                        completed = ready,
                        creditsUsed = ready,
                        next = skip + given.Count < pages ? "https://elsewhere.example/v2/crawl/c1?skip=1" : null,
                        data = given.Select(n => new { markdown = new string('x', bytes), metadata = new { n } }),
                    }
                );
            }
        );
        return served;
    }

    private static string TextOf(JsonElement result) => result.GetProperty("content")[0].GetProperty("text").GetString()!;
}

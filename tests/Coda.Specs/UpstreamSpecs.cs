namespace Coda.Specs;

/// <summary>What is Coda's own about errors, limits, paths and secrets; the rest is the shared recipe's.</summary>
public sealed class UpstreamSpecs
{
    private const string GetPage = """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x"}""";

    [Theory]
    [InlineData(
        400,
        """{"statusCode":400,"statusMessage":"Bad Request","message":"Invalid.","codaType":"x","codaDetail":{"validationErrors":[{"path":"rows[0]","message":"too big"}]}}""",
        "Coda returned 400: Invalid. rows[0]: too big."
    )]
    [InlineData(
        400,
        """{"statusCode":400,"message":"request entity too large"}""",
        "Coda returned 400: request entity too large (at most 2 MB in one request: send less at once)."
    )]
    [InlineData(
        400,
        """{"statusCode":400,"message":"Row edit of size 90 KB exceeds maximum size of 85 KB."}""",
        "Coda returned 400: Row edit of size 90 KB exceeds maximum size of 85 KB."
    )]
    [InlineData(
        401,
        """{"statusCode":401,"message":"Unauthorized"}""",
        "Coda returned 401: Unauthorized. The token in CODA_API_TOKEN is wrong or expired: make a new one at "
            + "https://coda.io/account, set it and restart the gateway."
    )]
    [InlineData(
        403,
        "",
        "Coda returned 403. The token in CODA_API_TOKEN may not do this: it may be read-only or limited to another doc or table, "
            + "or its user lacks the role (creating docs and pages and changing titles needs Doc Maker)."
    )]
    [InlineData(
        404,
        "<html>not found</html>",
        "Coda returned 404. Check the ids: what the token cannot see is not found either. Something just created can take half a minute to appear."
    )]
    public async Task An_error_of_coda_is_told_with_what_to_do(int status, string body, string told)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages/canvas-1x", body, status);
        Assert.Equal(told, (await coda.CallAsync("coda_get_page", GetPage)).Error);
    }

    [Fact]
    public async Task A_refusal_for_the_rate_is_waited_for_without_a_hint_and_told_with_a_long_one()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs/AbCDeFGHij/pages/canvas-1x", """{"message":"Too Many Requests"}""", 429)
            .OnDoc("GET /pages/canvas-1x", """{"id":"canvas-1x","name":"Plan"}""")
            .On("GET /docs/AbCDeFGHij/pages/canvas-2x", "{}", 429, ("Retry-After", "60"));
        Assert.False((await coda.CallAsync("coda_get_page", GetPage)).IsError);
        Assert.Contains(
            "Coda's rate limit is used up; nothing was done. Try again in",
            (await coda.CallAsync("coda_get_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-2x"}""")).Error,
            StringComparison.Ordinal
        );
        var requests = coda.Requests.Count;
        Assert.True((await coda.CallAsync("coda_get_page", GetPage)).IsError);
        Assert.Equal(requests, coda.Requests.Count);
    }

    [Theory]
    [InlineData("Sat, 20 Nov 2286 17:46:39 GMT")]
    [InlineData("2147483647")]
    public async Task A_far_wait_is_an_hour_at_most_and_then_one_call_goes_to_see(string retryAfter)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs/AbCDeFGHij/pages/canvas-1x", "{}", 429, ("Retry-After", retryAfter))
            .OnDoc("GET /pages/canvas-1x", """{"id":"canvas-1x","name":"Plan"}""");
        Assert.Contains("Try again in 3600 s", (await coda.CallAsync("coda_get_page", GetPage)).Error, StringComparison.Ordinal);
        Assert.True((await coda.CallAsync("coda_get_page", GetPage)).IsError);
        Assert.Single(coda.Requests);
        coda.Time.Advance(TimeSpan.FromHours(1));
        Assert.False((await coda.CallAsync("coda_get_page", GetPage)).IsError);
    }

    [Theory]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("-1")]
    [InlineData("soon")]
    public async Task A_moment_that_is_over_or_means_nothing_is_a_short_wait(string retryAfter)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs/AbCDeFGHij/pages/canvas-1x", "{}", 429, ("Retry-After", retryAfter))
            .OnDoc("GET /pages/canvas-1x", """{"id":"canvas-1x","name":"Plan"}""");
        Assert.False((await coda.CallAsync("coda_get_page", GetPage)).IsError);
    }

    [Fact]
    public async Task A_limit_on_content_does_not_hold_back_reads()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("PUT /docs/AbCDeFGHij/pages/canvas-1x", "{}", 429, ("Retry-After", "60"))
            .OnDoc("GET /pages/canvas-1x", """{"id":"canvas-1x","name":"Plan"}""")
            .On("PATCH /docs/AbCDeFGHij", "{}");
        Assert.True(
            (
                await coda.CallAsync("coda_append_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","content":"x"}""")
            ).IsError
        );
        Assert.False((await coda.CallAsync("coda_get_page", GetPage)).IsError);
        Assert.False((await coda.CallAsync("coda_update_doc", """{"docId":"AbCDeFGHij","title":"x"}""")).IsError);
    }

    [Fact]
    public async Task Writes_beyond_codas_limits_wait_for_their_turn_and_are_not_sent_before()
    {
        // Two an hour: on the machine's clock the third has no turn, and on the gateway's it waits for as long as a call may.
        await using var coda = await CodaGateway.StartAsync(("CODA_LIMIT_CONTENT_WRITES", "2/3600"));
        coda.OnDoc("PUT /pages/canvas-1x", """{"requestId":"r1","id":"canvas-1x"}""", 202)
            .OnDoc("GET /pages/canvas-1x", """{"id":"canvas-1x","name":"Plan"}""");
        const string Append = """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","content":"x","waitSeconds":0}""";
        Assert.False((await coda.CallAsync("coda_append_page_content", Append)).IsError);
        Assert.False((await coda.CallAsync("coda_append_page_content", Append)).IsError);
        Assert.Contains(
            "the request was given up without being sent; nothing was done",
            (await coda.CallAsync("coda_append_page_content", Append)).Error,
            StringComparison.Ordinal
        );
        Assert.Equal(2, coda.Requests.Count);
        Assert.False((await coda.CallAsync("coda_get_page", GetPage)).IsError);
    }

    [Theory]
    [InlineData("CODA_LIMIT_READS", "many", "CODA_LIMIT_READS='many' is not a limit: use calls/seconds, such as 100/6.")]
    [InlineData(
        "CODA_API_BASE_URL",
        "http://coda.example",
        "CODA_API_BASE_URL='http://coda.example' is not a base URL: use https://host/path (http only for localhost), without a query or credentials."
    )]
    [InlineData(
        "CODA_ALLOWED_DOCS",
        "https://coda.io/@ann/launch",
        "CODA_ALLOWED_DOCS: 'https://coda.io/@ann/launch' is not a link to a doc; use its id, or a link such as https://coda.io/d/Name_dAbCDeFGHij."
    )]
    [InlineData(
        "CODA_ALLOWED_DOCS",
        "Launch plan",
        "CODA_ALLOWED_DOCS: 'Launch plan' is not the id of a doc, and names can be those of several; use its id, or a link such as "
            + "https://coda.io/d/Name_dAbCDeFGHij."
    )]
    [InlineData(
        "CODA_EXPORT_HOSTS",
        "https://files.example.org",
        "CODA_EXPORT_HOSTS has 'https://files.example.org', which is not a host: use names such as files.example.org or *.example.org, separated by commas."
    )]
    public async Task A_wrong_setting_stops_the_start(string setting, string value, string told) =>
        Assert.Equal(told, (await Assert.ThrowsAnyAsync<Exception>(() => CodaGateway.StartAsync((setting, value)))).Message);

    [Theory]
    [InlineData("canvas-../../../docs/other")]
    [InlineData("canvas-/../x")]
    public async Task An_id_cannot_climb_out_of_its_doc(string pageId)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages", """{"items":[]}""");
        Assert.Contains(
            "is not an id",
            (await coda.CallAsync("coda_get_page", $$"""{"docId":"AbCDeFGHij","pageIdOrName":"{{pageId}}"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Equal(["GET /docs/AbCDeFGHij/pages?limit=100"], coda.Requests);
    }

    [Fact]
    public async Task An_id_is_escaped_whatever_it_holds()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages", """{"items":[]}""");
        coda.OnDoc("GET /pages/canvas-A%2FB%20%C3%BC%3F%23%252F", """{"id":"canvas-1x","name":"Plan"}""");
        Assert.False((await coda.CallAsync("coda_get_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-A/B ü?#%2F"}""")).IsError);
    }

    [Fact]
    public async Task Coda_gets_the_gateways_token_and_nobody_else_sees_it()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages/canvas-1x", "{}", 401);
        var reply = await coda.CallAsync("coda_get_page", GetPage);
        var headers = Assert.Single(coda.Coda.Received).Headers;
        Assert.Equal($"Bearer {CodaGateway.Token}", headers["Authorization"]);
        Assert.DoesNotContain(CodaGateway.Caller, string.Join('\n', headers.Values), StringComparison.Ordinal);
        var seen = reply.Text + string.Join('\n', coda.Gateway.Logs.Lines) + string.Join('\n', await coda.Gateway.ReadAuditAsync());
        Assert.DoesNotContain(CodaGateway.Token, seen, StringComparison.Ordinal);
        Assert.DoesNotContain(CodaGateway.Caller, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shortest_deadline_leaves_time_for_a_request()
    {
        await using var coda = await CodaGateway.StartAsync(("CALL_DEADLINE_SECONDS", "10"));
        coda.OnDoc("GET /pages/canvas-1x", """{"id":"canvas-1x","name":"Plan"}""");
        Assert.False((await coda.CallAsync("coda_get_page", GetPage)).IsError);
    }

    [Fact]
    public async Task An_error_quotes_the_beginning_of_a_long_argument()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages", """{"items":[{"id":"canvas-1x","name":"Plan"}]}""");
        var told = (
            await coda.CallAsync("coda_get_page", $$"""{"docId":"AbCDeFGHij","pageIdOrName":" {{new string('é', 50_000)}} "}""")
        ).Error!;
        Assert.StartsWith("pageIdOrName='é", told, StringComparison.Ordinal);
        Assert.EndsWith("…' is not there. There are: 'Plan' (canvas-1x).", told, StringComparison.Ordinal);
        Assert.True(told.Length < 300, told);
    }

    [Theory]
    [InlineData("""{"message":"half \ud83d"}""", "Coda returned 422: half \uFFFD.")]
    [InlineData("\uFEFF{\"message\":\"with a BOM\"}", "Coda returned 422: with a BOM.")]
    [InlineData("""{"message":"a\u001b[31m\u202eb\u0000"}""", "Coda returned 422: a[31mb.")]
    public async Task What_a_failure_says_can_be_read_whatever_it_is_written_in(string body, string told)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages/canvas-1x", body, 422);
        Assert.Equal(told, (await coda.CallAsync("coda_get_page", GetPage)).Error);
    }

    [Fact]
    public async Task A_failure_told_in_Latin_1_is_told()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.Coda.On(
            "GET /apis/v1/docs/AbCDeFGHij/pages/canvas-1x",
            context =>
            {
                context.Response.StatusCode = 422;
                context.Response.ContentType = "application/json; charset=iso-8859-1";
                return context
                    .Response.Body.WriteAsync(System.Text.Encoding.Latin1.GetBytes("""{"message":"kein Kaffee im Café"}"""))
                    .AsTask();
            }
        );
        Assert.Equal("Coda returned 422: kein Kaffee im Café.", (await coda.CallAsync("coda_get_page", GetPage)).Error);
    }
}

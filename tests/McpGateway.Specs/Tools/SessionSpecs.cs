using System.Net;
using McpGateway.Testing;

namespace McpGateway.Specs.Tools;

public sealed class SessionSpecs
{
    private const string Header = "Mcp-Session-Id";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stateless_server_hands_out_no_session_and_does_not_mind_one_of_yesterday()
    {
        await using var gateway = await SpecService.StartAsync();
        using var initialize = await gateway.PostAsync(SpecService.Initialize());
        Assert.False(initialize.Headers.Contains(Header));
        using var call = await gateway.PostAsync(
            SpecService.Call("echo", """{"text":"hi"}"""),
            configure: request => request.Headers.Add(Header, "of-yesterday")
        );
        Assert.Equal("hi Plain", await call.ToolTextAsync());
    }

    [Fact]
    public async Task A_hybrid_server_keeps_a_session_with_an_event_stream_until_it_is_deleted()
    {
        await using var gateway = await SpecService.StartAsync(("MCP_SESSIONS", "hybrid"));
        var session = await StartSessionAsync(gateway);
        using var call = await gateway.PostAsync(
            SpecService.Call("echo", """{"text":"hi"}"""),
            configure: request => request.Headers.Add(Header, session)
        );
        Assert.Equal("hi Plain", await call.ToolTextAsync());
        using var events = await OpenStreamAsync(gateway, session);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (events.StatusCode, events.Content.Headers.ContentType?.MediaType));
        using var delete = new HttpRequestMessage(HttpMethod.Delete, "/mcp") { Headers = { { Header, session } } };
        using var deleted = await gateway.Http.SendAsync(delete, Cancellation);
        Assert.True(deleted.IsSuccessStatusCode);
        using var late = await gateway.PostAsync(
            SpecService.Call("echo", """{"text":"hi"}"""),
            configure: request => request.Headers.Add(Header, session)
        );
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task The_event_stream_of_a_session_is_kept_alive()
    {
        var time = new RunningClock();
        await using var gateway = await SpecService.StartAsync(time: time, settings: ("MCP_SESSIONS", "hybrid"));
        using var events = await OpenStreamAsync(gateway, await StartSessionAsync(gateway));
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync(Cancellation));
        // The stream opens with one, so that its headers get through proxies.
        Assert.Equal(": keep-alive", await reader.ReadLineAsync(Cancellation));
        Assert.Equal("", await reader.ReadLineAsync(Cancellation));
        Assert.Equal(": keep-alive", await time.WhileAsync(reader.ReadLineAsync(Cancellation).AsTask(), TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_session_belongs_to_the_caller_who_opened_it()
    {
        await using var gateway = await SpecService.StartAsync(
            ("MCP_SESSIONS", "hybrid"),
            ("MCP_BEARER_TOKENS", "a=the-token-of-caller-a,b=the-token-of-caller-b")
        );
        using var opened = await gateway.PostAsync(SpecService.Initialize(), "the-token-of-caller-a");
        using var stolen = await gateway.PostAsync(
            SpecService.Call("echo", """{"text":"hi"}"""),
            "the-token-of-caller-b",
            request => request.Headers.Add(Header, opened.Headers.GetValues(Header).Single())
        );
        Assert.Equal(HttpStatusCode.Forbidden, stolen.StatusCode);
    }

    [Theory]
    [InlineData("POST", null)]
    [InlineData("GET", null)]
    [InlineData("DELETE", null)]
    [InlineData("POST", "")]
    [InlineData("GET", "")]
    [InlineData("DELETE", " ")]
    public async Task A_request_without_a_handshake_hears_by_our_settings_what_is_missing(string method, string? session)
    {
        await using var gateway = await SpecService.StartAsync(("MCP_SESSIONS", "hybrid"));
        using var request = new HttpRequestMessage(new HttpMethod(method), "/mcp") { Headers = { { "Accept", "text/event-stream" } } };
        request.Content = method == "POST" ? new StringContent(SpecService.Call("echo"), mediaType: new("application/json")) : null;
        if (session is not null)
        {
            request.Headers.Add(Header, session);
        }

        using var response = await gateway.Http.SendAsync(request, Cancellation);
        var message = await response.ErrorAsync(HttpStatusCode.BadRequest, -32600);
        Assert.Contains("MCP_SESSIONS=hybrid", message, StringComparison.Ordinal);
        Assert.Contains("'initialize'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mcp/readonly", "opened at /mcp, and this request is for /mcp/readonly")]
    [InlineData("/mcp/x/default", "opened at /mcp, and this request is for /mcp/x/default")]
    [InlineData("/mcp", "opened with other X-MCP headers", "X-MCP-Readonly", "true")]
    [InlineData("/mcp", "opened with other X-MCP headers", "X-MCP-Toolsets", "all")]
    public async Task A_session_serves_the_choice_of_tools_that_it_was_opened_with_and_refuses_another(
        string path,
        string said,
        string? header = null,
        string? value = null
    )
    {
        await using var gateway = await SpecService.StartAsync(("MCP_SESSIONS", "hybrid"));
        var session = await StartSessionAsync(gateway);
        using var refused = await SendAsync(path, header, value);
        Assert.Contains(said, (string)(await refused.JsonAsync())["error"]!["message"]!, StringComparison.Ordinal);
        using var served = await SendAsync("/MCP/", null, null);
        Assert.Equal("hi Plain", await served.ToolTextAsync());

        Task<HttpResponseMessage> SendAsync(string to, string? name, string? given) =>
            gateway.PostAsync(
                SpecService.Call("echo", """{"text":"hi"}"""),
                configure: request =>
                {
                    request.RequestUri = new(to, UriKind.Relative);
                    request.Headers.Add(Header, session);
                    if (name is not null)
                    {
                        request.Headers.Add(name, given);
                    }
                }
            );
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("*/*", true)]
    [InlineData("text/*;q=0.1", true)]
    [InlineData("text/event-stream;q=0", false)]
    [InlineData("application/json", false)]
    public async Task The_stream_of_a_session_opens_for_whoever_accepts_events(string? accept, bool opens)
    {
        await using var gateway = await SpecService.StartAsync(("MCP_SESSIONS", "hybrid"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mcp") { Headers = { { Header, await StartSessionAsync(gateway) } } };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(opens ? HttpStatusCode.OK : HttpStatusCode.NotAcceptable, response.StatusCode);
        if (!opens)
        {
            Assert.Contains("send 'Accept: text/event-stream'", await response.TextAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_newest_revision_stays_stateless_on_a_hybrid_server()
    {
        await using var gateway = await SpecService.StartAsync(("MCP_SESSIONS", "hybrid"));
        using var response = await gateway.PostAsync(RevisionSpecs.NewestCall, configure: RevisionSpecs.NewestHeaders);
        Assert.False(response.Headers.Contains(Header));
        Assert.Equal("hi Plain", await response.ToolTextAsync());
    }

    internal static async Task<string> StartSessionAsync(Gateway gateway)
    {
        using var response = await gateway.PostAsync(SpecService.Initialize());
        var session = Assert.Single(response.Headers.GetValues(Header));
        using var initialized = await gateway.PostAsync(
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            configure: request => request.Headers.Add(Header, session)
        );
        Assert.Equal(HttpStatusCode.Accepted, initialized.StatusCode);
        return session;
    }

    internal static async Task<HttpResponseMessage> OpenStreamAsync(Gateway gateway, string session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mcp")
        {
            Headers = { { Header, session }, { "Accept", "text/event-stream" } },
        };
        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }
}

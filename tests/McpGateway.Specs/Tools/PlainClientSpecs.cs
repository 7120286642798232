using System.Net;
using McpGateway.Testing;

namespace McpGateway.Specs.Tools;

/// <summary>What curl, n8n and webhooks send, as the deployment guide prints it.</summary>
public sealed class PlainClientSpecs
{
    [Fact]
    public async Task The_guides_local_test_works_as_printed()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        var (output, status) = await Curl.RunAsync(
            At(
                gateway,
                """
                curl -X POST http://localhost:8080/mcp \
                  -H "Content-Type: application/json" \
                  -H "Authorization: Bearer TOKEN" \
                  -d '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}'
                """
            )
        );
        Assert.Equal("200", status);
        Assert.Contains("Content-Type: application/json", output, StringComparison.Ordinal);
        Assert.Contains("\"serverInfo\":{\"name\":\"spec-mcp\"", output, StringComparison.Ordinal);
        Assert.Contains("\"id\":1", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json, text/event-stream")]
    public async Task A_quotation_mark_and_an_emoji_are_themselves_in_every_message_errors_too(string accept)
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        foreach (
            var (method, parameters) in ((string, string)[])
                [
                    ("tools/call", """{"name":"no \"tool\" 'é' <😀>","arguments":{}}"""),
                    ("no \\\"method\\\" 'é' <😀>", "{}"),
                    ("tools/call", """{"name":"echo","arguments":{"text":"a \"text\" 'é' <😀>"}}"""),
                ]
        )
        {
            using var response = await gateway.PostAsync(
                $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""",
                SpecService.Token,
                request => request.Headers.Accept.ParseAdd(accept)
            );
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("'é' <😀>", body, StringComparison.Ordinal);
            Assert.DoesNotContain("\\u", body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json, text/event-stream")]
    public async Task A_refusal_of_the_transport_is_as_plain_as_any_other_error(string accept)
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var response = await gateway.PostAsync(
            SpecService.Call("echo", """{"text":"hi"}"""),
            SpecService.Token,
            request =>
            {
                request.Headers.Accept.ParseAdd(accept);
                request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", "'1999' <x>");
            }
        );
        var body = await response.TextAsync();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("'1999' <x>", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_promised_log_messages_where_nothing_logs()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var response = await gateway.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""", SpecService.Token);
        var capabilities = (await response.JsonAsync())["result"]!["capabilities"]!.AsObject();
        Assert.True(capabilities.ContainsKey("tools"));
        Assert.False(capabilities.ContainsKey("logging"));
    }

    [Theory]
    [InlineData("tools/list", "[]", "\"tools\":[{")]
    [InlineData("tools/list", """{"_meta":[]}""", "\"tools\":[{")]
    [InlineData("initialize", """{"protocolVersion":"2025-06-18","capabilities":[],"clientInfo":[]}""", "serverInfo")]
    [InlineData(
        "initialize",
        """{"protocolVersion":"2025-06-18","capabilities":{"roots":[]},"clientInfo":{"name":"x","version":"1"}}""",
        "2025-06-18"
    )]
    [InlineData("tools/call", """{"name":"echo","arguments":[]}""", "text: expected a string, received nothing.")]
    [InlineData("tools/call", """{"name":"echo","arguments":""}""", "text: expected a string, received nothing.")]
    [InlineData("tools/call", """{"name":"echo","arguments":"{\"text\":\"é \\u00e9\"}"}""", "é é Plain")]
    [InlineData("tools/call", """{"name":"echo","arguments":"{\"text\":\"\\ud83d\"}"}""", "lone surrogate")]
    [InlineData("tools/call", """{"name":"echo","arguments":"text"}""", "have the wrong form at $.arguments")]
    [InlineData("tools/call", """{"name":"echo","arguments":{"text":"a"},"capabilities":{},"other":[]}""", "a Plain")]
    public async Task An_empty_list_or_a_text_for_an_object_is_taken_as_the_object_that_is_meant(
        string method,
        string parameters,
        string said
    )
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var response = await gateway.PostAsync(
            $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""",
            SpecService.Token
        );
        Assert.Contains(said, await response.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("logging", "logging/setLevel", """{"level":"debug"}""")]
    [InlineData("prompts", "prompts/list", "{}")]
    [InlineData("prompts", "prompts/get", """{"name":"x"}""")]
    [InlineData("resources", "resources/list", "{}")]
    [InlineData("resources", "resources/read", """{"uri":"x://y"}""")]
    [InlineData("resources", "resources/templates/list", "{}")]
    [InlineData("resources", "resources/subscribe", """{"uri":"x://y"}""")]
    [InlineData("completions", "completion/complete", """{"ref":{"type":"ref/prompt","name":"x"},"argument":{"name":"a","value":""}}""")]
    [InlineData("tasks", "tasks/list", "{}")]
    public async Task What_is_not_declared_is_not_answered_either(string capability, string method, string parameters)
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var initialized = await gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""",
            SpecService.Token
        );
        Assert.False((await initialized.JsonAsync())["result"]!["capabilities"]!.AsObject().ContainsKey(capability));
        using var response = await gateway.PostAsync(
            $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""",
            SpecService.Token
        );
        var error = (await response.JsonAsync())["error"]!;
        Assert.Equal(-32601, (int)error["code"]!);
        Assert.Contains(method, (string)error["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_guides_docker_internal_call_works_by_container_name()
    {
        await using var gateway = await SpecService.StartWithTokenAsync(("ALLOWED_HOSTS", "coda-mcp-gateway"));
        var (output, status) = await Curl.RunAsync(
            $"""
            export CODA_API_TOKEN={SpecService.Token}
            """
                + "\n"
                + $$$"""
                curl --connect-to coda-mcp-gateway:8080:127.0.0.1:{{{gateway.McpUrl.Port}}} -X POST http://coda-mcp-gateway:8080/mcp \
                  -H "Content-Type: application/json" \
                  -H "Authorization: Bearer ${CODA_API_TOKEN}" \
                  -d '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}'
                """
        );
        Assert.Equal("200", status);
        Assert.Contains("serverInfo", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_guides_head_request_tells_whether_a_token_is_good()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        var good = await Curl.RunAsync(
            At(
                gateway,
                """
                curl -I http://localhost:8080/mcp \
                  -H "Authorization: Bearer TOKEN"
                """
            )
        );
        Assert.Equal("200", good.Status);
        Assert.Equal("401", (await Curl.RunAsync(At(gateway, "curl -I http://localhost:8080/mcp"))).Status);
        Assert.Equal(
            "401",
            (await Curl.RunAsync(At(gateway, "curl -I http://localhost:8080/mcp -H 'Authorization: Bearer invalid'"))).Status
        );
    }

    [Fact]
    public async Task The_guides_check_with_an_invalid_token_and_an_empty_object_is_401()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        var (output, status) = await Curl.RunAsync(
            At(
                gateway,
                """
                curl -X POST http://localhost:8080/mcp \
                  -H "Authorization: Bearer invalid" \
                  -H "Content-Type: application/json" \
                  -d '{}'
                """
            )
        );
        Assert.Equal("401", status);
        Assert.Contains("\"error\":\"Unauthorized\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_guides_token_check_without_a_body_is_a_400_with_a_good_token_and_a_401_with_a_bad_one()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        const string Command = """
            curl -X POST http://localhost:8080/mcp \
              -H "Authorization: Bearer TOKEN" \
              -H "Content-Type: application/json"
            """;
        var good = await Curl.RunAsync(At(gateway, Command));
        Assert.Equal("400", good.Status);
        Assert.Contains("-32700", good.Output, StringComparison.Ordinal);
        Assert.Equal("401", (await Curl.RunAsync(At(gateway, Command.Replace("TOKEN", "wrong", StringComparison.Ordinal)))).Status);
    }

    [Fact]
    public async Task The_guides_health_checks_work_as_printed()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        Assert.Equal("200", (await Curl.RunAsync(At(gateway, "curl -f http://localhost:8080/health"))).Status);
        Assert.Equal("200", (await Curl.RunAsync(At(gateway, "curl -I http://localhost:8080/health"))).Status);
        Assert.Contains(
            "\"status\":\"ok\"",
            (await Curl.RunAsync(At(gateway, "curl -s http://localhost:8080/health"))).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("*/*")]
    [InlineData("")]
    [InlineData("text/event-stream;q=0")]
    [InlineData("application/json, text/event-stream;q=0")]
    [InlineData("text/event-stream; q=0.000, */*")]
    [InlineData("application/json, text/event-stream;q=0.5")]
    [InlineData("text/event-stream;q=0.5, */*")]
    [InlineData("application/json, text/plain, */*")]
    [InlineData("text/html, application/xhtml+xml, */*;q=0.8")]
    [InlineData("text/html")]
    [InlineData("text/event-streams")]
    [InlineData("nonsense")]
    public async Task Who_does_not_ask_for_events_gets_one_json_object(string accept)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(
            SpecService.Call("echo", """{"text":"hi"}"""),
            configure: request => request.Headers.TryAddWithoutValidation("Accept", accept.Length == 0 ? null : accept)
        );
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(7, (await response.JsonAsync())["id"]!.GetValue<int>());
        Assert.Equal("hi Plain", await response.ToolTextAsync());
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("TEXT/Event-Stream")]
    [InlineData("text/event-stream;charset=utf-8")]
    [InlineData("application/json,text/event-stream")]
    [InlineData("text/event-stream, application/json")]
    [InlineData("application/json;q=0.5, text/event-stream;q=0.5")]
    [InlineData("application/json;q=0.1, text/event-stream")]
    [InlineData("application/json;q=0, */*")]
    [InlineData("text/*")]
    [InlineData("application/json\ntext/event-stream")]
    public async Task Who_takes_events_best_gets_events(string accept)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(
            SpecService.Call("echo", """{"text":"hi"}"""),
            configure: request => request.Headers.TryAddWithoutValidation("Accept", accept.Split('\n'))
        );
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("event: message\ndata: {", await response.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_n8n_call_with_its_extra_argument_and_nulls_needs_no_handshake()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(
            SpecService.Call("echo", """{"text":"hi","times":null,"kind":null,"place":null,"toolCallId":"call_0123"}""")
        );
        Assert.Equal("hi Plain", await response.ToolTextAsync());
    }

    [Fact]
    public async Task A_call_without_arguments_and_params_without_meta_will_do()
    {
        await using var gateway = await SpecService.StartAsync();
        using var list = await gateway.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        Assert.Contains("\"echo\"", await list.TextAsync(), StringComparison.Ordinal);
        using var call = await gateway.PostAsync("""{"jsonrpc":"2.0","id":"x","method":"tools/call","params":{"name":"refuse"}}""");
        Assert.Equal("x", (await call.JsonAsync())["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"clientInfo":{"name":"x"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"1999-01-01"}}""")]
    [InlineData("""{"params":{},"method":"initialize","id":1,"jsonrpc":"2.0"}""")]
    public async Task A_terse_initialize_is_completed(string message)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(message);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotNull((await response.JsonAsync())["result"]!["protocolVersion"]);
    }

    [Fact]
    public async Task A_notification_is_accepted_without_a_body()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await response.TextAsync());
    }

    private static string At(Gateway gateway, string command) =>
        command
            .Replace("localhost:8080", gateway.McpUrl.Authority, StringComparison.Ordinal)
            .Replace("TOKEN", SpecService.Token, StringComparison.Ordinal);
}

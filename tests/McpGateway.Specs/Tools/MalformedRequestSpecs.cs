using System.Net;

namespace McpGateway.Specs.Tools;

public sealed class MalformedRequestSpecs
{
    private const int ParseError = -32700;
    private const int InvalidRequest = -32600;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"\ud800"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{},"params":{}}""")]
    public async Task Malformed_json_is_a_parse_error(string body)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(body);
        await response.ErrorAsync(HttpStatusCode.BadRequest, ParseError);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","id":2}""", "id")]
    [InlineData(
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"a","t\u0065xt":"b"}}}""",
        "text"
    )]
    public async Task A_property_that_is_there_twice_is_named(string body, string name)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(body);
        Assert.Contains(
            $"has the property '{name}' twice",
            await response.ErrorAsync(HttpStatusCode.BadRequest, ParseError),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_a_parse_error()
    {
        await using var gateway = await SpecService.StartAsync();
        using var content = new ByteArrayContent([.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""u8, 0xFF, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        using var response = await gateway.Http.PostAsync(gateway.McpUrl, content, Cancellation);
        Assert.Contains("UTF-8", await response.ErrorAsync(HttpStatusCode.BadRequest, ParseError), StringComparison.Ordinal);
        Assert.Contains("\"id\":1,", await response.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", ParseError, "The request body is empty: send one JSON-RPC message")]
    [InlineData(" \r\n\t", ParseError, "The request body is empty: send one JSON-RPC message")]
    [InlineData("[]", InvalidRequest, "Batches are not supported: send each message in a request of its own")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", InvalidRequest, "Batches are not supported")]
    [InlineData("\"ping\"", InvalidRequest, "send one JSON object")]
    [InlineData("{'id':1}", ParseError, "The body is not valid JSON (line 1, byte 1)")]
    public async Task A_body_without_a_message_is_told_what_is_wanted(string body, int code, string told)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(body);
        Assert.Contains(told, await response.ErrorAsync(HttpStatusCode.BadRequest, code), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"tools/call","params":{"name":"echo","arguments":{"text":"hi"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"initialize","params":{}}""")]
    public async Task A_request_without_an_id_is_told_so_where_nothing_would_be_done(string body)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(body);
        Assert.Equal(
            "The message has no id, without which it is a notification and gets no result: add for example \"id\":1. Only notifications/… have none.",
            await response.ErrorAsync(HttpStatusCode.BadRequest, InvalidRequest)
        );
        using var notified = await gateway.PostAsync("""{"jsonrpc":"2.0","method":"notifications/nonsense"}""");
        Assert.Equal(HttpStatusCode.Accepted, notified.StatusCode);
    }

    [Fact]
    public async Task What_is_nested_too_deep_is_told_so_with_the_id_of_the_call()
    {
        await using var gateway = await SpecService.StartAsync();
        var (open, close) = (new string('[', 10_000), new string(']', 10_000));
        using var response = await gateway.PostAsync(
            "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"ping\",\"params\":{\"a\":" + open + close + "}}"
        );
        Assert.Contains("64 levels", await response.ErrorAsync(HttpStatusCode.BadRequest, ParseError), StringComparison.Ordinal);
        Assert.Contains("\"id\":9,", await response.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""")]
    public async Task Json_that_is_no_message_is_an_invalid_request(string body)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(body);
        await response.ErrorAsync(HttpStatusCode.BadRequest, InvalidRequest);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"a","text":"b"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"tools/list","method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[1]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":5}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":[1]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"arguments":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":7}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":{"a":1},"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":null}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"a":1,"a":2}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"no/such"}""")]
    public async Task An_odd_message_never_is_the_gateways_failure(string body)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(body);
        var text = await response.TextAsync();
        Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode} {text}");
        Assert.DoesNotContain("-32603", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Error McpGateway", string.Join('\n', gateway.Logs.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_no_text_is_the_callers_fault_before_it_is_held_against_a_header()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":{},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}""",
            configure: request =>
            {
                request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
                request.Headers.Add("Mcp-Method", "tools/call");
                request.Headers.Add("Mcp-Name", "echo");
            }
        );
        Assert.Contains("is not a string", await response.ErrorAsync(HttpStatusCode.BadRequest, -32602), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("5.0")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("null")]
    [InlineData("true", "null")]
    [InlineData("{}", "null")]
    [InlineData("[1]", "null")]
    public async Task An_id_that_cannot_be_read_is_refused_and_repeated_where_a_client_can_find_its_call_by_it(
        string id,
        string? told = null
    )
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/list"}""");
        Assert.Contains(
            "string or an integer",
            await response.ErrorAsync(HttpStatusCode.BadRequest, InvalidRequest),
            StringComparison.Ordinal
        );
        Assert.Contains($"\"id\":{told ?? id},", await response.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"text":"\ud800"}}}""", "7")]
    [InlineData("""{"method":"tools/call","params":{"name":"\udc00x"},"id":"call-1","jsonrpc":"2.0"}""", "\"call-1\"")]
    [InlineData("""{"jsonrpc":"2.0","id":"\ud800","method":"ping"}""", "null")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""", "null")]
    [InlineData("""{"jsonrpc":"2.0","id":3,"method":"ping","method":"ping"}""", "3")]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":5}}""", "4")]
    [InlineData("""{"jsonrpc":"2.0","id":5,"method":"initialize","params":{"protocolVersion":5}}""", "5")]
    [InlineData("""{"jsonrpc":"2.0","id":6,"method":"tools/list","params":[1]}""", "6")]
    [InlineData("""{"jsonrpc":"2.0","id":8,"method":""", "null")]
    public async Task An_error_names_the_call_it_is_about(string body, string id)
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(body);
        var text = await response.TextAsync();
        Assert.Contains("\"error\":", text, StringComparison.Ordinal);
        Assert.Contains($"\"id\":{id}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stateless")]
    [InlineData("hybrid")]
    public async Task No_message_speaks_of_the_libraries_the_gateway_is_made_of(string sessions)
    {
        await using var gateway = await SpecService.StartAsync(("MCP_SESSIONS", sessions));
        foreach (
            var body in (string[])
                [
                    "",
                    "{}",
                    "[]",
                    """{"jsonrpc":"2.0","id":1.5,"method":"tools/list"}""",
                    """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
                    """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":7}""",
                    """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":{}}}""",
                    """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":[],"clientInfo":7}}""",
                    """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":7}}""",
                    """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":[1]}}""",
                    """{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"shout"}}""",
                    """{"jsonrpc":"2.0","id":1,"method":"completion/complete","params":{"ref":{"type":"x"},"argument":7}}""",
                    """{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"x"}}""",
                    """{"jsonrpc":"2.0","id":1,"result":{},"error":{}}""",
                    """{"jsonrpc":"2.0","id":1,"error":7}""",
                    """{"jsonrpc":"2.0","id":1,"error":{"code":1.5,"message":"x"}}""",
                    """{"jsonrpc":"2.0","id":1,"method":{}}""",
                    """{"jsonrpc":2,"id":1,"method":"ping"}""",
                    """{"jsonrpc":"2.0"}""",
                    """{"jsonrpc":"1.0","id":1,"method":"ping"}""",
                ]
        )
        {
            using var response = await gateway.PostAsync(body);
            var text = await response.TextAsync();
            foreach (var word in (string[])["ModelContextProtocol", "System.", "HttpServer", "csharp", "JsonRpc", "LineNumber"])
            {
                Assert.False(text.Contains(word, StringComparison.Ordinal), $"{body}: {text}");
            }
        }
    }

    [Fact]
    public async Task A_message_without_the_form_of_its_method_is_the_callers_fault()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":5}}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpGateway.Specs.Fuzzing;

/// <summary>Message bodies: right ones, right ones spoiled as JSON or as bytes, and noise.</summary>
internal static class FuzzedMessage
{
    private const string Meta = """
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"elicitation":{}},"io.modelcontextprotocol/clientInfo":{"name":"fuzzer","version":"1"}}
        """;

    // Without the tools that wait on purpose, and without subscriptions/listen, whose answer ends with the client.
    private static readonly string[] Corpus =
    [
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"fuzzer","version":"1"}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""",
        """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"reason":"no"}}""",
        """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"p","progress":1}}""",
        """{"jsonrpc":"2.0","id":"a","method":"ping"}""",
        """{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{"cursor":null}}""",
        """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""",
        """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"test_simple_text","arguments":{}}}""",
        """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"test_header_tool","arguments":{"region":"us","query":"q"}}}""",
        """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"test_multiple_content_types"}}""",
        """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"json_schema_2020_12_tool","arguments":{"name":"n","address":{"street":"s"},"email":"e"}}}""",
        """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"no_such_tool","arguments":{"a":1}}}""",
        """{"jsonrpc":"2.0","id":4,"method":"prompts/get","params":{"name":"test_prompt_with_arguments","arguments":{"arg1":"x","arg2":"y"}}}""",
        """{"jsonrpc":"2.0","id":4,"method":"prompts/list","params":{}}""",
        """{"jsonrpc":"2.0","id":5,"method":"resources/read","params":{"uri":"test://template/1/data"}}""",
        """{"jsonrpc":"2.0","id":5,"method":"resources/list","params":{}}""",
        """{"jsonrpc":"2.0","id":5,"method":"resources/templates/list","params":{}}""",
        """{"jsonrpc":"2.0","id":5,"method":"resources/subscribe","params":{"uri":"test://watched-resource"}}""",
        """{"jsonrpc":"2.0","id":6,"method":"completion/complete","params":{"ref":{"type":"ref/prompt","name":"test_prompt_with_arguments"},"argument":{"name":"arg1","value":"pa"}}}""",
        """{"jsonrpc":"2.0","id":7,"method":"logging/setLevel","params":{"level":"debug"}}""",
        """{"jsonrpc":"2.0","id":8,"result":{"action":"accept"}}""",
        """{"jsonrpc":"2.0","id":8,"error":{"code":-1,"message":"no"}}""",
        $$"""{"jsonrpc":"2.0","id":9,"method":"server/discover","params":{ {{Meta}} } }""",
        $$"""{"jsonrpc":"2.0","id":9,"method":"tools/list","params":{ {{Meta}} } }""",
        $$"""{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"test_simple_text","arguments":{},{{Meta}} } }""",
        $$"""{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"test_input_required_result_elicitation","inputResponses":{"user_name":{"action":"accept","content":{"name":"n"} } },{{Meta}} } }""",
        $$"""{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"test_input_required_result_request_state","requestState":"s.t",{{Meta}} } }""",
    ];

    public static byte[] Create(Random random, int limit)
    {
        var body = Encoding.UTF8.GetBytes(random.Of(Corpus));
        return random.Next(100) switch
        {
            < 15 => body,
            < 65 => JsonMutation.Apply(random, body),
            < 85 => ByteMutation.Apply(random, body),
            < 95 => ByteMutation.Apply(random, JsonMutation.Apply(random, body)),
            < 98 => ByteMutation.Noise(random),
            _ => ByteMutation.Pad(random, body, limit),
        };
    }

    /// <summary>The headers a client of 2026-07-28 derives from its message; none for any other message.</summary>
    public static IEnumerable<(string Name, string Value)> StandardHeadersOf(byte[] body)
    {
        try
        {
            var message = JsonNode.Parse(body);
            return message?["params"]?["_meta"]?["io.modelcontextprotocol/protocolVersion"] is not { } version
                ? []
                :
                [
                    ("MCP-Protocol-Version", AsHeader(version)),
                    ("Mcp-Method", AsHeader(message["method"])),
                    ("Mcp-Name", AsHeader(message["params"]?["name"] ?? message["params"]?["uri"])),
                ];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return [];
        }
    }

    // Without what ends a header: that request would be another one, and the web server's to refuse.
    private static string AsHeader(JsonNode? value) => string.Concat($"{value}".Where(c => !char.IsControl(c)));
}

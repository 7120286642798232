using System.Text.Json;

namespace McpGateway.Testing;

/// <summary>A destructive call of a client that can ask its user, on the revision that carries the question in the response.</summary>
public static class Question
{
    private const string Revision = "2026-07-28";

    /// <summary>Sends the call.</summary>
    /// <param name="more">Further members of the params, each with a comma after it: <c>"inputResponses":{…},</c>.</param>
    /// <returns>The body of the response.</returns>
    public static async Task<string> PostAsync(
        Gateway gateway,
        string tool,
        string arguments,
        string? token = null,
        string more = "",
        Action<HttpRequestMessage>? configure = null
    )
    {
        using var response = await gateway.PostAsync(
            $$$"""
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}},{{{more}}}
             "_meta":{"io.modelcontextprotocol/protocolVersion":"{{{Revision}}}","io.modelcontextprotocol/clientCapabilities":{"elicitation":{}},
             "io.modelcontextprotocol/clientInfo":{"name":"raw","version":"1"} } } }
            """,
            token,
            request =>
            {
                request.Headers.Add("MCP-Protocol-Version", Revision);
                request.Headers.Add("Mcp-Method", "tools/call");
                request.Headers.Add("Mcp-Name", tool);
                configure?.Invoke(request);
            }
        );
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>What the user is asked before the call runs.</summary>
    public static async Task<string> AskedAsync(Gateway gateway, string tool, string arguments, string? token = null)
    {
        var body = await PostAsync(
            gateway,
            tool,
            arguments,
            token,
            configure: request => request.Headers.Accept.ParseAdd("application/json")
        );
        var start = body.IndexOf("\"message\":", StringComparison.Ordinal);
        if (start < 0)
        {
            throw new InvalidOperationException($"Nobody is asked: {body}");
        }

        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(body[(start + "\"message\":".Length)..]));
        reader.Read();
        return reader.GetString()!;
    }
}

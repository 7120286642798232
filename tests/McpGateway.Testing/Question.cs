using System.Text.Json;
using McpGateway.State;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace McpGateway.Testing;

/// <summary>A destructive call of a client that can ask its user, on the revision that carries the question in the response.</summary>
public static class Question
{
    private const string Revision = "2026-07-28";
    private const string LentToken = "lent-token-of-the-specs-0123456789";

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

    /// <summary>A caller whose every call waits for the operator, as settings of a gateway.</summary>
    public static (string Name, string? Value)[] Lent =>
        [("MCP_BEARER_TOKENS", $"lent={LentToken};approve=*"), ("OPERATOR_SECRET", "an-operator-secret-of-the-specs")];

    /// <summary>What the operator reads beside the arguments of a call that waits, which never runs: <c>docId: Home; rowIdOrName: Buy milk</c>.</summary>
    public static async Task<string> WaitingAsync(Gateway gateway, string tool, string arguments)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}} } }""",
                System.Text.Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Authorization = new("Bearer", LentToken);
        using var gone = new CancellationTokenSource();
        var call = gateway.Http.SendAsync(request, gone.Token);
        var approvals = gateway.Services.GetRequiredService<Approvals>();
        IReadOnlyList<WaitingCall> waiting = [];
        await Eventually.IsAsync(
            async () => call.IsCompleted || (waiting = await approvals.ListAsync(CancellationToken.None)).Count > 0,
            "No call waits."
        );
        if (waiting.Count == 0)
        {
            using var response = await call;
            throw new InvalidOperationException($"Nobody is asked: {await response.Content.ReadAsStringAsync(CancellationToken.None)}");
        }

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        return string.Join("; ", waiting[0].Names.Select(name => $"{name.Key}: {name.Value}"));
    }
}

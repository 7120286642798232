using System.Text.Json.Nodes;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>
/// The commands of the deployment flows document, as a person types them into a shell, with nothing but the address
/// changed. What needs docker, DNS or a certificate is shown elsewhere.
/// </summary>
public sealed class FlowsSpecs
{
    // Printed in the document, hence good on loopback only.
    private const string PublishedToken = "14460eab-8367-40a5-b430-33c40671f6f4";
    private const string OwnToken = "end-to-end-0123456789abcdef";

    [Fact]
    public async Task Local_a_terse_initialize_is_answered()
    {
        await using var gateway = await StartAsync();
        var answer = await ShellAsync(
            $$$"""
            curl -s -X POST http://localhost:{{{gateway.Url.Port}}}/mcp \
              -H "Content-Type: application/json" \
              -H "Authorization: Bearer {{{PublishedToken}}}" \
              -d '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}'
            """
        );
        Assert.Equal("memory-mcp", JsonNode.Parse(answer)!["result"]!["serverInfo"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task External_a_HEAD_with_a_valid_token_is_OK_and_without_one_is_not()
    {
        await using var gateway = await StartAsync();
        var accepted = await ShellAsync($"""curl -s -I {gateway.McpUrl} -H "Authorization: Bearer {PublishedToken}" """);
        Assert.StartsWith("HTTP/1.1 200 OK", accepted, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401 Unauthorized", await ShellAsync($"curl -s -I {gateway.McpUrl}"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 OK", await ShellAsync($"curl -s -I {gateway.Url}health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Internal_n8n_reaches_the_service_by_its_container_name()
    {
        await using var gateway = await StartAsync(OwnToken, ("ALLOWED_HOSTS", "memory-mcp-gateway"));
        var answer = await ShellAsync(
            $$$"""
            curl -s --connect-to memory-mcp-gateway:8082:127.0.0.1:{{{gateway.Url.Port}}} -X POST http://memory-mcp-gateway:8082/mcp \
              -H "Content-Type: application/json" \
              -H "Authorization: Bearer ${MEMORY_TOKEN}" \
              -d '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}'
            """
        );
        Assert.Contains("\"serverInfo\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Internal_n8n_calls_a_tool_without_a_handshake()
    {
        await using var gateway = await StartAsync(OwnToken);
        var answer = await ShellAsync(
            $$$$"""
            curl -s -X POST {{{{gateway.McpUrl}}}} -H "Content-Type: application/json" -H "Authorization: Bearer ${MEMORY_TOKEN}" \
              -d '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_entities","arguments":{"toolCallId":"call_1",
                "entities":[{"name":"Ana","entityType":"person","observations":["likes tea"]}]}}}'
            curl -s -X POST {{{{gateway.McpUrl}}}} -H "Content-Type: application/json" -H "Authorization: Bearer ${MEMORY_TOKEN}" \
              -d '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search_nodes","arguments":{"toolCallId":"call_2","query":"tea","limit":null}}}' |
              jq -r '.result.structuredContent.entities[0].name'
            """,
            "jq"
        );
        Assert.EndsWith("Ana", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_health_answer_has_the_documents_form()
    {
        await using var gateway = await StartAsync();
        var health = JsonNode.Parse(await ShellAsync($"curl -s {gateway.Url}health"))!;
        Assert.Equal("ok", health["status"]!.GetValue<string>());
        Assert.Equal("memory-mcp", health["service"]!.GetValue<string>());
        Assert.Matches(@"^\d+\.\d+\.\d+", health["version"]!.GetValue<string>());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", health["timestamp"]!.GetValue<string>());
    }

    [Fact]
    public async Task Checklist_2_all_services_are_healthy()
    {
        var gateways = await Task.WhenAll(Repository.Services.Select(service => GatewayProcess.StartAsync(service.Project)));
        try
        {
            var answer = await ShellAsync(
                $"""
                for port in {string.Join(' ', gateways.Select(gateway => gateway.Url.Port))}; do
                  echo "Port $port:"
                  curl -s http://127.0.0.1:$port/health | jq .status
                done
                """,
                "jq"
            );
            Assert.Equal(gateways.Length, answer.Split('\n').Count(line => line == "\"ok\""));
        }
        finally
        {
            foreach (var gateway in gateways)
            {
                await gateway.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Checklist_4_an_invalid_token_is_refused_before_the_message_is_read()
    {
        await using var gateway = await StartAsync();
        var answer = await ShellAsync(
            $$"""
            curl -s -i -X POST {{gateway.McpUrl}} \
              -H "Authorization: Bearer invalid" \
              -H "Content-Type: application/json" \
              -d '{}'
            """
        );
        Assert.StartsWith("HTTP/1.1 401 Unauthorized", answer, StringComparison.Ordinal);
        Assert.Contains("\"error\":\"Unauthorized\"", answer, StringComparison.Ordinal);
        Assert.Contains("WWW-Authenticate: Bearer ", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Troubleshooting_a_valid_token_without_a_message_is_no_401()
    {
        await using var gateway = await StartAsync();
        var answer = await ShellAsync(
            $"""
            curl -s -i -X POST {gateway.McpUrl} \
              -H "Authorization: Bearer {PublishedToken}" \
              -H "Content-Type: application/json"
            """
        );
        Assert.StartsWith("HTTP/1.1 400 Bad Request", answer, StringComparison.Ordinal);
        Assert.Contains("-32700", answer, StringComparison.Ordinal);
    }

    private static Task<GatewayProcess> StartAsync(string token = PublishedToken, params (string Name, string? Value)[] settings) =>
        GatewayProcess.StartAsync("Memory", settings.Append(("MCP_BEARER_TOKEN", token)).ToDictionary(s => s.Item1, s => s.Item2));

    private static async Task<string> ShellAsync(string commands, params string[] programs)
    {
        foreach (var program in programs.Append("curl"))
        {
            Tool.Require(program, $"Install {program} (apt-get install {program}).");
        }

        var finished = await RunningProcess.RunAsync(
            "bash",
            ["-c", commands],
            new Dictionary<string, string?> { ["MEMORY_TOKEN"] = OwnToken },
            cancellationToken: TestContext.Current.CancellationToken
        );
        return finished.Succeeded();
    }
}

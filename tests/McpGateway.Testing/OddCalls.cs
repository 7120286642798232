using System.Text;
using System.Text.Json.Nodes;

namespace McpGateway.Testing;

/// <summary>Calls as an attacker would try them: of every revision, with headers that choose tools, in batches, under odd names and in odd spellings.</summary>
public static class OddCalls
{
    private static readonly string?[] Revisions =
    [
        null,
        "2024-11-05",
        "2025-03-26",
        "2025-06-18",
        "2025-11-25",
        "2026-07-28",
        "2099-01-01",
    ];

    /// <summary>A name that may mean the same tool.</summary>
    /// <param name="prefix">What the service's older names begin with.</param>
    public static string NameOf(Random random, string tool, string prefix) =>
        random.Next(14) switch
        {
            0 => tool.ToUpperInvariant(),
            1 => $" {tool}",
            2 => tool + "\0",
            3 => tool.Replace('_', '-'),
            4 => tool[(tool.IndexOf('_', StringComparison.Ordinal) + 1)..],
            5 => prefix + tool,
            _ => tool,
        };

    /// <summary>The body of a call, and what sets its headers.</summary>
    /// <param name="tool">A tool that headers may ask for; the call itself may be about something else.</param>
    public static (string Body, Action<HttpRequestMessage> SetHeaders) MakeUp(
        Random random,
        string method,
        JsonObject parameters,
        string tool
    )
    {
        var revision = Revisions[random.Next(Revisions.Length)];
        if (revision == "2026-07-28" || random.Next(8) == 0)
        {
            parameters["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/protocolVersion"] = revision ?? "2026-07-28",
                ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
                ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "attack", ["version"] = "1" },
            };
        }

        var body = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = method,
            ["params"] = parameters,
        }.ToJsonString();
        body = random.Next(20) == 0 ? $"[{body}]" : Escaped(random, body, tool);
        var about = parameters["name"]?.ToString() ?? parameters["uri"]?.ToString();
        var choice = random.Next(6);
        var wantsEvents = random.Next(3) == 0;
        return (body, SetHeaders);

        void SetHeaders(HttpRequestMessage request)
        {
            request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", revision);
            request.Headers.TryAddWithoutValidation("Mcp-Method", method);
            request.Headers.TryAddWithoutValidation("Mcp-Name", about);
            if (choice < 4)
            {
                request.Headers.TryAddWithoutValidation(
                    new[] { "X-MCP-Tools", "X-MCP-Toolsets", "X-MCP-Exclude-Tools", "X-MCP-Readonly" }[choice],
                    new[] { tool, "all", "read_more", "false" }[choice]
                );
            }

            if (wantsEvents)
            {
                request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
            }
        }
    }

    // The same message, with an escape for a letter of the name.
    private static string Escaped(Random random, string body, string tool) =>
        random.Next(10) == 0 ? new StringBuilder(body).Replace(tool, $"\\u{(int)tool[0]:x4}{tool[1..]}").ToString() : body;
}

namespace McpGateway.Console.Landing;

/// <summary>How each client is connected to this gateway, with its own address and the login it really has. docs/clients.md says more.</summary>
internal static class Recipes
{
    private const string Header = "Authorization: Bearer YOUR_TOKEN";

    /// <param name="name">What the gateway is called in a client, such as <c>memory</c>.</param>
    /// <param name="url">The address of MCP.</param>
    public static IReadOnlyList<Recipe> For(string name, string url, WayIn way) =>
        [
            ClaudeCode(name, url, way),
            Claude(url, way),
            ChatGpt(url, way),
            VsCode(name, url, way),
            Cursor(name, url, way),
            Codex(name, url, way),
            Gemini(name, url, way),
            OpenCode(name, url, way),
            ClaudeDesktop(name, url, way),
            N8n(name, url, way),
            Curl(url, way),
        ];

    private static Recipe ClaudeCode(string name, string url, WayIn way) =>
        new(
            "Claude Code",
            way.Login ? "Run this, then type /mcp in Claude Code and log in." : "Run this.",
            $"claude mcp add --transport http {name} {url}" + (way.NeedsHeader ? $" --header \"{Header}\"" : ""),
            "the command for Claude Code"
        );

    private static Recipe Claude(string url, WayIn way) =>
        way.Login
            ? new(
                "Claude",
                "On the web, in the desktop app or on a phone: Settings, Connectors, Add custom connector. Enter this address and log in.",
                url,
                "the address for Claude"
            )
            : new(
                "Claude",
                "Claude on the web and on a phone logs in by OAuth, which this gateway does not offer: its operator sets PUBLIC_URL and "
                    + "OPERATOR_SECRET. Claude Desktop connects without, see below."
            );

    private static Recipe ChatGpt(string url, WayIn way) =>
        way.Login
            ? new(
                "ChatGPT",
                "Settings, Apps & Connectors, Advanced: developer mode, then Create. Enter this address, with OAuth as authentication.",
                url,
                "the address for ChatGPT"
            )
            : new(
                "ChatGPT",
                "ChatGPT logs in by OAuth, which this gateway does not offer: its operator sets PUBLIC_URL and OPERATOR_SECRET."
            );

    private static Recipe VsCode(string name, string url, WayIn way) =>
        new(
            "VS Code",
            $"Put this into .vscode/mcp.json.{(way.Login ? " VS Code opens the login by itself." : "")}",
            way.NeedsHeader
                ? $$"""{ "servers": { "{{name}}": { "type": "http", "url": "{{url}}", "headers": { "Authorization": "Bearer YOUR_TOKEN" } } } }"""
                : $$"""{ "servers": { "{{name}}": { "type": "http", "url": "{{url}}" } } }""",
            "the settings for VS Code"
        );

    private static Recipe Cursor(string name, string url, WayIn way) =>
        new(
            "Cursor",
            $"Put this into .cursor/mcp.json.{(way.Login ? " Cursor opens the login by itself." : "")}",
            way.NeedsHeader
                ? $$"""{ "mcpServers": { "{{name}}": { "url": "{{url}}", "headers": { "Authorization": "Bearer YOUR_TOKEN" } } } }"""
                : $$"""{ "mcpServers": { "{{name}}": { "url": "{{url}}" } } }""",
            "the settings for Cursor"
        );

    private static Recipe Codex(string name, string url, WayIn way) =>
        way.NeedsHeader
            ? new(
                "Codex",
                "Run this; Codex takes the token from the variable when it starts.",
                $"export {Variable(name)}=YOUR_TOKEN\ncodex mcp add {name} --url {url} --bearer-token-env-var {Variable(name)}",
                "the commands for Codex"
            )
            : new(
                "Codex",
                $"Run this.{(way.Login ? " It starts the login." : "")}",
                $"codex mcp add {name} --url {url}",
                "the command for Codex"
            );

    private static Recipe Gemini(string name, string url, WayIn way) =>
        new(
            "Gemini CLI",
            way is { Login: true, Token: false } ? $"Run this, then type /mcp auth {name} in Gemini CLI." : "Run this.",
            $"gemini mcp add --transport http {name} {url}" + (way.Token ? $" --header \"{Header}\"" : ""),
            "the command for Gemini CLI"
        );

    private static Recipe OpenCode(string name, string url, WayIn way) =>
        new(
            "opencode",
            way.Login ? $"Put this into opencode.json, then run: opencode mcp auth {name}" : "Put this into opencode.json.",
            way.NeedsHeader
                ? $$"""{ "mcp": { "{{name}}": { "type": "remote", "url": "{{url}}", "oauth": false, "headers": { "Authorization": "Bearer YOUR_TOKEN" } } } }"""
                : $$"""{ "mcp": { "{{name}}": { "type": "remote", "url": "{{url}}" } } }""",
            "the settings for opencode"
        );

    private static Recipe ClaudeDesktop(string name, string url, WayIn way)
    {
        // mcp-remote takes plain HTTP for this machine only, unless told otherwise.
        var plain = url.StartsWith("http://", StringComparison.Ordinal) && new Uri(url).Host != "localhost" ? ", \"--allow-http\"" : "";
        return new(
            "Claude Desktop, by mcp-remote",
            "Put this into claude_desktop_config.json. It needs Node.js.",
            way.NeedsHeader
                ? $$"""{ "mcpServers": { "{{name}}": { "command": "npx", "args": ["-y", "mcp-remote", "{{url}}"{{plain}}, "--header", "Authorization:${AUTH}"], "env": { "AUTH": "Bearer YOUR_TOKEN" } } } }"""
                : $$"""{ "mcpServers": { "{{name}}": { "command": "npx", "args": ["-y", "mcp-remote", "{{url}}"{{plain}}] } } }""",
            "the settings for Claude Desktop"
        );
    }

    private static Recipe N8n(string name, string url, WayIn way) =>
        new(
            "n8n",
            "Paste this onto the canvas: an MCP Client Tool for an AI Agent."
                + (
                    way.Token ? " Then choose a credential of the type Bearer Auth that holds the token."
                    : way.Login ? " Its credential is OAuth2 API with client credentials, which the operator makes: client add n8n."
                    : ""
                )
                + " Where n8n runs in a container, localhost is that container: docs/clients.md.",
            $$"""{ "nodes": [{ "name": "{{name}}", "type": "@n8n/n8n-nodes-langchain.mcpClientTool", "typeVersion": 1.2, "position": [0, 0], "parameters": { "endpointUrl": "{{url}}", "serverTransport": "httpStreamable", "authentication": "{{(way.Token ? "bearerAuth" : "none")}}" } }], "connections": {} }""",
            "the node for n8n"
        );

    private static Recipe Curl(string url, WayIn way) =>
        new(
            "curl",
            way is { Login: true, Token: false }
                ? "The operator makes a token for it on the console's page Access."
                : "Every program that speaks HTTP can call: no handshake is needed.",
            $"curl -s {url} -H 'Content-Type: application/json'"
                + (way.Token || way.Login ? $" -H '{Header}'" : "")
                + """ -d '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'""",
            "the command for curl"
        );

    private static string Variable(string name) => $"{name.ToUpperInvariant().Replace('-', '_')}_TOKEN";
}

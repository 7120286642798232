using System.Text.RegularExpressions;

namespace McpGateway.OAuth.Clients;

/// <summary>
/// The metadata of the large clients, never fetched: Cloudflare keeps data centres from reading some of them
/// (https://github.com/anthropics/claude-ai-mcp/issues/650), and a record cannot be late or changed on the way.
/// </summary>
internal static partial class WellKnownClients
{
    private const string ChatGptRedirect = "https://chatgpt.com/connector_platform_oauth_redirect";

    // Its document offers "none" as well, so that it does not have to sign.
    private static readonly KeySource ChatGptKeys = new("https://chatgpt.com/oauth/jwks.json", null);

    private static readonly OAuthClient[] Fixed =
    [
        // https://claude.com/docs/connectors/building/authentication
        new(
            "https://claude.ai/oauth/mcp-oauth-client-metadata",
            "Claude",
            ["https://claude.ai/api/mcp/auth_callback", "https://claude.com/api/mcp/auth_callback"]
        ),
        new(
            "https://claude.ai/oauth/claude-code-client-metadata",
            "Claude Code",
            ["http://localhost/callback", "http://127.0.0.1/callback"]
        ),
        // https://developers.openai.com/plugins/build/auth
        new("https://chatgpt.com/oauth/client.json", "ChatGPT", [ChatGptRedirect], Keys: ChatGptKeys),
        // Beside the connectors' documents and shaped like one of them: found before the pattern is tried.
        new("https://chatgpt.com/oauth/codex/client.json", "Codex", ["http://127.0.0.1/callback", "http://localhost/callback"]),
        // src/vs/base/common/oauth.ts of microsoft/vscode
        new(
            "https://vscode.dev/oauth/client-metadata.json",
            "Visual Studio Code",
            ["https://insiders.vscode.dev/redirect", "https://vscode.dev/redirect", "http://127.0.0.1/", "http://127.0.0.1:33418/"]
        ),
    ];

    public static OAuthClient? Find(string id) =>
        Array.Find(Fixed, client => client.Id == id)
        ?? (
            ChatGptConnector().Match(id) is { Success: true } connector
                ? new(
                    id,
                    "ChatGPT",
                    [ChatGptRedirect, $"https://chatgpt.com/connector/oauth/{connector.Groups["id"].Value}"],
                    Keys: ChatGptKeys
                )
            : CodexLogin().Match(id) is { Success: true } login
                ? new(
                    id,
                    "Codex",
                    [.. ((string[])["127.0.0.1", "localhost"]).Select(host => $"http://{host}/callback/{login.Groups["id"].Value}")]
                )
            : null
        );

    [GeneratedRegex(@"\Ahttps://chatgpt\.com/oauth/(?<id>[A-Za-z0-9_-]{1,128})/client\.json\z")]
    private static partial Regex ChatGptConnector();

    // A login of its own, with the same id in both addresses.
    [GeneratedRegex(@"\Ahttps://chatgpt\.com/oauth/codex/(?<id>[A-Za-z0-9_-]{1,128})/client\.json\z")]
    private static partial Regex CodexLogin();
}

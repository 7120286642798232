using System.Text.RegularExpressions;

namespace McpGateway.OAuth.Clients;

/// <summary>
/// The metadata of the large clients, never fetched: Cloudflare keeps data centres from reading some of them
/// (https://github.com/anthropics/claude-ai-mcp/issues/650), and a record cannot be late or changed on the way.
/// </summary>
internal static partial class WellKnownClients
{
    private const string ChatGptRedirect = "https://chatgpt.com/connector_platform_oauth_redirect";

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
        new("https://chatgpt.com/oauth/client.json", "ChatGPT", [ChatGptRedirect]),
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
                ? new(id, "ChatGPT", [ChatGptRedirect, $"https://chatgpt.com/connector/oauth/{connector.Groups["id"].Value}"])
                : null
        );

    [GeneratedRegex(@"\Ahttps://chatgpt\.com/oauth/(?<id>[A-Za-z0-9_-]{1,128})/client\.json\z")]
    private static partial Regex ChatGptConnector();
}

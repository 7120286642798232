using McpGateway.Secrets;

namespace GitHub.Credentials;

/// <summary>As whom the gateway works: with a token of a person's, or as a GitHub App's installation. Neither, and each call says what to set.</summary>
internal sealed class GitHubCredential
{
    private GitHubCredential(string? token, GitHubApp? app)
    {
        Token = token;
        App = app;
    }

    public string? Token { get; }

    public GitHubApp? App { get; }

    /// <summary>What errors call it.</summary>
    public string Name => App is null ? "token in GITHUB_TOKEN" : "GitHub App in GITHUB_APP_ID";

    /// <exception cref="SettingException">The settings contradict each other, or are not all there.</exception>
    public static GitHubCredential Parse(GitHubOptions options)
    {
        var token = string.IsNullOrWhiteSpace(options.Token) ? null : options.Token.Trim();
        var isApp =
            !string.IsNullOrWhiteSpace(options.AppId)
            || options.AppInstallationId is not null
            || !string.IsNullOrWhiteSpace(options.AppPrivateKey);
        if (!isApp)
        {
            return new(token, null);
        }

        if (token is not null)
        {
            throw new SettingException(
                "GITHUB_TOKEN and GITHUB_APP_ID (with its installation and key) are both set: keep one, to work with a token or as a GitHub App."
            );
        }

        var missing = new[]
        {
            string.IsNullOrWhiteSpace(options.AppId) ? "GITHUB_APP_ID" : null,
            options.AppInstallationId is null ? "GITHUB_APP_INSTALLATION_ID" : null,
            string.IsNullOrWhiteSpace(options.AppPrivateKey) ? "GITHUB_APP_PRIVATE_KEY_FILE" : null,
        }
            .OfType<string>()
            .ToList();
        return missing.Count > 0
            ? throw new SettingException(
                "A GitHub App needs GITHUB_APP_ID, GITHUB_APP_INSTALLATION_ID and GITHUB_APP_PRIVATE_KEY_FILE: "
                    + $"{string.Join(" and ", missing)} {(missing.Count == 1 ? "is" : "are")} missing."
            )
            : new(null, GitHubApp.Parse(options.AppId!.Trim(), options.AppInstallationId!.Value, options.AppPrivateKey!));
    }
}

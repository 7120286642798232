namespace GitHub.Selection;

/// <summary>The toolsets: those of the official server, <see cref="ReleaseAssets"/> and <see cref="Views"/>.</summary>
internal static class ToolsetNames
{
    public const string Context = "context";
    public const string Repos = "repos";
    public const string Git = "git";
    public const string Issues = "issues";
    public const string Labels = "labels";
    public const string PullRequests = "pull_requests";
    public const string Users = "users";
    public const string Orgs = "orgs";
    public const string Copilot = "copilot";
    public const string CopilotIssueIntents = "copilot_issue_intents";
    public const string Actions = "actions";
    public const string CodeQuality = "code_quality";
    public const string CodeSecurity = "code_security";
    public const string SecretProtection = "secret_protection";
    public const string Dependabot = "dependabot";
    public const string SecurityAdvisories = "security_advisories";
    public const string Notifications = "notifications";
    public const string Discussions = "discussions";
    public const string Gists = "gists";
    public const string Projects = "projects";
    public const string Stargazers = "stargazers";

    /// <summary>The files of releases, which few clients need in their list.</summary>
    public const string ReleaseAssets = "release_assets";

    /// <summary>What a host shows inside the chat.</summary>
    public const string Views = "views";
}

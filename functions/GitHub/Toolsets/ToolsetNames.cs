namespace GitHub.Toolsets;

/// <summary>The toolsets and which of them are on by default: those of the official server.</summary>
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

    public static readonly IReadOnlySet<string> Default = new HashSet<string>(StringComparer.Ordinal)
    {
        Context,
        Repos,
        Issues,
        PullRequests,
        Users,
        Copilot,
    };

    public static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal)
    {
        Context,
        Repos,
        Git,
        Issues,
        Labels,
        PullRequests,
        Users,
        Orgs,
        Copilot,
        CopilotIssueIntents,
        Actions,
        CodeQuality,
        CodeSecurity,
        SecretProtection,
        Dependabot,
        SecurityAdvisories,
        Notifications,
        Discussions,
        Gists,
        Projects,
        Stargazers,
    };

    /// <summary>Reads a list of toolsets with its keywords; names nobody knows are reported, not offered.</summary>
    public static HashSet<string> Read(string list, Action<string> unknown)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            switch (name)
            {
                case "all":
                    names.UnionWith(All);
                    break;
                case "default":
                    names.UnionWith(Default);
                    break;
                case var known when All.Contains(known):
                    names.Add(known);
                    break;
                default:
                    unknown(name);
                    break;
            }
        }

        return names;
    }
}

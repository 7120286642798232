using McpGateway.Authentication;

namespace McpGateway.OAuth;

/// <summary>What the operator can let a connection do: what it asks for, only reading, or what a profile of <c>PROFILES</c> allows.</summary>
internal sealed class AccessChoices(Profiles profiles)
{
    /// <summary>Only tools that change nothing.</summary>
    public const string ReadOnly = "read";

    private const string Everything = "full";
    private const string ProfilePrefix = "profile:";

    /// <summary>The choices for an app that asks for a scope, the widest first.</summary>
    public IReadOnlyList<AccessChoice> For(string scope) =>
        [
            .. Scopes.MayWrite(scope) ? [new(Everything, "Everything: read and change", Scopes.Full)] : Array.Empty<AccessChoice>(),
            .. Narrower,
        ];

    /// <summary>The choices that take something from a connection.</summary>
    public IReadOnlyList<AccessChoice> Narrower =>
        [
            new(ReadOnly, "Read only", Scopes.Read),
            .. profiles.All.OrderBy(profile => profile.Key, StringComparer.Ordinal).Select(profile => ChoiceOf(profile.Key, profile.Value)),
        ];

    /// <summary>What a choice comes to for a scope.</summary>
    /// <exception cref="OAuthException">There is no such choice.</exception>
    public (string Scope, string? Profile) Read(string? choice, string scope) =>
        choice switch
        {
            null or Everything => (scope, null),
            ReadOnly => (Scopes.WithoutWrites(scope), null),
            _ when ProfileIn(choice) is { } name => (profiles.All[name].ReadOnly ? Scopes.WithoutWrites(scope) : scope, name),
            _ => throw new OAuthException("invalid_request", "The chosen access does not exist: PROFILES may have changed. Start again."),
        };

    /// <summary>The rights of a connection; null when its profile is gone, so that nobody knows what it may do.</summary>
    public Rights? RightsOf(string scope, string? profile)
    {
        var rights = Scopes.MayWrite(scope) ? Rights.Everything : Rights.Reading;
        return profile is null ? rights
            : profiles.All.TryGetValue(profile, out var named) ? rights.Within(named with { Text = $"profile={profile} ({named})" })
            : null;
    }

    /// <summary>A connection's access in words.</summary>
    public string Describe(string scope, string? profile) =>
        (profile, Scopes.MayWrite(scope)) switch
        {
            ({ } name, _) => profiles.All.TryGetValue(name, out var named)
                ? $"profile {name} ({named})"
                : $"nothing: its profile {name} is not in PROFILES any more",
            (null, true) => "everything",
            (null, false) => "read only",
        };

    private static AccessChoice ChoiceOf(string name, Rights rights) => new(ProfilePrefix + name, $"Profile {name}", rights.ToString());

    private string? ProfileIn(string choice) =>
        choice.StartsWith(ProfilePrefix, StringComparison.Ordinal) && profiles.All.ContainsKey(choice[ProfilePrefix.Length..])
            ? choice[ProfilePrefix.Length..]
            : null;
}

/// <summary>A choice on a page.</summary>
/// <param name="Value">What the form sends.</param>
/// <param name="Detail">What it means exactly: a scope, or the rights of a profile.</param>
internal sealed record AccessChoice(string Value, string Label, string Detail);

namespace GitHub.Specs;

public sealed class NoEffectSpecs
{
    [Theory]
    [InlineData("GITHUB_WRITABLE_REPOS has no effect", "GITHUB_WRITABLE_REPOS=octo/hello", "GITHUB_READ_ONLY=true")]
    [InlineData("GITHUB_LIMIT_CONTENT_WRITES has no effect", "GITHUB_LIMIT_CONTENT_WRITES=5/10", "READ_ONLY=true")]
    [InlineData("get_me in GITHUB_TOOLS has no effect: GITHUB_EXCLUDE_TOOLS", "GITHUB_TOOLS=get_me", "GITHUB_EXCLUDE_TOOLS=get_me")]
    [InlineData("create_gist in GITHUB_TOOLS has no effect: the tool changes", "GITHUB_TOOLS=create_gist,get_me", "GITHUB_READ_ONLY=true")]
    [InlineData("create_gist in GITHUB_TOOLS has no effect: the tool changes", "GITHUB_TOOLS=create_gist", "READ_ONLY=true")]
    [InlineData(null, "GITHUB_WRITABLE_REPOS=octo/hello", "GITHUB_LIMIT_CONTENT_WRITES=5/10")]
    [InlineData(null, "GITHUB_TOOLS=create_gist,get_me", "GITHUB_EXCLUDE_TOOLS=update_gist")]
    public async Task A_setting_that_another_leaves_without_effect_is_told_at_start(string? told, params string[] settings)
    {
        await using var github = await StubbedGitHub.StartAsync([
            // The stub sets it.
            ("GITHUB_LIMIT_CONTENT_WRITES", ""),
            .. settings.Select(s => (s.Split('=')[0], (string?)s.Split('=')[1])),
        ]);
        var warnings = github.Gateway.Logs.Lines.Where(line => line.Contains("has no effect", StringComparison.Ordinal)).ToList();
        Assert.Equal(told is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, line => Assert.Contains(told!, line, StringComparison.Ordinal));
    }
}

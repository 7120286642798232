namespace GitHub.Specs;

public sealed class ContextSpecs
{
    [Fact]
    public async Task Who_am_I_is_answered_with_the_tokens_user_and_no_token_leaves_for_another_host()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "GET /user",
            """{"login":"octocat","id":1,"name":"The​ Octocat","html_url":"https://github.com/octocat","node_id":"x"}"""
        );
        var me = await github.ReadAsync("get_me");
        Assert.Equal("octocat", me.GetProperty("login").GetString());
        Assert.Equal("The Octocat", me.GetProperty("name").GetString());
        Assert.Equal("Bearer " + StubbedGitHub.Token, github.Upstream.Received[0].Headers["Authorization"]);
        Assert.Equal("2022-11-28", github.Upstream.Received[0].Headers["X-GitHub-Api-Version"]);
    }

    [Fact]
    public async Task Teams_are_listed_by_organization_and_those_without_any_are_left_out()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(
            """{"data":{"user":{"organizations":{"nodes":[{"login":"octo","teams":{"nodes":[{"name":"Core","slug":"core","description":null}]}},{"login":"empty","teams":{"nodes":[]}}]}}}}"""
        );
        var teams = await github.ReadAsync("get_teams", new { user = "hubot" });
        Assert.Equal(
            "core",
            Assert.Single(teams.GetProperty("organizations").EnumerateArray()).GetProperty("teams")[0].GetProperty("slug").GetString()
        );
        Assert.Equal("hubot", github.LastBody.GetProperty("variables").GetProperty("login").GetString());
    }
}

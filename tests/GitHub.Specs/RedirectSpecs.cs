namespace GitHub.Specs;

/// <summary>A repository that was renamed is read and written at its new place; a redirect leads to no other host.</summary>
public sealed class RedirectSpecs
{
    [Fact]
    public async Task A_renamed_repository_is_followed_with_the_token()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/old/branches", "", 301, ("Location", $"{github.Upstream.Url}/api/v3/repositories/7/branches"))
            .On("GET /repositories/7/branches", """[{"name":"main","commit":{"sha":"abc"},"protected":true}]""");
        var branches = await github.ReadAsync("list_branches", new { owner = "o", repo = "old" });
        Assert.Equal("abc", branches.GetProperty("items")[0].GetProperty("sha").GetString());
        Assert.Equal("Bearer " + StubbedGitHub.Token, github.Upstream.Received[1].Headers["Authorization"]);
    }

    [Fact]
    public async Task A_write_to_a_renamed_repository_is_made_at_its_new_place()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("POST /repos/o/old/issues", "", 307, ("Location", $"{github.Upstream.Url}/api/v3/repositories/7/issues"))
            .On("POST /repositories/7/issues", """{"number":5,"title":"t"}""", 201);
        Assert.Equal(5, (
                await github.ReadAsync(
                    "issue_write",
                    new
                    {
                        method = "create",
                        owner = "o",
                        repo = "old",
                        title = "t",
                    }
                )
            ).GetProperty("number").GetInt32());
        Assert.Equal("t", github.LastBody.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_redirect_to_another_host_gets_neither_the_token_nor_a_request()
    {
        await using var elsewhere = await McpGateway.Testing.StubUpstream.StartAsync();
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/branches", "", 301, ("Location", $"{elsewhere.Url}/branches"))
            .On("POST /repos/o/r/issues", "", 307, ("Location", $"{elsewhere.Url}/issues"));
        Assert.Contains(
            "redirected to another host; the redirect was not followed",
            await github.FailAsync("list_branches", new { owner = "o", repo = "r" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "redirected to another host; the redirect was not followed",
            await github.FailAsync(
                "issue_write",
                new
                {
                    method = "create",
                    owner = "o",
                    repo = "r",
                    title = "t",
                }
            ),
            StringComparison.Ordinal
        );
        Assert.Empty(elsewhere.Received);
    }
}

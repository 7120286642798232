namespace GitHub.Specs;

/// <summary>GitHub gives the first thousand of what it finds, and the last page of those looks as if there were no more.</summary>
public sealed class SearchEndSpecs
{
    [Theory]
    [InlineData(5400, null, true)]
    [InlineData(5400, "<https://api.github.com/x?page=2>; rel=\"next\"", false)]
    [InlineData(1000, null, false)]
    public async Task The_end_of_what_GitHub_gives_is_told_from_the_end_of_what_there_is(int count, string? link, bool isTold)
    {
        await using var github = await StubbedGitHub.StartAsync();
        (string, string)[] headers = link is null ? [] : [("Link", link)];
        github
            .On("GET /search/issues", $$"""{"total_count":{{count}},"incomplete_results":false,"items":[]}""", 200, headers)
            .On("GET /repos/o/r/actions/runs", $$"""{"total_count":{{count}},"workflow_runs":[]}""", 200, headers)
            .On("GET /repos/o/r/actions/workflows/ci.yml/runs", $$"""{"total_count":{{count}},"workflow_runs":[]}""", 200, headers);
        Assert.Equal(isTold, await TellsAsync("search_issues", new { query = "x" }));
        Assert.Equal(isTold, await TellsAsync("actions_list", Runs(null, new { status = "failure" })));
        Assert.Equal(isTold, await TellsAsync("actions_list", Runs("ci.yml", new { branch = "main" })));
        // Without a filter GitHub lists all of them.
        Assert.False(await TellsAsync("actions_list", Runs(null, null)));

        async Task<bool> TellsAsync(string tool, object arguments) =>
            (await github.ReadAsync(tool, arguments)).TryGetProperty("note", out var note)
            && note.GetString()!.Contains("the first 1,000 of what it finds", StringComparison.Ordinal);
    }

    private static object Runs(string? workflow, object? filter) =>
        new
        {
            method = "list_workflow_runs",
            owner = "o",
            repo = "r",
            resource_id = workflow,
            workflow_runs_filter = filter,
        };
}

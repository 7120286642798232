using System.Text.Json.Nodes;

namespace GitHub.Specs;

/// <summary>Days and moments as people write them: GitHub gets its own form, or does not hear of them.</summary>
public sealed class MomentSpecs
{
    [Theory]
    [InlineData("\"2026-11-01\"", "2026-11-01T00:00:00Z")]
    [InlineData("\"2026/11/01\"", "2026-11-01T00:00:00Z")]
    [InlineData("\"2026-11-01 09:30\"", "2026-11-01T09:30:00Z")]
    [InlineData("\"2026-11-01T09:30:00+02:00\"", "2026-11-01T09:30:00+02:00")]
    [InlineData("1767225600", "2026-01-01T00:00:00Z")]
    [InlineData("\"1767225600000\"", "2026-01-01T00:00:00Z")]
    public async Task A_day_or_moment_is_taken_in_the_forms_people_write(string since, string sent)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/commits", "[]");
        await github.CallAsync("list_commits", JsonNode.Parse($$"""{"owner":"o","repo":"r","since":{{since}}}"""));
        Assert.Equal($"GET /repos/o/r/commits?since={Uri.EscapeDataString(sent)}", Assert.Single(github.Requests));
    }

    [Fact]
    public async Task A_day_that_ends_a_span_counts_to_its_end()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/commits", "[]");
        await github.CallAsync("list_commits", JsonNode.Parse("""{"owner":"o","repo":"r","since":"2026-11-01","until":"2026-11-01"}"""));
        Assert.Equal(
            "GET /repos/o/r/commits?since=2026-11-01T00%3A00%3A00Z&until=2026-11-01T23%3A59%3A59Z",
            Assert.Single(github.Requests)
        );
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("11/01/2026")]
    [InlineData("2026")]
    [InlineData("2026-11")]
    [InlineData("09:30")]
    public async Task What_is_neither_day_nor_moment_is_refused_since_GitHub_may_leave_it_out_without_a_word(string since)
    {
        await using var github = await StubbedGitHub.StartAsync();
        Assert.Contains(
            $"since='{since}' is not a day or moment: write 2026-11-01 or 2026-11-01T09:30:00Z.",
            await github.FailAsync(
                "list_issues",
                new
                {
                    owner = "o",
                    repo = "r",
                    since,
                }
            ),
            StringComparison.Ordinal
        );
        Assert.Empty(github.Requests);
    }

    [Theory]
    [InlineData("2026-11-01", true)]
    [InlineData(">=2026-11-01", true)]
    [InlineData("2026-11-01..2026-11-30", true)]
    [InlineData("*..2026-11-30T10:00:00Z", true)]
    [InlineData("last week", false)]
    [InlineData("2026-11-01..soon", false)]
    [InlineData("2026-11-01..2026-11-02..2026-11-03", false)]
    public async Task A_span_of_days_is_one(string span, bool isOne)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /advisories", "[]");
        foreach (var name in new[] { "published", "updated", "modified" })
        {
            var result = await github.CallAsync("list_global_security_advisories", new Dictionary<string, object?> { [name] = span });
            Assert.Equal(isOne, result.IsError != true);
            Assert.Contains(isOne ? "hasMore" : $"{name}='{span}' is not a day or span", result.TextOf(), StringComparison.Ordinal);
        }

        Assert.Equal(isOne ? 3 : 0, github.Requests.Count);
    }
}

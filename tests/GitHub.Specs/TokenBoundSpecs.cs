using System.Text.Json;
using System.Text.Json.Nodes;
using GitHub.Api;
using GitHub.Specs.Attacks;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace GitHub.Specs;

/// <summary>Whatever a repository holds, no result has more than 20,000 tokens.</summary>
public sealed class TokenBoundSpecs
{
    public static TheoryData<string> Kinds => [.. SampleTexts.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Files_diffs_gists_and_commits_are_bounded(string kind)
    {
        await using var github = await StubbedGitHub.StartAsync();
        var text = SampleTexts.All[kind](100_000).Replace('\uFFFD', '?');
        github
            .On(
                "GET /repos/o/r/contents/a.txt",
                Json(
                    new
                    {
                        type = "file",
                        name = "a.txt",
                        path = "a.txt",
                        sha = "abc",
                        size = 100_000,
                        encoding = "base64",
                        content = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)),
                    }
                )
            )
            .On("GET /repos/o/r/pulls/1", $"diff --git a/a b/a\n{text}")
            .On(
                "GET /gists/1",
                Json(
                    new
                    {
                        id = "1",
                        html_url = "u",
                        files = new Dictionary<string, object> { ["a"] = new { filename = "a", content = text } },
                    }
                )
            )
            .On(
                "GET /repos/o/r/commits",
                Json(
                    Enumerable
                        .Range(0, 30)
                        .Select(i => new
                        {
                            sha = $"{i}",
                            html_url = "u",
                            commit = new { message = text[..3_000] },
                        })
                )
            );
        foreach (
            var (tool, arguments) in new (string, object)[]
            {
                (
                    "get_file_contents",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        path = "a.txt",
                    }
                ),
                (
                    "pull_request_read",
                    new
                    {
                        method = "get_diff",
                        owner = "o",
                        repo = "r",
                        pullNumber = 1,
                    }
                ),
                ("get_gist", new { gist_id = "1" }),
                ("list_commits", new { owner = "o", repo = "r" }),
            }
        )
        {
            var result = await github.CallAsync(tool, arguments);
            Assert.True(result.IsError != true, result.TextOf());
            Assert.InRange(O200k.Count(result), 3_000, O200k.Most);
            Assert.Null(result.StructuredContent);
        }
    }

    [Fact]
    public async Task No_tool_answers_more_whatever_GitHub_answers()
    {
        await using var github = await StubbedGitHub.StartAsync();
        var answers = new LargeAnswers(typeof(GitHubService).Assembly, GitHubJson.Options)
        {
            Samples = new Dictionary<string, string>
            {
                ["login"] = "\"octo\"",
                ["sha"] = "\"6dcb09b5b57875f334f61aebed695e2e4193db5e\"",
                ["type"] = "\"file\"",
                ["encoding"] = "\"utf-8\"",
                ["full_name"] = "\"octo/hello\"",
                ["default_branch"] = "\"main\"",
            },
        };
        var calls = new TokenBoundCalls(new(github.Gateway, StubbedGitHub.Bearer), github.Upstream)
        {
            Cases = new() { Samples = SampleCalls.Samples, AlsoWanted = SampleCalls.AlsoWanted },
            Choose = kind => answers.Kind = kind,
        };
        var report = await calls.RunAsync(
            async context =>
            {
                context.Request.Path = context.Request.Path.Value!.Replace("/api/v3", "", StringComparison.Ordinal);
                if (!context.Request.Path.Value!.EndsWith("/graphql", StringComparison.Ordinal))
                {
                    await answers.AnswerAsync(context);
                    return;
                }

                using var reader = new StreamReader(context.Request.Body);
                var document = JsonNode.Parse(await reader.ReadToEndAsync())!["query"]!.ToString();
                var answer = ForeignGraphQl.Answer(document, isForeign: false);
                await context.Response.WriteAsync(
                    answer.Replace("\"text\"", JsonSerializer.Serialize(answers.TextOf(60_000)), StringComparison.Ordinal)
                );
            },
            rounds: 1
        );
        Assert.Empty(report.TooLarge);
        Assert.True(report.Large.Count > 50, $"{report.Calls} calls; small:\n{string.Join('\n', report.Small)}");
    }

    [Fact]
    public async Task A_gists_files_are_texts_and_the_rest_comes_after_them()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /gists/1", """{"id":"1","html_url":"u","files":{"a.md":{"filename":"a.md","content":"# \"A\""}}}""");
        var result = await github.CallAsync("get_gist", new { gist_id = "1" });
        Assert.Equal("# \"A\"", ((TextContentBlock)result.Content[0]).Text);
        Assert.Contains("\"content\":\"(text 1 of this result)\"", ((TextContentBlock)result.Content[1]).Text, StringComparison.Ordinal);
    }

    private static string Json(object value) => JsonSerializer.Serialize(value);
}

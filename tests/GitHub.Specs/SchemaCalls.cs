using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GitHub.Specs;

/// <summary>A call whose GraphQL documents are answered from data that has the schema's names: what it selects, aliases and reads fits together.</summary>
internal static class SchemaCalls
{
    /// <summary>A project's node id is asked of the REST API, which answers with its own example.</summary>
    private const string Project = "GET /orgs/o/projectsV2/1";

    /// <param name="facts">"path=value" of the answer; _ stands for a space.</param>
    /// <param name="variables">Of the last document; null where another spec compares them.</param>
    /// <param name="data">What GitHub holds, for one document after the other.</param>
    public static async Task CheckAsync(string tool, string arguments, string facts, string? variables, string[] data)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(Project, (await OfficialExamples.OfAsync(Project)).Body!.Value.GetRawText());
        foreach (var held in data)
        {
            github.Upstream.On(
                "POST /api/graphql",
                async context =>
                {
                    using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
                    context.Response.ContentType = "application/json";
                    await context.Response.WriteAsync(SchemaAnswers.Of(await reader.ReadToEndAsync(), held));
                }
            );
        }

        var answer = await github.ReadAsync(tool, JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!);
        Assert.All(
            facts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(fact => fact.Split('=', 2)),
            fact => Assert.Equal(fact[0] == "message" ? fact[1].Replace('_', ' ') : fact[1], OfficialExamples.At(answer, fact[0]))
        );
        var documents = github.Upstream.Received.Where(request => request.Target == "/api/graphql").ToList();
        Assert.Equal(data.Length, documents.Count);
        if (variables is not null)
        {
            Assert.Equal(variables, JsonDocument.Parse(documents[^1].Body).RootElement.GetProperty("variables").GetRawText());
        }
    }
}

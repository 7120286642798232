using System.Text.Json.Nodes;

namespace GitHub.Specs.Attacks;

/// <summary>The same shapes in what a client reads beside tools: resources, their completions and prompts.</summary>
internal static class ResourceShapes
{
    private const string Template = "repo://{owner}/{repo}/refs/heads/{branch}/contents{/path*}";

    /// <summary>What of it there is.</summary>
    public static readonly string[] Methods = ["resources/read", "completion/complete", "prompts/get"];

    public static IEnumerable<(string Method, JsonObject Parameters)> All()
    {
        yield return Read("repo://octo/hello/contents/a.txt");
        foreach (var (owner, repo) in AttackShapes.AllPlaces)
        {
            yield return Read($"repo://{owner}/{repo}/contents/a.txt");
            yield return Read($"repo://{Uri.EscapeDataString(owner)}/{Uri.EscapeDataString(repo)}/refs/heads/main/contents/a.txt");
            yield return Complete("branch", "", owner, repo);
            yield return Complete("repo", "", owner, repo);
            yield return Prompt($"{owner}/{repo}");
        }

        foreach (var text in AttackShapes.AllTexts)
        {
            var escaped = Uri.EscapeDataString(text);
            yield return Read($"repo://octo/hello/contents/{text}");
            yield return Read($"repo://octo/hello/sha/{escaped}/contents/a.txt");
            yield return Read($"repo://octo/hello/refs/heads/{escaped}/contents/a.txt");
            yield return Read($"repo://octo/hello/refs/tags/{text}/contents/a.txt");
            yield return Read($"repo://octo/hello/refs/pull/{escaped}/head/contents/a.txt");
            yield return Complete("owner", text, "octo", "hello");
            yield return Complete("repo", text, "octo", "hello");
            yield return Complete("path", text, "octo", "hello");
            yield return Complete("path", "", "octo", "hello", ("branch", text));
            yield return Complete("path", "", "octo", "hello", ("sha", text));
            yield return Complete("tag", text, "octo", "hello");
            yield return Complete("prNumber", text, "octo", "hello");
        }
    }

    private static (string Method, JsonObject Parameters) Read(string uri) => ("resources/read", new() { ["uri"] = uri });

    private static (string Method, JsonObject Parameters) Prompt(string repo) =>
        (
            "prompts/get",
            new()
            {
                ["name"] = "AssignCodingAgent",
                ["arguments"] = new JsonObject { ["repo"] = repo },
            }
        );

    private static (string Method, JsonObject Parameters) Complete(
        string variable,
        string typed,
        string owner,
        string repo,
        params (string Name, string Value)[] more
    )
    {
        var known = new JsonObject { ["owner"] = owner, ["repo"] = repo };
        foreach (var (name, value) in more)
        {
            known[name] = value;
        }

        return (
            "completion/complete",
            new()
            {
                ["ref"] = new JsonObject { ["type"] = "ref/resource", ["uri"] = Template },
                ["argument"] = new JsonObject { ["name"] = variable, ["value"] = typed },
                ["context"] = new JsonObject { ["arguments"] = known },
            }
        );
    }
}

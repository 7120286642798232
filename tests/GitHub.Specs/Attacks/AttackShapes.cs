using System.Text.Json.Nodes;
using McpGateway.Testing;

namespace GitHub.Specs.Attacks;

/// <summary>Ways to ask a tool for what is another's: each changes the arguments of a call that is allowed.</summary>
internal static class AttackShapes
{
    private static readonly (string Owner, string Repo)[] Places =
    [
        ("victim", "secret"),
        ("VICTIM", "Secret"),
        ("victim ", "secret"),
        (" victim", " secret"),
        ("victim\t", "secret"),
        ("victim\u00a0", "secret"),
        ("victim/", "secret"),
        ("/victim", "secret"),
        ("ｖictim", "ｓecret"),
        ("victim%20", "secret"),
        ("victim%00", "secret"),
        ("victim\0", "secret"),
        ("victim?", "secret"),
        ("victim", "secret?x=octo/hello"),
        ("victim", "secret#octo/hello"),
        ("victim", "secret.git"),
        ("victim", "secret."),
        ("victim;octo", "secret"),
        ("octo,victim", "hello"),
        ("octo", "hello,secret"),
        ("octo\nvictim", "secret"),
        ("octo", "*"),
        ("*", "hello"),
        ("octo/..", "victim/secret"),
        ("octo/../victim", "secret"),
        ("octo%2F..%2Fvictim", "secret"),
        ("octo%252F..%252Fvictim", "secret"),
        ("octo\\..\\victim", "secret"),
        ("octo/%2e%2e/victim", "secret"),
        ("octo/%2E./victim", "secret"),
        ("octo/.%2e/victim", "secret"),
        ("octo/．．/victim", "secret"),
        ("octo", "hello/../../victim/secret"),
        ("octo", "hello/..%2f../victim/secret"),
        ("octo", "hello%2f..%2f..%2fvictim%2fsecret"),
        ("octo", "hello%252f..%252f..%252fvictim%252fsecret"),
        ("octo", "hello\\..\\..\\victim\\secret"),
        ("octo", "hello/%2e%2e/%2e%2e/victim/secret"),
        ("octo", "hello?/../../victim/secret"),
        ("octo", "hello#/../../victim/secret"),
        ("octo", "hello;/../../victim/secret"),
        ("octo", "hello\0/../../victim/secret"),
        ("octo", "../victim/secret"),
        ("octo", "..%2fvictim%2fsecret"),
        ("octo", ".."),
        ("octo", "."),
        ("..", "victim/secret"),
        ("..", ".."),
        ("octo", "../../repositories/666"),
        ("octo", "hello/../../../repositories/666"),
        ("octo", "hello/../../../gists/1"),
        ("octo", "moved"),
        ("octo", "named"),
        ("octo", "MOVED"),
        ("octo", "Named"),
        ("octo", "https://github.com/victim/secret"),
        ("https://github.com/victim", "secret"),
        ("victim/secret", "victim/secret"),
        ("victim/secret", ""),
        ("", "victim/secret"),
        ("octo/hello", "victim/secret"),
        ("git@github.com:victim", "secret.git"),
        ("octo@victim", "secret"),
        ("octo:victim", "secret"),
        ("octo\u200b", "secret"),
        ("vic\u200btim", "secret"),
        ("vic\u00adtim", "secret"),
        ("octo\u2215..\u2215victim", "secret"),
        ("octo\uff0f..\uff0fvictim", "secret"),
        ("victim", "hello"),
        ("octo", "secret"),
    ];

    private static readonly string[] Texts =
    [
        "victim/secret",
        "victim",
        "repo:victim/secret",
        "REPO:victim/secret",
        "repo: victim/secret",
        "repo:\"victim/secret\"",
        "org:victim",
        "user:victim",
        "owner:victim",
        "enterprise:victim",
        "\"repo:octo/hello\" password",
        "repo:octo/hello OR password",
        "repo:octo/hello or repo:victim/secret",
        "repo:octo/hello | password",
        "password) OR (secret",
        "password OR (secret",
        "(password",
        "password)",
        "((password) OR repo:octo/hello)",
        "(repo:octo/hello OR (repo:victim/secret AND password))",
        "NOT repo:octo/hello",
        "NOT (repo:octo/hello)",
        "-repo:octo/hello",
        "-repo:octo/hello -repo:octo/two",
        "password NOT",
        "password OR",
        "password -",
        "password repo:",
        "password \"",
        "\"\" password",
        "“repo:octo/hello” password",
        "repo:octo/hello\u00a0repo:victim/secret",
        "repo:octo/hello\nrepo:victim/secret",
        "repo:octo/hello\tuser:victim",
        "repo:octo/hello,victim/secret",
        "repo:octo/hello repo:octo/../victim/secret",
        "repo:octo/* password",
        "is:issue OR is:pr",
        "in:title OR in:body",
        "author:@me OR repo:victim/secret",
        "parent-issue:victim/secret#1",
        "linked:victim/secret",
        "fork:only repo:victim/secret",
        "victim:main",
        "victim:secret:main",
        "victim/secret:main",
        "VICTIM:main",
        "octo:main...victim:main",
        "main...victim:main",
        "victim:main...main",
        "main..victim:main",
        "refs/heads/victim:main",
        "refs/remotes/victim/main",
        ForeignGitHub.ForkCommit,
        ForeignGitHub.ForkCommit.ToUpperInvariant(),
        ForeignGitHub.ForkCommit[..12],
        $"{ForeignGitHub.ForkCommit}^",
        $"{ForeignGitHub.ForkCommit}~1",
        $"{ForeignGitHub.ForkCommit}^{{tree}}",
        $"{ForeignGitHub.ForkCommit}:README.md",
        $"{ForeignGitHub.ForkCommit}@{{0}}",
        $"v1-3-g{ForeignGitHub.ForkCommit[..12]}",
        $"main...{ForeignGitHub.ForkCommit}",
        $"main..{ForeignGitHub.ForkCommit}",
        $"^{ForeignGitHub.ForkCommit}",
        $"{ForeignGitHub.ForkCommit}...main",
        $" {ForeignGitHub.ForkCommit}",
        $"{ForeignGitHub.ForkCommit}/README.md",
        $"{ForeignGitHub.ForkCommit}?x",
        "PRRT_victim",
        "R_victim",
        "I_victim",
        "PR_victim",
        "PRR_victim",
        "DC_victim",
        "D_victim",
        "PVTI_victim",
        "PVT_victim",
        "PVTV_victim",
        "PVTSU_victim",
        "MDEwOlJlcG9zaXRvcnk2NjY=",
        "666",
        "999",
        "..",
        ".",
        "../../victim/secret/contents/a",
        "../../../victim/secret",
        "..%2f..%2f..%2fvictim%2fsecret",
        "%2e%2e/%2e%2e/victim/secret",
        "%252e%252e/%252e%252e/victim/secret",
        "..\\..\\victim\\secret",
        "a/../../../../victim/secret/contents/a",
        "a/%2e%2e/%2e%2e/%2e%2e/%2e%2e/victim/secret/contents/a",
        "1/../../../../victim/secret/issues/1",
        "1?owner=victim&repo=secret",
        "1#/../../victim/secret",
        "1;/../../victim/secret",
        "1\0/../../victim/secret",
        "/repos/victim/secret/contents/a",
        "//victim/secret",
        "https://api.github.com/repos/victim/secret",
        "https://github.com/victim/secret/blob/main/a",
        "https://github.com/victim/secret/issues/1",
        "repo://victim/secret/contents/a",
        "github.com/victim/secret",
        "git@github.com:victim/secret.git",
        "gist:victim/1",
        "victim/secret#1",
        "GH-1",
        "\\u0076ictim/secret",
        "ｖictim/ｓecret",
        "vic\u200btim/secret",
        "{\"owner\":\"victim\",\"repo\":\"secret\"}",
        "\"}}) { repository(owner:\"victim\",name:\"secret\") { name } }",
        "$owner",
        "victim, octo",
        "octo/hello victim/secret",
        "@victim",
        "victim/*",
    ];

    private static readonly long[] Numbers = [666, ForeignGitHub.TransferredIssue, 0, -1, 9_007_199_254_740_993];

    /// <summary>Names of a repository.</summary>
    public static IReadOnlyList<(string Owner, string Repo)> AllPlaces => Places;

    /// <summary>Values of anything that is a text.</summary>
    public static IReadOnlyList<string> AllTexts => Texts;

    /// <summary>How many there are.</summary>
    public static int Count => Places.Length + Texts.Length + Numbers.Length;

    /// <summary>The calls that each shape makes of one, every text and number of which has its turn.</summary>
    /// <param name="number">Which call it is, so that the turns of others begin elsewhere.</param>
    public static IEnumerable<JsonObject> Of(ToolCase call, int number)
    {
        var texts = NamesOf(call, "string");
        var numbers = NamesOf(call, "integer");
        foreach (var (owner, repo) in Places)
        {
            yield return With(
                call,
                call.Properties.Select(property =>
                        property.Key switch
                        {
                            "owner" or "org" or "organization" or "username" or "item_owner" or "user" => (property.Key, owner),
                            "repo" or "item_repo" or "name" when call.Arguments.ContainsKey(property.Key) => (property.Key, repo),
                            _ => (property.Key, (JsonNode?)null),
                        }
                    )
                    .Where(argument => argument.Item2 is not null)
            );
        }

        foreach (var (i, text) in Texts.Index())
        {
            if (texts.Count > 0)
            {
                yield return With(call, [(texts[(i + number) % texts.Count], text)]);
            }
        }

        foreach (var value in Numbers)
        {
            yield return With(call, numbers.Select(name => (name, (JsonNode?)value)));
        }
    }

    private static List<string> NamesOf(ToolCase call, string type) =>
        [
            .. call
                .Properties.Where(property =>
                    property.Value is JsonObject schema
                    && !schema.ContainsKey("enum")
                    && property.Key is not ("page" or "perPage" or "per_page")
                    && (schema["type"]?.ToJsonString().Contains(type, StringComparison.Ordinal) == true)
                )
                .Select(property => property.Key),
        ];

    private static JsonObject With(ToolCase call, IEnumerable<(string Name, JsonNode? Value)> changes)
    {
        var arguments = call.Arguments.DeepClone().AsObject();
        foreach (var (name, value) in changes)
        {
            arguments[name] = value?.DeepClone();
        }

        return arguments;
    }
}

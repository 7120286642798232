using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpGateway.Testing;

namespace McpGateway.Specs.Rights;

/// <summary>
/// Callers with narrow rights, made up at random, try every tool, resource and prompt on every path, with every header and revision, under
/// odd names. What they did is what their rights say, by a reading of the rights that shares nothing with the gateway's.
/// </summary>
public sealed class RightsAttackSpecs
{
    private const int Callers = 24;

    // A longer run by hand: RIGHTS_ATTACK_CALLS=100000.
    private static readonly int Calls = int.Parse(
        Environment.GetEnvironmentVariable("RIGHTS_ATTACK_CALLS") ?? "2500",
        CultureInfo.InvariantCulture
    );

    private static readonly string[] Names = [.. RightsService.Tools.Keys, "read_more", "spec_read_more"];
    private static readonly string[] Patterns =
    [
        "search_*",
        "*_book",
        "*",
        "open_book",
        "delete_*",
        "*people",
        "a*k",
        "long_book",
        "search_books",
    ];
    private static readonly string[] Paths =
    [
        "/mcp",
        "/mcp/",
        "/MCP",
        "/mcp/readonly",
        "/mcp/x/all",
        "/mcp/x/people,books",
        "/mcp/x/people/readonly",
    ];

    [Fact]
    public async Task Nobody_gets_beyond_their_rights()
    {
        var random = new Random(20261129);
        var callers = Enumerable
            .Range(0, Callers)
            .Select(i => (Name: $"c{i}", Token: $"attack-token-{i:0000}-xyz", Rights: MakeUp(random)))
            .ToList();
        var log = new UseLog();
        await using var gateway = await RightsService.StartAsync(
            log,
            null,
            (
                "MCP_BEARER_TOKENS",
                string.Join(',', callers.Select(c => $"{c.Name}={c.Token}{string.Concat(c.Rights.Select(r => ";" + r))}"))
            )
        );

        var requests = Enumerable
            .Range(0, Calls)
            .Select(_ => (Caller: callers[random.Next(Callers)], Request: MakeUpRequest(random)))
            .ToList();
        var listed = 0;
        await Parallel.ForEachAsync(
            requests,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (one, _) =>
            {
                using var response = await gateway.PostAsync(one.Request.Body, one.Caller.Token, one.Request.Configure);
                var text = await response.TextAsync();
                foreach (Match name in Regex.Matches(text, "\"name\":\"([a-z_]+)\",\"(?:title|description|inputSchema)"))
                {
                    Interlocked.Increment(ref listed);
                    Assert.True(
                        May(one.Caller.Rights, name.Groups[1].Value),
                        $"{string.Join(';', one.Caller.Rights)} lists {name.Groups[1].Value}"
                    );
                }
            }
        );

        var rights = callers.ToDictionary(caller => caller.Name, caller => caller.Rights);
        Assert.Empty(
            log.Uses.Where(use => !May(rights[use.Caller], use.What))
                .Select(use => $"{string.Join(';', rights[use.Caller])} used {use.What}")
        );
        // It could have failed: much was allowed, and more was tried.
        Assert.True(log.Uses.Count > Calls / 20, $"{log.Uses.Count} uses");
        Assert.True(listed > Calls / 20, $"{listed} listed");
        Assert.Equal(RightsService.Tools.Count + 2, log.Uses.Select(use => use.What).Distinct().Count());
        TestContext.Current.TestOutputHelper?.WriteLine($"{Calls} requests, {log.Uses.Count} uses, {listed} names listed, 0 outside");
    }

    // A reading of its own: regular expressions over the text of the rights.
    private static bool May(IReadOnlyList<string> rights, string what)
    {
        var tool = what switch
        {
            "resource" => "open_book",
            "prompt" or "advise" => "search_books",
            "book" => "open_book",
            _ => what,
        };
        foreach (var right in rights)
        {
            var names = right.Contains('=', StringComparison.Ordinal)
                ? right[(right.IndexOf('=', StringComparison.Ordinal) + 1)..]
                    .Split(' ')
                    .Select(glob => $"^{Regex.Escape(glob).Replace("\\*", ".*", StringComparison.Ordinal)}$")
                    .ToList()
                : [];
            var isNamed = names.Exists(name => Regex.IsMatch(tool, name));
            var isAllowed =
                right == "read" ? what is "resource" or "prompt" or "advise" or "book" or "read_more" || RightsService.Tools[tool]
                : right.StartsWith("tools=", StringComparison.Ordinal) ? isNamed || tool == "read_more"
                : !isNamed;
            if (!isAllowed)
            {
                return false;
            }
        }

        return true;
    }

    private static List<string> MakeUp(Random random)
    {
        var rights = new List<string>();
        if (random.Next(3) == 0)
        {
            rights.Add("read");
        }

        for (var i = random.Next(3); i > 0; i--)
        {
            rights.Add($"tools={Some(random)}");
        }

        if (random.Next(2) == 0)
        {
            rights.Add($"deny={Patterns[random.Next(Patterns.Length)]}");
        }

        return rights;
    }

    private static string Some(Random random) =>
        string.Join(' ', Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Patterns[random.Next(Patterns.Length)]));

    private static (string Body, Action<HttpRequestMessage> Configure) MakeUpRequest(Random random)
    {
        var name = Names[random.Next(Names.Length)];
        var (method, parameters) = random.Next(10) switch
        {
            0 => ("tools/list", new JsonObject()),
            1 => ("resources/read", new JsonObject { ["uri"] = "book://emma" }),
            2 => ("prompts/get", new JsonObject { ["name"] = "advise" }),
            3 => (Lists[random.Next(Lists.Length)], new JsonObject()),
            _ => (
                "tools/call",
                new JsonObject
                {
                    ["name"] = OddCalls.NameOf(random, name, "spec_"),
                    ["arguments"] = new JsonObject { ["cursor"] = "a.0" },
                }
            ),
        };
        var (body, setHeaders) = OddCalls.MakeUp(random, method, parameters, name);
        var path = Paths[random.Next(Paths.Length)];
        return (
            body,
            request =>
            {
                request.RequestUri = new(path, UriKind.Relative);
                setHeaders(request);
            }
        );
    }

    private static readonly string[] Lists = ["resources/templates/list", "prompts/list", "resources/list"];
}

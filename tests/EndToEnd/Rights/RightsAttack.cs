using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpGateway.Testing;

namespace EndToEnd.Rights;

/// <summary>
/// Callers with narrow rights, made up from a service's own tools, try all of them on every path, with every header and revision and under odd
/// names, and its resources and prompts. What they got is judged by a reading of the rights that shares nothing with the gateway's.
/// </summary>
internal sealed partial class RightsAttack(AttackedService service, int seed)
{
    private const int Callers = 16;
    private const string Admin = "attack-admin-token-0123";
    private const string Page = "page";
    private const string Transfer = "transfer";

    private static readonly string[] Methods = ["resources/list", "resources/templates/list", "prompts/list", "tools/list"];

    // What the gateway says to whoever may not.
    private static readonly string[] Refusals =
    [
        "is not among the tools you may use",
        "changes data, and you may only read",
        "you may only read",
    ];

    private readonly Random random = new(seed);
    private readonly List<string> outside = [];
    private int allowed;
    private int listed;
    private int pages;

    /// <summary>Attacks for so many calls.</summary>
    /// <returns>What was outside of anybody's rights, and how many calls were allowed, names listed and pages asked for.</returns>
    public async Task<(IReadOnlyList<string> Outside, int Allowed, int Listed, int Pages)> RunAsync(int calls)
    {
        await using var upstream = await StubUpstream.StartAsync();
        upstream.OnAnything(Garbage.Kinds["an object without members"]);
        var tools = await ListToolsAsync(upstream);
        var callers = Enumerable
            .Range(0, Callers)
            .Select(i => new NarrowCaller($"c{i}", $"attack-token-{i:0000}-xyz", MakeUp(tools)))
            .ToList();
        await using var gateway = await StartAsync(upstream, callers);
        foreach (var caller in callers)
        {
            var before = upstream.Received.Count;
            var memory = await service.LookAsync(gateway, Admin);
            await Parallel.ForEachAsync(
                Enumerable.Range(0, calls / Callers).Select(_ => MakeUpRequest(tools, caller)).ToList(),
                new ParallelOptions { MaxDegreeOfParallelism = 6 },
                async (one, cancellationToken) =>
                {
                    using var response = await gateway.Http.SendAsync(one.Message, cancellationToken);
                    Judge(caller, tools, one, (int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
                }
            );
            foreach (var request in upstream.Received.Skip(before).Where(request => caller.Reads && service.Writes(request)))
            {
                outside.Add($"{caller}: {request.Method} {request.Target} went upstream");
            }

            if (!tools.Values.Any(tool => !tool.Reads && caller.May(tool)) && memory != await service.LookAsync(gateway, Admin))
            {
                outside.Add($"{caller}: the memory has changed");
            }
        }

        return (outside, allowed, listed, pages);
    }

    private async Task<GatewayProcess> StartAsync(StubUpstream upstream, IEnumerable<NarrowCaller> callers) =>
        await GatewayProcess.StartAsync(
            service.Project,
            new Dictionary<string, string?>(service.SettingsFor(upstream.Url))
            {
                ["MCP_BEARER_TOKENS"] =
                    $"admin={Admin}{string.Concat(callers.Select(c => $",{c.Name}={c.Token}{string.Concat(c.Rights.Select(r => ";" + r))}"))}",
                ["RATE_LIMIT_PER_SECOND"] = "0",
                ["OPERATOR_SECRET"] = "an-operator-secret-nobody-guesses",
                ["METRICS"] = "true",
                ["CALL_DEADLINE_SECONDS"] = "10",
            }
        );

    private async Task<Dictionary<string, AttackedTool>> ListToolsAsync(StubUpstream upstream)
    {
        await using var gateway = await StartAsync(upstream, []);
        using var response = await gateway.Http.SendAsync(Post("/mcp/x/all", """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Admin));
        var tools = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["result"]!["tools"]!.AsArray();
        return tools
            .Select(tool => tool!.AsObject())
            .ToDictionary(
                tool => tool["name"]!.ToString(),
                tool => new AttackedTool(
                    tool["name"]!.ToString(),
                    tool["annotations"]?["readOnlyHint"]?.GetValue<bool>() == true
                        || service.ReadsByArguments.Contains(tool["name"]!.ToString()),
                    SampleArguments.Of(tool, service.Samples)
                ),
                StringComparer.Ordinal
            );
    }

    private void Judge(NarrowCaller caller, Dictionary<string, AttackedTool> tools, AttackRequest one, int status, string text)
    {
        if (one.Method == Page)
        {
            Interlocked.Increment(ref pages);
            Note(!PageAttack.IsClosed(status, text), $"{caller}: {status} of an operator's page ({one}): {text}");
            return;
        }

        if (one.Method == Transfer)
        {
            Interlocked.Increment(ref pages);
            var mayNot =
                one.Behind.Any(tool => !caller.May(tools[tool]))
                || (caller.Reads && one.Message.Method == HttpMethod.Post)
                || (caller.Namespaces is { } own && !own.Equals(one.Space, StringComparison.OrdinalIgnoreCase));
            Note(mayNot && status == 200, $"{caller}: not refused ({one})");
        }

        foreach (Match name in ListedName().Matches(text))
        {
            if (one.Method == "tools/list" && tools.TryGetValue(name.Groups[1].Value, out var tool))
            {
                Interlocked.Increment(ref listed);
                Note(!caller.May(tool), $"{caller}: lists {tool.Name} ({one})");
            }
        }

        Note(text.Contains("failed unexpectedly", StringComparison.Ordinal), $"{caller}: failed ({one}): {text}");
        var isError = status != 200 || text.Contains("\"error\":{", StringComparison.Ordinal);
        if (one.Tool is { } called && !caller.May(called))
        {
            var isRefused = text.Contains("\"isError\":true", StringComparison.Ordinal) && Refusals.Any(text.Contains);
            Note(!isError && !isRefused, $"{caller}: {called.Name} was not refused ({one}): {text}");
        }
        else if (one.Tool is not null && !isError && !Refusals.Any(text.Contains))
        {
            Interlocked.Increment(ref allowed);
        }

        if (one.Method != Transfer && one.Behind.Any(tool => !caller.May(tools[tool])))
        {
            Note(!isError && !IsEmpty(text), $"{caller}: {one.Method} was not refused ({one}): {text}");
        }

        // An error repeats what was asked for, and so does an import.
        foreach (var secret in service.SecretsKeptFrom(caller.Namespaces))
        {
            Note(!isError && text.Contains(secret, StringComparison.Ordinal), $"{caller}: read {secret} ({one})");
        }
    }

    private void Note(bool isOutside, string what)
    {
        if (isOutside)
        {
            lock (outside)
            {
                outside.Add(what.Length > 600 ? what[..600] : what);
            }
        }
    }

    private static bool IsEmpty(string text) =>
        JsonNode.Parse(text[text.IndexOf('{', StringComparison.Ordinal)..])?["result"] is JsonObject result
        && (result["resources"] ?? result["prompts"] ?? result["resourceTemplates"] ?? result["completion"]?["values"])
            is JsonArray { Count: 0 };

    private List<string> MakeUp(Dictionary<string, AttackedTool> tools)
    {
        var rights = new List<string>();
        if (random.Next(3) == 0)
        {
            rights.Add("read");
        }

        for (var i = random.Next(3); i > 0; i--)
        {
            rights.Add($"tools={Some()}");
        }

        if (random.Next(2) == 0)
        {
            rights.Add($"deny={Some()}");
        }

        if (service.Namespaces.Count > 0 && random.Next(2) == 0)
        {
            rights.Add($"namespaces={Pick(service.Namespaces)}");
        }

        return rights;

        string Some() => string.Join(' ', Enumerable.Range(0, 1 + random.Next(3)).Select(_ => PatternOf(Pick(tools.Keys.ToList()))));
    }

    // The whole name, how it begins, how it ends, or something in its middle.
    private string PatternOf(string name) =>
        random.Next(5) switch
        {
            0 => name[..(name.IndexOf('_', StringComparison.Ordinal) + 1)] + "*",
            1 => "*" + name[(name.LastIndexOf('_') + 1)..],
            2 => $"{name[0]}*{name[^1]}",
            3 => $"*{name[(name.Length / 3)..(name.Length / 2)]}*",
            _ => name,
        };

    private AttackRequest MakeUpRequest(Dictionary<string, AttackedTool> tools, NarrowCaller caller)
    {
        // Now and then one it may call: of a long list, hardly any is.
        var own = tools.Values.Where(caller.May).ToList();
        var tool = own.Count > 0 && random.Next(4) == 0 ? Pick(own) : Pick(tools.Values.ToList());
        var kind = random.Next(16);
        if (kind is 12 or 13)
        {
            var (page, name) = PageAttack.MakeUp(random, caller.Token, tool.Name);
            return new(page, Page, null, [], name);
        }

        if (kind == 14 && service.Transfers.Count > 0)
        {
            var transfer = Pick(service.Transfers);
            var sent = new HttpRequestMessage(new HttpMethod(transfer.Method), transfer.Path);
            sent.Headers.Authorization = new("Bearer", caller.Token);
            sent.Content = transfer.Body is null ? null : new StringContent(transfer.Body);
            return new(sent, Transfer, null, transfer.Tools, $"{transfer.Method} {transfer.Path}") { Space = transfer.Namespace };
        }

        var (method, parameters, called, behind) = kind switch
        {
            0 => (Pick(Methods), new JsonObject(), null, []),
            1 when service.Resources.Count > 0 && Pick(service.Resources) is var resource => (
                random.Next(3) == 0 ? "resources/subscribe" : "resources/read",
                new JsonObject { ["uri"] = resource.Uri },
                null,
                resource.Tools
            ),
            2 when service.Completion is { } completion => (
                "completion/complete",
                new JsonObject
                {
                    ["ref"] = new JsonObject { ["type"] = "ref/resource", ["uri"] = completion.Uri },
                    ["argument"] = new JsonObject { ["name"] = completion.Argument, ["value"] = "" },
                },
                null,
                completion.Tools
            ),
            3 when service.Prompt is { } prompt => ("prompts/get", new JsonObject { ["name"] = prompt.Name }, null, prompt.Tools),
            _ => (
                "tools/call",
                new JsonObject { ["name"] = OddCalls.NameOf(random, tool.Name, service.Prefix), ["arguments"] = Spiced(tool.Arguments) },
                tool,
                (IReadOnlyList<string>)[]
            ),
        };
        // An odd name of one may be the name of another: search and firecrawl_search.
        if (called is not null && tools.TryGetValue(parameters["name"]!.ToString(), out var named))
        {
            called = named;
        }

        var (body, setHeaders) = OddCalls.MakeUp(random, method, parameters, tool.Name);
        var path = Pick(service.Paths);
        var message = Post(path, body, caller.Token);
        setHeaders(message);
        return new(message, method, called, behind, $"{path} {body}");
    }

    private JsonObject Spiced(JsonObject arguments)
    {
        var spiced = arguments.DeepClone().AsObject();
        if (service.Spices.Count > 0 && random.Next(3) == 0)
        {
            var spice = Pick(service.Spices);
            spiced[spice.Name] = JsonNode.Parse(spice.Json);
        }

        return spiced;
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private static HttpRequestMessage Post(string path, string body, string token)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        message.Headers.Authorization = new("Bearer", token);
        return message;
    }

    [GeneratedRegex("\"name\":\"([a-z_]+)\",\"(?:title|description|inputSchema|annotations)")]
    private static partial Regex ListedName();

    private sealed record AttackRequest(
        HttpRequestMessage Message,
        string Method,
        AttackedTool? Tool,
        IReadOnlyList<string> Behind,
        string Text
    )
    {
        /// <summary>The namespace that a transfer is about.</summary>
        public string Space { get; init; } = "";

        public override string ToString() => Text.Length > 300 ? Text[..300] : Text;
    }
}

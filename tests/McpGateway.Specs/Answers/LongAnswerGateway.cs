using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpGateway.Testing;
using McpGateway.Tools;
using McpGateway.Tools.Answers;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Specs.Answers;

/// <summary>A gateway that answers with what a spec gives it, at any length.</summary>
public abstract partial class LongAnswerGateway
{
    private protected const string Ann = "ann-secret-0123456789abcdef0123456789abcdef";
    private protected const string Bob = "bob-secret-0123456789abcdef0123456789abcdef";

    private protected readonly Given given = new();
    private protected readonly RunningClock time = new(DateTimeOffset.UtcNow);

    public static TheoryData<string> Kinds =>
        [
            "English",
            "Japanese",
            "Hindi",
            "markdown",
            "code",
            "minified code",
            "diff",
            "log",
            "emoji",
            "base64",
            "rare ideographs",
            "any character",
        ];

    private protected Task<Gateway> StartAsync(params (string Name, string Value)[] settings) =>
        Gateway.StartAsync(
            SpecService.Definition,
            gateway =>
            {
                gateway.Services.AddSingleton(given);
                gateway.Mcp.WithTools<AnswerTools>(ToolJson.Readable).WithPrompts<AnswerPrompts>().WithResources<AnswerResources>();
            },
            new Dictionary<string, string?>(settings.Select(s => new KeyValuePair<string, string?>(s.Name, s.Value)))
            {
                ["MCP_BEARER_TOKENS"] = $"ann={Ann},bob={Bob}",
            },
            time
        );

    private protected static async Task<string> CallAsync(SpecClient client, string tool, object? arguments = null)
    {
        var result = await client.Mcp.CallToolAsync(
            tool,
            JsonSerializer.SerializeToElement(arguments ?? new { }).EnumerateObject().ToDictionary(a => a.Name, a => (object?)a.Value),
            cancellationToken: TestContext.Current.CancellationToken
        );
        var text = new SpecReply(result).Text;
        Assert.NotEqual(true, result.IsError);
        Assert.InRange(O200k.Count(result), 1, O200k.Most);
        return text;
    }

    private protected static async Task<string> FailAsync(SpecClient client, string cursor) =>
        (
            await client.CallAsync(
                "read_more",
                JsonSerializer.Serialize(new { cursor }),
                cancellationToken: TestContext.Current.CancellationToken
            )
        ).Error;

    private protected static string? CursorOf(string part) =>
        part.StartsWith('{') ? (string?)JsonNode.Parse(part)!["moreCursor"]
        : CutNotice().Match(part) is { Success: true } match ? match.Groups[1].Value
        : null;

    private protected static async Task<(int Parts, string Text)> ReadTextAsync(SpecClient client, string tool)
    {
        var text = "";
        var part = await CallAsync(client, tool);
        for (var parts = 1; ; parts++)
        {
            text += part[(part.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
            if (CutNotice().Match(part) is not { Success: true } match)
            {
                return (parts, text);
            }

            part = await CallAsync(client, "read_more", new { cursor = match.Groups[1].Value });
        }
    }

    private protected static async Task<(JsonObject First, List<JsonNode> Pieces)> ReadJsonAsync(SpecClient client, string tool)
    {
        var first = JsonNode.Parse(await CallAsync(client, tool))!.AsObject();
        var pieces = new List<JsonNode>();
        for (var cursor = (string?)first["moreCursor"]; cursor is not null; )
        {
            var part = JsonNode.Parse(await CallAsync(client, "read_more", new { cursor }))!;
            pieces.AddRange(part["continued"]!.AsArray()!);
            cursor = (string?)part["moreCursor"];
        }

        return (first, pieces);
    }

    [GeneratedRegex("""^\[Cut: [^\]]*"cursor":"([0-9a-f.]+)""")]
    private protected static partial Regex CutNotice();

    [GeneratedRegex("\n- ([0-9a-f.]+)")]
    private protected static partial Regex ListedCursor();
}

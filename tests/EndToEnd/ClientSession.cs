using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>What a client of tests/EndToEnd/clients reports of one conversation.</summary>
/// <param name="Server">The name the server gave.</param>
/// <param name="Protocol">The revision both agreed on.</param>
/// <param name="Tools">The names of the tools listed.</param>
/// <param name="Results">The result of each call, in order.</param>
public sealed record ClientSession(string? Server, string? Protocol, IReadOnlyList<string> Tools, IReadOnlyList<JsonNode> Results)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Lets a client connect, list the tools and make <paramref name="calls"/>.</summary>
    /// <param name="client">The file name of the client, without its extension.</param>
    /// <param name="cancellationToken">Ends the client; by default the test does.</param>
    public static async Task<ClientSession> HoldAsync(
        string client,
        Uri url,
        string? token,
        IEnumerable<ToolCall> calls,
        CancellationToken? cancellationToken = null
    )
    {
        string[] arguments = token is null ? [url.AbsoluteUri] : [url.AbsoluteUri, token];
        var finished = await NodeProgram.RunClientAsync(
            $"{client}.mjs",
            arguments,
            JsonSerializer.Serialize(calls, Web),
            cancellationToken ?? TestContext.Current.CancellationToken
        );
        return JsonSerializer.Deserialize<ClientSession>(finished.Succeeded(), Web)!;
    }

    /// <summary>The structured content of a call that must have succeeded; its text where the tool declares no output schema.</summary>
    public string Structured(int call)
    {
        Assert.False(Results[call]["isError"]?.GetValue<bool>() ?? false, Results[call].ToJsonString());
        return Results[call]["structuredContent"]?.ToJsonString() ?? Results[call]["content"]![0]!["text"]!.GetValue<string>();
    }
}

/// <summary>A call of one tool.</summary>
public sealed record ToolCall(string Name, object Arguments);

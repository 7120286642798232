using System.Collections.Concurrent;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NJsonSchema;
using Xunit;

namespace McpGateway.Testing;

/// <summary>
/// A real MCP client that holds the gateway to its word: every reply must satisfy the output schema its tool declares.
/// With a <see cref="RunningClock"/> the gateway's clock runs while a call lasts.
/// </summary>
public sealed class SpecClient : IAsyncDisposable
{
    // By their texts: gateways of one service have the same ones.
    private static readonly ConcurrentDictionary<string, Task<JsonSchema>> Schemas = new(StringComparer.Ordinal);

    private readonly McpClient client;
    private readonly RunningClock? time;
    private readonly Dictionary<string, string> outputs;

    private readonly Gateway gateway;
    private readonly string? token;

    private SpecClient(
        Gateway gateway,
        string? token,
        McpClient client,
        IList<McpClientTool> tools,
        Dictionary<string, string> outputs,
        RunningClock? time
    )
    {
        this.gateway = gateway;
        this.token = token;
        this.client = client;
        this.time = time;
        this.outputs = outputs;
        Tools = tools;
    }

    /// <summary>What tools/list answered.</summary>
    public IList<McpClientTool> Tools { get; }

    public McpClient Mcp => client;

    public static async Task<SpecClient> ConnectAsync(Gateway gateway, string? token = null, RunningClock? time = null)
    {
        var client = await gateway.ConnectAsync(token);
        var tools = await client.ListToolsAsync();
        var outputs = tools
            .Where(tool => tool.ProtocolTool.OutputSchema is not null)
            .ToDictionary(tool => tool.Name, tool => tool.ProtocolTool.OutputSchema!.Value.GetRawText());
        return new(gateway, token, client, tools, outputs, time);
    }

    /// <summary>Calls a tool with arguments as JSON, and checks the reply against the tool's output schema.</summary>
    public async Task<SpecReply> CallAsync(
        string tool,
        string arguments = "{}",
        IProgress<ModelContextProtocol.ProgressNotificationValue>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        var result = await RunClockAsync(client.CallToolAsync(tool, values, progress, cancellationToken: cancellationToken).AsTask());
        if (result.IsError != true && outputs.GetValueOrDefault(tool) is { } output)
        {
            var schema = await Schemas.GetOrAdd(output, text => JsonSchema.FromJsonAsync(text));
            Assert.True(result.StructuredContent is not null, $"{tool} declares an output schema and replied without structured content.");
            ICollection<NJsonSchema.Validation.ValidationError> errors;
            lock (schema)
            {
                errors = schema.Validate(result.StructuredContent!.Value.GetRawText());
            }

            Assert.True(errors.Count == 0, $"{tool} breaks its own output schema: {string.Join("; ", errors)}\n{result.StructuredContent}");
        }

        return new(result);
    }

    /// <summary>
    /// Calls a tool, and reads the progress and the result as they go over the wire: a client library handles messages side by
    /// side, and drops progress that it gets to after the result.
    /// </summary>
    public async Task<(IReadOnlyList<JsonElement> Progress, JsonElement Result)> FollowAsync(string tool, string arguments)
    {
        var call =
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"TOOL","arguments":ARGUMENTS,"_meta":{"progressToken":1}}}"""
                .Replace("TOOL", tool, StringComparison.Ordinal)
                .Replace("ARGUMENTS", arguments, StringComparison.Ordinal);
        using var response = await RunClockAsync(
            gateway.PostAsync(call, token, request => request.Headers.Add("Accept", "application/json, text/event-stream"))
        );
        var messages = SseParser
            .Create(await response.Content.ReadAsStreamAsync(), (_, data) => JsonSerializer.Deserialize<JsonElement>(data))
            .Enumerate()
            .Select(item => item.Data)
            .ToList();
        return ([.. messages.SkipLast(1).Select(message => message.GetProperty("params"))], messages[^1].GetProperty("result"));
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private Task<T> RunClockAsync<T>(Task<T> call) => time is null ? call.WaitAsync(Hang.After) : time.WhileAsync(call);
}

/// <summary>A tool's reply.</summary>
public sealed partial class SpecReply(CallToolResult result)
{
    public bool IsError => result.IsError == true;

    /// <summary>The text a client without structured content reads.</summary>
    public string Text => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));

    public CallToolResult Result => result;

    /// <summary>What a call that must have succeeded answered: its structured content, or the text where nothing is sent twice.</summary>
    public JsonElement Json
    {
        get
        {
            Assert.False(IsError, Text);
            return result.StructuredContent
                ?? JsonSerializer.SerializeToElement(WithTexts(JsonNode.Parse(Texts.Last(text => text.StartsWith('{')))!));
        }
    }

    private IReadOnlyList<string> Texts => [.. result.Content.OfType<TextContentBlock>().Select(block => block.Text)];

    /// <summary>The sentence of a call that must have failed.</summary>
    public string Error
    {
        get
        {
            Assert.True(IsError, $"An error was expected, not: {Text}");
            return Text;
        }
    }

    /// <summary>The data, with the texts that have blocks of their own back in their places.</summary>
    private JsonNode WithTexts(JsonNode data)
    {
        foreach (var (name, value) in data is JsonObject members ? members.ToList() : [])
        {
            data[name] = value is null ? null : PutBack(value);
        }

        for (var i = 0; data is JsonArray items && i < items.Count; i++)
        {
            items[i] = items[i] is { } item ? PutBack(item) : null;
        }

        return data;
    }

    private JsonNode PutBack(JsonNode value) =>
        value.GetValueKind() != JsonValueKind.String ? WithTexts(value.DeepClone())
        : TextPlace().Match((string)value!) is { Success: true } place
            ? TextAt(int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture))
        : value.DeepClone();

    /// <summary>One by itself is the first block; each of several follows what announces it.</summary>
    private string TextAt(int number) =>
        Texts
            .SkipWhile(text => !text.StartsWith($"text {number} of this result, ", StringComparison.Ordinal))
            .Skip(1)
            .FirstOrDefault(Texts[0]);

    [GeneratedRegex(@"^\(text (\d+) of this result\)$")]
    private static partial Regex TextPlace();
}

using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static ModelContextProtocol.Protocol.ElicitRequestParams;

namespace ConformanceGateway.Rounds;

/// <summary>What a tool asks for by an <c>input_required</c> result (2026-07-28), and how it reads the answers.</summary>
internal static class Questions
{
    /// <summary>Asks the person for one text.</summary>
    public static InputRequest Text(string message, string field) => Elicit(message, field, new StringSchema());

    /// <summary>Asks the person for a yes or no.</summary>
    public static InputRequest Confirm(string message) => Elicit(message, "ok", new BooleanSchema());

    /// <summary>Asks the client's model.</summary>
    public static InputRequest Sample(string prompt) =>
        InputRequest.ForSampling(
            new()
            {
                Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] }],
                MaxTokens = 100,
            }
        );

    /// <summary>Asks for the client's roots.</summary>
    public static InputRequest Roots() => InputRequest.ForRootsList(new());

    /// <summary>The text the person gave under <paramref name="key"/>; null when there is no such answer, so that it is asked for again.</summary>
    public static string? TextOf(IDictionary<string, InputResponse>? answers, string key, string field) =>
        answers?.TryGetValue(key, out var answer) == true
        && answer.RawValue is { ValueKind: JsonValueKind.Object } result
        && result.TryGetProperty("content", out var content)
        && content.ValueKind == JsonValueKind.Object
        && content.TryGetProperty(field, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Whether the client has answered under <paramref name="key"/>.</summary>
    public static bool HasAnswer(this RequestContext<CallToolRequestParams> context, string key) =>
        context.Params.InputResponses?.TryGetValue(key, out var answer) == true && answer.RawValue.ValueKind == JsonValueKind.Object;

    private static InputRequest Elicit(string message, string field, PrimitiveSchemaDefinition schema) =>
        InputRequest.ForElicitation(
            new()
            {
                Message = message,
                RequestedSchema = new() { Properties = { [field] = schema }, Required = [field] },
            }
        );
}

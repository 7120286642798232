using System.Text.Json.Nodes;
using McpGateway.Text;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Arguments;

/// <summary>
/// Arguments that a message has beside <c>arguments</c>, as calls written by hand do. The SDK passes over them, and a tool or prompt that can do
/// without them would run as if none were given.
/// </summary>
internal static class MisplacedArguments
{
    private const int LongestName = 50;

    // What params of these methods have in one revision or another.
    private static readonly string[] OfProtocol = ["name", "arguments", "_meta", "task", "inputResponses", "requestState"];

    public static McpMessageHandler Refuse(McpMessageHandler next) =>
        (context, cancellationToken) =>
            context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.ToolsCall or RequestMethods.PromptsGet } request
            && request.Params is JsonObject call
            && Find(request.Method, call, context.Server.ServerOptions) is { } misplaced
                ? throw new McpProtocolException(
                    $"The params of '{request.Method}' have '{Cut.To(misplaced, LongestName)}' beside 'name', where nothing reads it: "
                        + "arguments belong in 'arguments'. Nothing was done.",
                    McpErrorCode.InvalidParams
                )
                : next(context, cancellationToken);

    private static string? Find(string method, JsonObject call, McpServerOptions server)
    {
        // Each call passes here.
        foreach (var (name, value) in call)
        {
            if (value is not null && !OfProtocol.Contains(name) && !ClientFields.Contains(name) && IsArgument(name, method, call, server))
            {
                return name;
            }
        }

        return null;
    }

    private static bool IsArgument(string name, string method, JsonObject call, McpServerOptions server)
    {
        var given = call["arguments"] as JsonObject ?? [];
        return given.Count == 0 && ClientFields.AreArguments(name)
            || !given.ContainsKey(name) && IsKnown(name, method, call["name"], server);
    }

    private static bool IsKnown(string name, string method, JsonNode? target, McpServerOptions server) =>
        target is JsonValue value
        && value.TryGetValue<string>(out var called)
        && (
            method == RequestMethods.ToolsCall
                ? server.ToolCollection?.TryGetPrimitive(called, out var tool) == true && InputSchemas.Of(tool).Find(name) is not null
                : server.PromptCollection?.TryGetPrimitive(called, out var prompt) == true
                    && prompt.ProtocolPrompt.Arguments?.Any(argument => argument.Name == name) == true
        );
}

using System.Reflection;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Arguments;

/// <summary>
/// Reads arguments the way clients send them: null means absent and what the tool does not know is ignored (n8n sends
/// both), and an id may come as the number it looks like. What remains must fit the tool's input schema; if not, the model is told which field, what came and what is wanted.
/// </summary>
internal static class ArgumentFilter
{
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            if (request.MatchedPrimitive is not McpServerTool tool)
            {
                return await next(request, cancellationToken);
            }

            var arguments = Read(request.Params.Arguments, tool.ProtocolTool.InputSchema);
            request.Params.Arguments = arguments;
            if (InputSchema.FindProblem(tool.ProtocolTool.InputSchema, arguments) is { } problem)
            {
                throw Refused(request.Params.Name, problem);
            }

            try
            {
                return await next(request, cancellationToken);
            }
            catch (JsonException) when (FindUnreadable(tool, arguments) is { } unreadable)
            {
                throw Refused(request.Params.Name, unreadable);
            }
        };

    private static McpException Refused(string tool, string problem) => new($"Invalid arguments for tool {tool}: {problem}");

    // What no schema says: a number too large for its type, an invalid date. Only looked for once the call has failed.
    private static string? FindUnreadable(McpServerTool tool, Dictionary<string, JsonElement> arguments)
    {
        foreach (var parameter in tool.Metadata.OfType<MethodInfo>().SelectMany(method => method.GetParameters()))
        {
            if (parameter.Name is not { } name || !arguments.TryGetValue(name, out var value))
            {
                continue;
            }

            try
            {
                value.Deserialize(McpJsonUtilities.DefaultOptions.GetTypeInfo(parameter.ParameterType));
            }
            catch (JsonException e)
            {
                var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
                return $"Invalid input: {InputSchema.Describe(value)} at {name}{e.Path?.TrimStart('$')} cannot be read as {type.Name}";
            }
        }

        return null;
    }

    private static Dictionary<string, JsonElement> Read(IDictionary<string, JsonElement>? arguments, JsonElement schema)
    {
        var given = new Dictionary<string, JsonElement>();
        foreach (var (name, value) in arguments ?? new Dictionary<string, JsonElement>())
        {
            if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            {
                given.Add(name, InputSchema.WithTextualIds(schema, name, value));
            }
        }

        return given;
    }
}

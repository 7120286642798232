using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Mcp;

/// <summary>
/// Reads arguments the way clients send them: null means absent and what the tool does not know is ignored (n8n sends
/// both). What remains must fit the tool's input schema; if not, the model is told which field, what came and what is wanted.
/// </summary>
internal static class ArgumentFilter
{
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(McpRequestHandler<CallToolRequestParams, CallToolResult> next) =>
        (request, cancellationToken) =>
        {
            if (request.MatchedPrimitive is McpServerTool tool)
            {
                var arguments = WithoutNulls(request.Params.Arguments);
                request.Params.Arguments = arguments;
                if (InputSchema.FindProblem(tool.ProtocolTool.InputSchema, arguments) is { } problem)
                {
                    throw new McpException($"Invalid arguments for tool {request.Params.Name}: {problem}");
                }
            }

            return next(request, cancellationToken);
        };

    private static Dictionary<string, JsonElement> WithoutNulls(IDictionary<string, JsonElement>? arguments)
    {
        var given = new Dictionary<string, JsonElement>();
        foreach (var (name, value) in arguments ?? new Dictionary<string, JsonElement>())
        {
            if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            {
                given.Add(name, value);
            }
        }

        return given;
    }
}

using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Arguments;

/// <summary>Says which argument a prompt lacks or got empty, or in another form than text, which the SDK calls an internal error.</summary>
internal static class PromptArgumentFilter
{
    public static McpRequestHandler<GetPromptRequestParams, GetPromptResult> Create(
        McpRequestHandler<GetPromptRequestParams, GetPromptResult> next
    ) =>
        (request, cancellationToken) =>
        {
            if (request.MatchedPrimitive is McpServerPrompt { ProtocolPrompt: var prompt })
            {
                foreach (var argument in prompt.Arguments ?? [])
                {
                    Check(prompt, argument, request.Params.Arguments);
                }
            }

            return next(request, cancellationToken);
        };

    private static void Check(Prompt prompt, PromptArgument argument, IDictionary<string, JsonElement>? given)
    {
        var value = given?.TryGetValue(argument.Name, out var found) == true ? found : default;
        if (
            value.ValueKind is JsonValueKind.Undefined
                ? argument.Required == true
                : value.ValueKind is not JsonValueKind.String || (argument.Required == true && Absence.IsBlank(value))
        )
        {
            throw new McpProtocolException(
                $"The prompt '{prompt.Name}' requires the string argument '{argument.Name}'.",
                McpErrorCode.InvalidParams
            );
        }
    }
}

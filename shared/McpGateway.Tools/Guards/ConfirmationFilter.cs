using System.Text.Json;
using McpGateway.Text;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Guards;

/// <summary>
/// Asks the person before a destructive tool runs, where the client can pass the question on; whoever cannot is served as
/// if nobody asked. The SDK carries the question: as an input_required result on 2026-07-28, as an elicitation request
/// within a session on older revisions.
/// </summary>
public static class ConfirmationFilter
{
    private const string Question = "confirm";
    private const int LongestQuote = 500;
    private const string FirstRevisionWithRounds = "2026-07-28";

    internal static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        (request, cancellationToken) =>
            request.MatchedPrimitive is McpServerTool { ProtocolTool: var tool } && IsDestructive(tool) && CanAsk(request)
                ? ActionOf(request.Params.InputResponses) switch
                {
                    "accept" => next(request, cancellationToken),
                    "decline" => throw new McpException(
                        $"The user declined: '{tool.Name}' did not run and nothing was changed. Do not try again unless the user asks for it."
                    ),
                    "cancel" => throw new McpException(
                        $"The question whether '{tool.Name}' may run was closed unanswered: it did not run and nothing was changed. Ask the user before "
                            + "you try again. A client without a person in front of it (headless, CI) closes every question: there, the operator "
                            + "of this gateway decides with CONFIRM_DESTRUCTIVE=never whether destructive tools run without one."
                    ),
                    _ => throw new InputRequiredException(new Dictionary<string, InputRequest> { [Question] = Ask(tool, request.Params) }),
                }
                : next(request, cancellationToken);

    /// <summary>Whether a person was asked about this very call and agreed, for what must not happen without.</summary>
    public static bool WasGiven(RequestContext<CallToolRequestParams> request) =>
        CanAsk(request) && ActionOf(request.Params.InputResponses) == "accept";

    private static bool IsDestructive(Tool tool) => tool.Annotations is { DestructiveHint: true, ReadOnlyHint: not true };

    private static bool CanAsk(RequestContext<CallToolRequestParams> request) =>
        request.Server.ClientCapabilities?.Elicitation?.Form is not null
        && request.Services!.GetRequiredService<IOptions<McpOptions>>().Value.ConfirmDestructive == DestructiveConfirmation.Auto
        // Within a session a question is a request of the server's own, which a client that accepts only one JSON object would never see;
        // on revision 2026-07-28 it is the response itself.
        && (
            string.CompareOrdinal(request.Server.NegotiatedProtocolVersion, FirstRevisionWithRounds) >= 0
            || !JsonReply.IsUsedFor(request.Services!.GetRequiredService<IHttpContextAccessor>().HttpContext)
        );

    private static string? ActionOf(IDictionary<string, InputResponse>? answers) =>
        answers?.TryGetValue(Question, out var answer) == true
        && answer.RawValue is { ValueKind: JsonValueKind.Object } result
        && result.TryGetProperty("action", out var action)
        && action.ValueKind == JsonValueKind.String
            ? action.GetString()
            : null;

    private static InputRequest Ask(Tool tool, CallToolRequestParams call) =>
        InputRequest.ForElicitation(
            new()
            {
                Message =
                    $"Run '{tool.Title ?? tool.Annotations?.Title ?? tool.Name}'? It deletes or overwrites data. Arguments: {Quote(call.Arguments)}",
                RequestedSchema = new(),
            }
        );

    private static string Quote(IDictionary<string, JsonElement>? arguments)
    {
        var text = JsonSerializer.Serialize(arguments ?? new Dictionary<string, JsonElement>(), ToolJson.Readable);
        return Cut.To(text, LongestQuote);
    }
}

using System.Text.Json;
using McpGateway.Authentication;
using McpGateway.Text;
using McpGateway.Tools.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Guards;

/// <summary>
/// Asks a person before a destructive tool runs: the user, where the client can pass the question on, or the operator on a page
/// (<see cref="ApprovalDesk"/>), as <c>CONFIRM_DESTRUCTIVE</c> and the rights of the caller say. The SDK carries the client's question:
/// as an input_required result on 2026-07-28, as an elicitation request within a session on older revisions.
/// </summary>
public static class ConfirmationFilter
{
    private const string Question = "confirm";
    private const string Confirmed = "confirmed";
    private const int LongestQuote = 500;
    private const string FirstRevisionWithRounds = "2026-07-28";

    internal static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            if (request.MatchedPrimitive is McpServerTool { ProtocolTool: var tool } && WhoIsAsked(request, tool) is { } asked)
            {
                switch (asked)
                {
                    case Asked.Already:
                        break;
                    case Asked.User:
                        await CheckAnswerAsync(request, tool, cancellationToken);
                        break;
                    case Asked.Operator:
                        await request.Services!.GetRequiredService<ApprovalDesk>().AwaitYesAsync(request, tool, cancellationToken);
                        break;
                    default:
                        throw new McpException(
                            $"'{tool.Name}' deletes or overwrites data and runs on this gateway only after a person has agreed "
                                + "(CONFIRM_DESTRUCTIVE=always), and "
                                + "this client cannot pass the question on. Nothing was done. The operator can set "
                                + "CONFIRM_DESTRUCTIVE=page to agree on a page instead."
                        );
                }

                request.Items[Confirmed] = true;
            }

            return await next(request, cancellationToken);
        };

    /// <summary>Whether a person was asked about this very call and agreed, for what must not happen without.</summary>
    public static bool WasGiven(RequestContext<CallToolRequestParams> request) => request.Items.ContainsKey(Confirmed);

    private static Asked? WhoIsAsked(RequestContext<CallToolRequestParams> request, Tool tool) =>
        request.User.IsOperator() ? Asked.Already
        : request.User.GetRights().Approve.Match(tool.Name) ? Asked.Operator
        : tool.Annotations is not { DestructiveHint: true, ReadOnlyHint: not true } ? null
        : (request.Services!.GetRequiredService<IOptions<McpOptions>>().Value.ConfirmDestructive, CanAsk(request)) switch
        {
            (DestructiveConfirmation.Never, _) => null,
            (_, true) => Asked.User,
            (DestructiveConfirmation.Page, _) => Asked.Operator,
            (DestructiveConfirmation.Always, _) => Asked.Nobody,
            _ => null,
        };

    private static bool CanAsk(RequestContext<CallToolRequestParams> request) =>
        request.Server.ClientCapabilities?.Elicitation?.Form is not null
        // Within a session a question is a request of the server's own, which a client that accepts only one JSON object would never see;
        // on revision 2026-07-28 it is the response itself.
        && (
            string.CompareOrdinal(request.Server.NegotiatedProtocolVersion, FirstRevisionWithRounds) >= 0
            || !JsonReply.IsUsedFor(request.Services!.GetRequiredService<IHttpContextAccessor>().HttpContext)
        );

    private static async Task CheckAnswerAsync(
        RequestContext<CallToolRequestParams> request,
        Tool tool,
        CancellationToken cancellationToken
    )
    {
        switch (ActionOf(request.Params.InputResponses))
        {
            case "accept":
                return;
            case "decline":
                throw new McpException(
                    $"The user declined: '{tool.Name}' did not run and nothing was changed. Do not try again unless the user asks for it."
                );
            case "cancel":
                throw new McpException(
                    $"The question whether '{tool.Name}' may run was closed unanswered: it did not run and nothing was changed. Ask the user before "
                        + "you try again. A client without a person in front of it (headless, CI) closes every question: there, the operator "
                        + "of this gateway decides with CONFIRM_DESTRUCTIVE=never whether destructive tools run without one."
                );
            default:
                var names = await request.Services!.GetRequiredService<ThingFinder>().FindAsync(request, tool, cancellationToken);
                var about = ThingFinder.ForCaller(request, names);
                throw new InputRequiredException(new Dictionary<string, InputRequest> { [Question] = Ask(tool, request.Params, about) });
        }
    }

    private static string? ActionOf(IDictionary<string, InputResponse>? answers) =>
        answers?.TryGetValue(Question, out var answer) == true
        && answer.RawValue is { ValueKind: JsonValueKind.Object } result
        && result.TryGetProperty("action", out var action)
        && action.ValueKind == JsonValueKind.String
            ? action.GetString()
            : null;

    private static InputRequest Ask(Tool tool, CallToolRequestParams call, string about) =>
        InputRequest.ForElicitation(
            new()
            {
                Message =
                    $"Run '{tool.Title ?? tool.Annotations?.Title ?? tool.Name}'{about}? It deletes or overwrites data. Arguments: {Quote(call.Arguments)}",
                RequestedSchema = new(),
            }
        );

    private static string Quote(IDictionary<string, JsonElement>? arguments)
    {
        var text = JsonSerializer.Serialize(
            arguments ?? new Dictionary<string, JsonElement>(),
            PlainValues.Readable.IDictionaryStringJsonElement
        );
        return Cut.To(Visible.Of(text), LongestQuote);
    }

    private enum Asked
    {
        /// <summary>The operator makes the call itself, on a page that asks before.</summary>
        Already,
        User,
        Operator,
        Nobody,
    }
}

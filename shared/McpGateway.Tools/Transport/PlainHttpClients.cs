using System.Buffers;
using System.IO.Pipelines;
using McpGateway.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace McpGateway.Tools.Transport;

/// <summary>
/// Lets clients in that speak less than the whole transport (curl, n8n, a webhook): reads and checks the body first, so
/// that bad input gets its proper response, completes a terse <c>initialize</c>, and replies with one JSON object
/// to whoever does not ask for an event stream. docs/decisions/0005-plain-clients.md
/// </summary>
internal sealed class PlainHttpClients(
    RequestDelegate next,
    IOptions<GatewayOptions> options,
    GatewayService service,
    BodyBudget budget,
    IOptions<McpOptions> mcp,
    StopDeadline stop,
    TimeProvider time
)
{
    private const string EventStream = "text/event-stream";
    private const string BothMediaTypes = $"application/json, {EventStream}";
    private const string SessionHeader = "Mcp-Session-Id";
    private const string VersionHeader = "MCP-Protocol-Version";
    private const string FirstVersionWithoutSessions = "2026-07-28";

    private readonly bool keepsSessions = mcp.Value.Sessions == SessionMode.Hybrid;
    private readonly int largest = options.Value.LargestRequest(service);

    public Task InvokeAsync(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) ? PostAsync(context)
        : LacksSession(context.Request) ? RefuseWithoutSessionAsync(context)
        : HttpMethods.IsGet(context.Request.Method) ? StreamAsync(context)
        : SseKeepAlive.RunAsync(context, next, time);

    /// <summary>The event stream of a session.</summary>
    private Task StreamAsync(HttpContext context)
    {
        if (AcceptHeader.Of(context.Request, EventStream).Quality == 0)
        {
            return JsonRpcErrors.WriteAsync(
                context,
                StatusCodes.Status406NotAcceptable,
                JsonRpcErrors.InvalidRequest,
                $"GET opens the event stream of a session, which this request does not accept: send 'Accept: {EventStream}'."
            );
        }

        context.Request.Headers.Accept = EventStream;
        return SseKeepAlive.RunAsync(context, next, time);
    }

    private async Task PostAsync(HttpContext context)
    {
        if (!MediaType.IsUtf8Json(context.Request.ContentType))
        {
            await JsonRpcErrors.WriteAsync(
                context,
                StatusCodes.Status415UnsupportedMediaType,
                JsonRpcErrors.InvalidRequest,
                (
                    string.IsNullOrEmpty(context.Request.ContentType)
                        ? "The request has no Content-Type"
                        : $"Content-Type '{context.Request.ContentType}' is not supported"
                ) + ": send 'Content-Type: application/json' in UTF-8."
            );
            return;
        }

        if (!await TakeInAsync(context))
        {
            return;
        }

        // The transport would trip over a charset in quotation marks.
        context.Request.ContentType = "application/json";
        var asksForEvents = AsksForEvents(context.Request);
        context.Request.Headers.Accept = BothMediaTypes;
        using var call = new StoppedCall(context, stop);
        await (asksForEvents ? SseKeepAlive.RunAsync(context, next, time, call) : JsonReply.RunAsync(context, next, time, call));
    }

    /// <summary>
    /// Whether events are what a client takes best. A strict one names both forms alike, and gets them; a wildcard is how a plain client says that it
    /// has not thought of events.
    /// </summary>
    private static bool AsksForEvents(HttpRequest request)
    {
        if (request.Headers.Accept is [] or [BothMediaTypes] or ["*/*"] or ["application/json"])
        {
            return request.Headers.Accept is [BothMediaTypes];
        }

        var (json, events) = (AcceptHeader.Of(request, "application/json"), AcceptHeader.Of(request, EventStream));
        return events.Quality > 0 && (json.Quality == 0 || (events.IsNamed && events.Quality >= json.Quality));
    }

    /// <summary>Reads the body and checks it.</summary>
    /// <returns>False where it was refused.</returns>
    private async Task<bool> TakeInAsync(HttpContext context)
    {
        if (await RequestBody.ReadAsync(context.Request, largest, budget) is not { } body)
        {
            context.Response.Headers.Connection = "close";
            await JsonRpcErrors.WriteAsync(
                context,
                StatusCodes.Status413PayloadTooLarge,
                JsonRpcErrors.InvalidRequest,
                $"The request body is larger than {largest} bytes (MAX_REQUEST_BYTES): send less at once."
            );
            return false;
        }

        await budget.EnterParsingAsync(context, body);
        var message = IncomingMessage.Inspect(body);
        JsonRpcErrors.RememberId(context, message.Id);
        if (message.Problem is { } problem)
        {
            await JsonRpcErrors.WriteAsync(context, StatusCodes.Status400BadRequest, message.ErrorCode, problem);
            return false;
        }

        if (!message.IsInitialize && LacksSession(context.Request))
        {
            await RefuseWithoutSessionAsync(context);
            return false;
        }

        AdaptHeaders(context.Request.Headers, message);
        // The only one to hold the body, until it has been read: a call may take long after that, and its body be large.
        context.Features.Set<IRequestBodyPipeFeature>(new WholeBody(message.Body));
        context.Request.ContentLength = message.Body.Count;
        if (LargeMessage.IsOne(message.Body.Count))
        {
            LargeMessage.Tidy();
            context.Response.OnCompleted(static () =>
            {
                LargeMessage.Tidy();
                return Task.CompletedTask;
            });
        }

        return true;
    }

    private void AdaptHeaders(IHeaderDictionary headers, IncomingMessage message)
    {
        if (!keepsSessions)
        {
            // Left over from a server with sessions. The transport would respond with 400, from which no client recovers by itself;
            // without state nothing of it can be stale, so the request is as good as any other.
            headers.Remove(SessionHeader);
        }

        if (message.RefusedVersion is { } version && headers[VersionHeader] == version)
        {
            // The same wish once more, which the handshake is about to answer.
            headers.Remove(VersionHeader);
        }
    }

    /// <summary>Whether a request is of a revision that knows sessions: where the gateway keeps them, it belongs to one or begins one.</summary>
    public static bool KnowsSessions(HttpRequest request) =>
        string.CompareOrdinal(request.Headers[VersionHeader].ToString(), FirstVersionWithoutSessions) < 0;

    /// <summary>A body as one piece. Else the transport would get it by pieces of 4 kB, and begin anew whenever there are twice as many.</summary>
    private sealed class WholeBody(ReadOnlyMemory<byte> body) : IRequestBodyPipeFeature
    {
        public PipeReader Reader { get; } = PipeReader.Create(new ReadOnlySequence<byte>(body));
    }

    // The transport would say so in terms of its own settings.
    private bool LacksSession(HttpRequest request) =>
        keepsSessions && string.IsNullOrWhiteSpace(request.Headers[SessionHeader]) && KnowsSessions(request);

    private static Task RefuseWithoutSessionAsync(HttpContext context) =>
        JsonRpcErrors.WriteAsync(
            context,
            StatusCodes.Status400BadRequest,
            JsonRpcErrors.InvalidRequest,
            $"This gateway keeps sessions (MCP_SESSIONS=hybrid): send 'initialize' first, and the {SessionHeader} header of its response "
                + "with every further request. To serve calls without a handshake, the operator sets MCP_SESSIONS=stateless."
        );
}

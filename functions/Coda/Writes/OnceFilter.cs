using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Authentication;
using McpGateway.Upstream.Calls;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Coda.Writes;

/// <summary>Makes each write once (<see cref="WriteJournal"/>), and follows it to its end when the caller leaves.</summary>
internal static class OnceFilter
{
    private const string RequestIdArgument = "requestId";
    private const int LongestRequestId = 200;

    // How long to wait, and where to go on: they do not make a call another one.
    private static readonly string[] Aside = [RequestIdArgument, "waitSeconds"];

    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        (request, cancellationToken) =>
            request.MatchedPrimitive is McpServerTool { ProtocolTool.Annotations.ReadOnlyHint: not true }
                ? RunAsync(next, request, cancellationToken)
                : next(request, cancellationToken);

    /// <summary>Takes a client's word that it no longer waits for a call; between stateless requests nobody else does.</summary>
    public static McpMessageHandler TakeCancellations(McpMessageHandler next) =>
        (context, cancellationToken) =>
        {
            if (
                context.JsonRpcMessage
                    is JsonRpcNotification { Method: NotificationMethods.CancelledNotification, Params: JsonObject cancelled }
                && cancelled["requestId"]?.Deserialize<RequestId>(McpJsonUtilities.DefaultOptions) is { } messageId
            )
            {
                context.Services?.GetService<WriteJournal>()?.Leave(CallerOf(context.User), messageId);
            }

            return next(context, cancellationToken);
        };

    public static string CallerOf(System.Security.Claims.ClaimsPrincipal? user) => user?.CallerName() ?? Caller.Anonymous.Name;

    private static async ValueTask<CallToolResult> RunAsync(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next,
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken
    )
    {
        var services = request.Services!;
        var journal = services.GetRequiredService<WriteJournal>();
        var caller = CallerOf(request.User);
        var arguments = request.Params.Arguments;
        var tool = request.Params.Name;
        using var left = new CancellationTokenSource();
        using var reading = new CancellationTokenSource();
        var requestId = ReadRequestId(arguments);
        var digest = DigestOf(tool, arguments);
        var (entry, isRepeated) = journal.Begin(caller, new(left, reading), tool, requestId, digest, request.JsonRpcRequest.Id);
        if (isRepeated || await journal.RestoreAsync(caller, entry))
        {
            await FollowAsync(entry, request, cancellationToken);
            // A call that was given up before it wrote leaves the work to this one.
            return entry.IsVoid
                ? await RunAsync(next, request, cancellationToken)
                : Repeat(entry, services.GetRequiredService<TimeProvider>());
        }

        WriteCall.Begin(entry.Call);
        await using var leaving = cancellationToken.Register(entry.Call.Leave);
        var result = Failed("It is not known what became of it: look before you do it again.");
        try
        {
            return result = await next(request, entry.Call.Token);
        }
        catch (McpException e)
        {
            result = Failed(e.Message);
            throw;
        }
        finally
        {
            await journal.EndAsync(caller, entry, result);
        }
    }

    public static CallToolResult Failed(string message) => new() { IsError = true, Content = [new TextContentBlock { Text = message }] };

    private static async Task FollowAsync(
        JournalEntry entry,
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken
    )
    {
        if (!entry.HasEnded && request.Params.ProgressToken is { } progress)
        {
            var told = new ProgressNotificationValue
            {
                Progress = 0,
                Message = "The same call is running already: waiting for its outcome",
            };
            await request.Server.NotifyProgressAsync(progress, told, cancellationToken: cancellationToken);
        }

        var patience = TimeSpan.FromSeconds(request.Services!.GetRequiredService<CallOptions>().DeadlineSeconds);
        var pause = request.Services!.GetRequiredService<Pause>();
        if (!await pause.WaitForAsync(entry.Ended, patience, cancellationToken))
        {
            throw new McpException(
                $"The same call is still running, and nothing was written now.{pause.Reason} Ask coda_get_mutation_status in a while."
            );
        }
    }

    private static CallToolResult Repeat(JournalEntry entry, TimeProvider time)
    {
        var age = (time.GetUtcNow() - entry.Started).TotalSeconds;
        return entry.Repeat(
            entry.RequestId is { } requestId
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"requestId='{requestId}' was used {age:0} s ago for this same call. This is its outcome; nothing was written again."
                )
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"The same call was made {age:0} s ago, and its response may not have arrived. This is its outcome; nothing "
                        + $"was written again. To do it once more, give a new requestId."
                )
        );
    }

    private static string? ReadRequestId(IDictionary<string, JsonElement>? arguments)
    {
        if (
            arguments?.TryGetValue(RequestIdArgument, out var value) != true
            || value is not { ValueKind: JsonValueKind.String }
            || value.GetString()!.Trim() is not { Length: > 0 } text
        )
        {
            return null;
        }

        if (text.Length > LongestRequestId)
        {
            throw new McpException($"requestId has {text.Length} characters: use at most {LongestRequestId}, such as a UUID.");
        }

        // Each part of a long list is a write of its own.
        return arguments.TryGetValue("continueFrom", out var from) && from.ValueKind == JsonValueKind.Number && from.GetDouble() > 0
            ? $"{text} from {from.GetRawText()}"
            : text;
    }

    private static string DigestOf(string tool, IDictionary<string, JsonElement>? arguments)
    {
        var asked = new JsonObject();
        foreach (var (name, value) in (arguments ?? new Dictionary<string, JsonElement>()).Where(pair => !Aside.Contains(pair.Key)))
        {
            asked[name] = JsonNode.Parse(value.GetRawText());
        }

        return Convert.ToHexString(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["tool"] = tool, ["arguments"] = Sorted(asked) }))
        );
    }

    /// <summary>Members in one order, whatever order they came in.</summary>
    private static JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members
                    .OrderBy(member => member.Key, StringComparer.Ordinal)
                    .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Sorted)]),
            _ => node?.DeepClone(),
        };
}

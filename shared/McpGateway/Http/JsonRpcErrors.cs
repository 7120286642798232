using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Http;

/// <summary>Errors of the transport. They carry the id of the call where <see cref="RememberId"/> has been told of it.</summary>
public static class JsonRpcErrors
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;
    public const int Stopped = -32000;

    /// <summary>The reply of an endpoint that speaks JSON-RPC.</summary>
    public static FailureReply Reply { get; } =
        new((context, failure) => WriteAsync(context, failure.Status, failure.Code, failure.Message));

    /// <summary>Notes the id of the call that this request makes, for errors on its way.</summary>
    public static void RememberId(HttpContext context, JsonElement? id)
    {
        if (id is { } known)
        {
            context.Items[typeof(JsonRpcErrors)] = known;
        }
    }

    public static Task WriteAsync(HttpContext context, int status, int code, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            EnvelopeOf(context, code, message),
            ErrorJson.Readable.Envelope,
            cancellationToken: context.RequestAborted
        );
    }

    /// <summary>The error as one JSON object, for a response that has begun.</summary>
    public static byte[] Format(HttpContext context, int code, string message) =>
        JsonSerializer.SerializeToUtf8Bytes(EnvelopeOf(context, code, message), ErrorJson.Readable.Envelope);

    private static Envelope EnvelopeOf(HttpContext context, int code, string message) =>
        new("2.0", context.Items[typeof(JsonRpcErrors)] as JsonElement?, new(code, message));

    /// <param name="Id">Null where no call is known, which JSON-RPC writes as such.</param>
    internal sealed record Envelope(string Jsonrpc, JsonElement? Id, Detail Error);

    internal sealed record Detail(int Code, string Message);
}

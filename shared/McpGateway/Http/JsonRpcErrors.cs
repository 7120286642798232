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

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

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
            new Envelope("2.0", context.Items[typeof(JsonRpcErrors)], new(code, message)),
            context.RequestAborted
        );
    }

    /// <summary>The error as one JSON object, for a response that has begun.</summary>
    public static byte[] Format(HttpContext context, int code, string message) =>
        JsonSerializer.SerializeToUtf8Bytes(new Envelope("2.0", context.Items[typeof(JsonRpcErrors)], new(code, message)), Web);

    private sealed record Envelope(string Jsonrpc, object? Id, Detail Error);

    private sealed record Detail(int Code, string Message);
}

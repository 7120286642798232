using Microsoft.AspNetCore.Http;

namespace McpGateway.Http;

/// <summary>Errors of the transport, before a message has been understood: hence without an id.</summary>
public static class JsonRpcErrors
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;

    /// <summary>The reply of an endpoint that speaks JSON-RPC.</summary>
    public static FailureReply Reply { get; } =
        new((context, failure) => WriteAsync(context, failure.Status, failure.Code, failure.Message));

    public static Task WriteAsync(HttpContext context, int status, int code, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new Envelope("2.0", null, new(code, message)), context.RequestAborted);
    }

    private sealed record Envelope(string Jsonrpc, object? Id, Detail Error);

    private sealed record Detail(int Code, string Message);
}

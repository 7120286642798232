using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Selection;

/// <summary>
/// What a session was opened with: its tools are chosen then, so that a later request at another address, or with other X-MCP headers, would be
/// served as if it had asked for nothing of its own, and write at <c>/mcp/readonly</c>. It is refused.
/// </summary>
/// <param name="Path">The address.</param>
/// <param name="Choice">What it asked of the tools.</param>
internal sealed record SessionAddress(string Path, ToolRequest Choice)
{
    public static SessionAddress Of(HttpContext context, ToolRequest choice) =>
        new(context.Request.Path.Value!.TrimEnd('/').ToLowerInvariant(), choice);

    public static McpMessageHandler Keep(McpMessageHandler next) =>
        (context, cancellationToken) =>
            context.JsonRpcMessage is JsonRpcRequest
            && ToolSelection.SessionOf(context.Server) is { } opened
            && context.Services?.GetService<IHttpContextAccessor>()?.HttpContext is { } request
            && opened.FindProblem(request) is { } problem
                ? throw new McpProtocolException(problem, McpErrorCode.InvalidRequest)
                : next(context, cancellationToken);

    private string? FindProblem(HttpContext context)
    {
        var now = Of(context, ToolRequest.Of(context));
        return now.Path != Path
                ? $"The session was opened at {Path}, and this request is for {now.Path}: open a session there with 'initialize'."
            : now.Choice != Choice && ToolRequest.HasHeaders(context.Request)
                ? "The session was opened with other X-MCP headers: send the same ones or none, or open a session with these by 'initialize'."
            : null;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Authentication;
using McpGateway.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Console.Trying;

/// <summary>
/// A client of this gateway within it: a message passes the endpoint of MCP and every filter, as one from outside would, in the operator's own
/// right. It needs no socket, so that it works under every host.
/// </summary>
internal sealed class OwnClient(EndpointDataSource endpoints, IHttpContextAccessor accessor, IServiceScopeFactory scopes)
{
    private const string Scheme = "Console";
    private const string Choosing = "/mcp/x/{toolsets}";

    /// <summary>The tools that the gateway offers.</summary>
    /// <param name="all">Also those of toolsets that a client has to ask for.</param>
    public async Task<IReadOnlyList<JsonElement>> ListToolsAsync(HttpContext outer, bool all)
    {
        var reply = await SendAsync(outer, "tools/list", new JsonObject(), all ? "all" : "default");
        return [.. ResultOf(reply).GetProperty("tools").EnumerateArray()];
    }

    /// <summary>Calls a tool.</summary>
    /// <returns>The result, or an error of JSON-RPC: a member <c>result</c> or <c>error</c>.</returns>
    public Task<JsonElement> CallToolAsync(HttpContext outer, string tool, JsonObject arguments) =>
        SendAsync(outer, "tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments }, "all");

    private async Task<JsonElement> SendAsync(HttpContext outer, string method, JsonObject parameters, string toolsets)
    {
        // The revision without a handshake, which every gateway takes, whether it keeps sessions or not.
        parameters["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28",
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
            ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "console", ["version"] = "1" },
        };
        var message = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = method,
            ["params"] = parameters,
        };
        await using var scope = scopes.CreateAsyncScope();
        using var answer = new MemoryStream();
        var response = new InnerResponse();
        var context = NewContext(outer, scope.ServiceProvider, response, answer, message, toolsets);
        try
        {
            accessor.HttpContext = context;
            await context.GetEndpoint()!.RequestDelegate!(context);
            await context.Response.CompleteAsync();
        }
        finally
        {
            accessor.HttpContext = outer;
            await response.EndAsync();
        }

        return JsonElement.Parse(answer.ToArray());
    }

    private DefaultHttpContext NewContext(
        HttpContext outer,
        IServiceProvider services,
        InnerResponse response,
        Stream answer,
        JsonObject message,
        string toolsets
    )
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        var body = JsonSerializer.SerializeToUtf8Bytes(message, PlainValues.Default.JsonObject);
        var context = new DefaultHttpContext(features)
        {
            RequestServices = services,
            RequestAborted = outer.RequestAborted,
            User = Caller.Operator.ToPrincipal(Scheme),
        };
        var request = context.Request;
        request.Method = HttpMethods.Post;
        request.Scheme = outer.Request.Scheme;
        request.Host = outer.Request.Host;
        request.Path = $"/mcp/x/{toolsets}";
        request.RouteValues["toolsets"] = toolsets;
        request.ContentType = "application/json";
        request.ContentLength = body.Length;
        request.Headers.Accept = "application/json";
        request.Headers["MCP-Protocol-Version"] = "2026-07-28";
        request.Headers["Mcp-Method"] = message["method"]!.GetValue<string>();
        if (message["params"]!["name"] is { } name)
        {
            request.Headers["Mcp-Name"] = name.GetValue<string>();
        }

        request.Body = new MemoryStream(body);
        context.SetEndpoint(FindEndpoint());
        return context;
    }

    private RouteEndpoint FindEndpoint() =>
        endpoints
            .Endpoints.OfType<RouteEndpoint>()
            .First(endpoint =>
                endpoint.RoutePattern.RawText?.TrimEnd('/') == Choosing
                && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true
            );

    private static JsonElement ResultOf(JsonElement reply) =>
        reply.TryGetProperty("result", out var result)
            ? result
            : throw new ConsoleException(
                $"The gateway refused: {(reply.TryGetProperty("error", out var error) ? error.GetProperty("message").GetString() : reply.GetRawText())}"
            );
}

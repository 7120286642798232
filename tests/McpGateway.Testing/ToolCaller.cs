using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Xunit;

namespace McpGateway.Testing;

/// <summary>Makes calls of tools as plain HTTP clients do, and reads the results as they are on the wire.</summary>
/// <param name="time">The gateway's clock, which runs while a call lasts; null: the machine's.</param>
public sealed class ToolCaller(Gateway gateway, string? token, RunningClock? time = null)
{
    /// <summary>Cases of every tool that is listed.</summary>
    public async Task<IReadOnlyList<ToolCase>> ListAsync(ToolCases cases)
    {
        var listed = await PostAsync("tools/list", new JsonObject(), asEvents: false);
        return [.. listed["tools"]!.AsArray().SelectMany(tool => cases.Of(tool!.AsObject()))];
    }

    /// <summary>Makes a call.</summary>
    /// <param name="asEvents">As an event stream, not as one JSON object.</param>
    public Task<JsonObject> CallAsync(ToolCase call, bool asEvents = false)
    {
        var calling = PostAsync(
            "tools/call",
            new JsonObject { ["name"] = call.Tool, ["arguments"] = call.Arguments.DeepClone() },
            asEvents
        );
        return time is null ? calling : time.WhileAsync(calling);
    }

    private async Task<JsonObject> PostAsync(string method, JsonObject parameters, bool asEvents)
    {
        var message = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = method,
            ["params"] = parameters,
        };
        using var response = await gateway.PostAsync(
            message.ToJsonString(),
            token,
            request => request.Headers.Accept.ParseAdd(asEvents ? "application/json, text/event-stream" : "application/json")
        );
        var body =
            response.Content.Headers.ContentType?.MediaType == "text/event-stream"
                ? SseParser.Create(await response.Content.ReadAsStreamAsync()).Enumerate().Last().Data
                : await response.Content.ReadAsStringAsync();
        var reply = JsonNode.Parse(body)!.AsObject();
        Assert.True(reply.ContainsKey("result"), $"{message.ToJsonString()}: {reply.ToJsonString()}");
        return reply["result"]!.AsObject();
    }
}

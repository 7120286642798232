using System.Net;
using System.Text.Json.Nodes;

namespace McpGateway.Specs;

/// <summary>Reads answers in as few words as a spec likes.</summary>
internal static class Replies
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<string> TextAsync(this HttpResponseMessage response) => response.Content.ReadAsStringAsync(Cancellation);

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response) => JsonNode.Parse(await response.TextAsync())!;

    /// <summary>The text a tool has answered with, of a response that is one JSON object.</summary>
    public static async Task<string> ToolTextAsync(this HttpResponseMessage response)
    {
        var json = await response.JsonAsync();
        return json["result"]?["content"]?[0]?["text"]?.GetValue<string>() ?? throw new InvalidOperationException(json.ToJsonString());
    }

    /// <summary>Asserts a JSON-RPC error of the transport, and returns its message.</summary>
    public static async Task<string> ErrorAsync(this HttpResponseMessage response, HttpStatusCode status, int code)
    {
        Assert.Equal(status, response.StatusCode);
        var error = (await response.JsonAsync())["error"]!;
        Assert.Equal(code, error["code"]!.GetValue<int>());
        return error["message"]!.GetValue<string>();
    }
}

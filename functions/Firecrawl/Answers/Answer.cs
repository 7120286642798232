using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using McpGateway.Upstream;
using McpGateway.Upstream.Calls;
using McpGateway.Upstream.Reading;

namespace Firecrawl.Answers;

/// <summary>What a model gets: the API's response as compact JSON, once, with every member the API sent.</summary>
internal static class Answer
{
    public static async Task<string> OfAsync(Task<JsonObject> answer) => Of(await answer);

    public static string Of(JsonObject answer)
    {
        Check(answer);
        if (answer.Count > 1)
        {
            answer.Remove("success");
        }

        return answer.ToJsonString(FirecrawlJson.Options);
    }

    /// <summary>A page of a list whose end the API does not tell: one that is full may have others after it.</summary>
    /// <param name="items">The list within the response.</param>
    /// <param name="size">How many were asked for at most.</param>
    /// <param name="next">The argument that goes on.</param>
    public static string OfPage(JsonObject answer, JsonNode? items, int size, string next)
    {
        if (items is JsonArray { Count: var count } && count >= size)
        {
            answer["note"] = $"There may be more than these {count}: go on with {next}.";
        }

        return Of(answer);
    }

    /// <summary>Refuses a response that says nothing, and one that says it failed although its status does not.</summary>
    /// <exception cref="UpstreamException">It is one of those.</exception>
    public static void Check(JsonObject answer)
    {
        if (answer.Count == 0)
        {
            throw Unreadable("an empty object");
        }

        // The state of a job that failed is a result, not a failure.
        if (answer["success"]?.GetValueKind() == JsonValueKind.False && !answer.ContainsKey("status"))
        {
            var said = ErrorBody.ReadMessage(JsonSerializer.SerializeToElement(answer));
            throw new UpstreamException(
                $"Firecrawl returned 200, but says that it failed{(said is null ? "." : $": {said}")}",
                HttpStatusCode.OK
            );
        }
    }

    /// <summary>The failure of a response that cannot be used, though its status is a success.</summary>
    public static UpstreamException Unreadable(string what) =>
        UnreadableResponse.Create(
            "Firecrawl",
            HttpStatusCode.OK,
            what,
            UpstreamCall.Current?.IsRead == false ? "The change may have been made: check before you try again." : "Try again later."
        );
}

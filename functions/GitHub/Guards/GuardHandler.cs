using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitHub.Api;
using McpGateway.Upstream;

namespace GitHub.Guards;

/// <summary>The outermost handler of every client that tools use: the guards judge what it sends, then clean what it is answered.</summary>
/// <param name="guards">In the order in which they judge and clean.</param>
internal sealed class GuardHandler(IReadOnlyList<IGuard> guards, GitHubHost host) : DelegatingHandler
{
    /// <summary>Where the guards let a request go to. What lies further in judges it anew where it goes elsewhere.</summary>
    public static readonly HttpRequestOptionsKey<Uri> Judged = new("GitHub.Guards.Judged");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var guarded = new GuardedRequest(request, host.PathOf(request), AskAsync);
        foreach (var guard in guards.Where(guard => guard.IsOn))
        {
            await guard.JudgeAsync(guarded, cancellationToken);
        }

        request.Options.Set(Judged, request.RequestUri!);
        var response = await base.SendAsync(request, cancellationToken);
        var readers = guards.Where(guard => guard.IsOn && guard.ReadsAnswers).ToList();
        if (readers.Count > 0 && response.IsSuccessStatusCode && await IsJsonAsync(response, cancellationToken))
        {
            await CleanAsync(readers, guarded, response, cancellationToken);
        }

        return response;

        Task<HttpResponseMessage> AskAsync(HttpRequestMessage question)
        {
            question.Options.Set(Judged, question.RequestUri!);
            return base.SendAsync(question, cancellationToken);
        }
    }

    /// <summary>A member of a response, when it is a text.</summary>
    public static string? Text(JsonNode? node, string member) =>
        node is JsonObject entry && entry[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <exception cref="UpstreamException">It is not JSON, so nobody can tell what it holds.</exception>
    public static async Task<JsonNode?> ReadJsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = await WholeBody.OfAsync(response.Content, cancellationToken);
        try
        {
            return bytes.Length == 0 ? null : JsonNode.Parse(bytes);
        }
        catch (JsonException e)
        {
            throw new UpstreamException(
                "GitHub's response is not JSON as it says, so it was not read. Try again later.",
                response.StatusCode,
                e
            );
        }
    }

    /// <summary>Whether whoever reads the response may take it for JSON: by its media type, or, where a proxy has lost that, by how it begins.</summary>
    private static async Task<bool> IsJsonAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true
        || (await WholeBody.OfAsync(response.Content, cancellationToken)).AsSpan().TrimStart(" \t\r\n\uFEFF"u8)
            is [(byte)'{' or (byte)'[', ..];

    private static async Task CleanAsync(
        List<IGuard> guards,
        GuardedRequest request,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        if (await ReadJsonAsync(response, cancellationToken) is not { } body)
        {
            return;
        }

        var changed = false;
        foreach (var guard in guards)
        {
            changed |= await guard.CleanAsync(request, response, body, cancellationToken);
        }

        if (changed)
        {
            response.Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        }
    }
}

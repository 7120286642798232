using System.Text;

namespace Benchmarks.Streams;

/// <summary>A client's session that has subscribed to the whole graph, with its stream of events.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}}""";
    private const string Subscribe =
        """{"jsonrpc":"2.0","id":2,"method":"resources/subscribe","params":{"uri":"memory://knowledge-graph"}}""";
    private const string Event = "notifications/resources/updated";

    private readonly HttpResponseMessage response;
    private readonly Stream body;

    private EventStream(string? session, HttpResponseMessage response, Stream body)
    {
        Session = session;
        this.response = response;
        this.body = body;
    }

    public string? Session { get; }

    public static async Task<EventStream> OpenAsync(HttpClient http)
    {
        var session = await PostAsync(http, Initialize, null);
        await PostAsync(http, """{"jsonrpc":"2.0","method":"notifications/initialized"}""", session);
        await PostAsync(http, Subscribe, session);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mcp");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("Mcp-Session-Id", session);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new(session, response, await response.Content.ReadAsStreamAsync());
    }

    /// <returns>The session that the response belongs to, or opened.</returns>
    public static async Task<string?> PostAsync(HttpClient http, string message, string? session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(message, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return !response.IsSuccessStatusCode || answer.Contains("\"error\":", StringComparison.Ordinal)
                ? throw new InvalidOperationException($"{(int)response.StatusCode} {answer}")
            : response.Headers.TryGetValues("Mcp-Session-Id", out var values) ? values.Single()
            : session;
    }

    /// <summary>Waits for the event that the graph has changed.</summary>
    /// <returns>False when the stream ended, or time was up, without it.</returns>
    public async Task<bool> HearAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[1_024];
        var heard = new StringBuilder();
        try
        {
            while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (heard.Append(Encoding.UTF8.GetString(buffer, 0, read)).ToString().Contains(Event, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Counted by the caller as not heard.
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await body.DisposeAsync();
        response.Dispose();
    }
}

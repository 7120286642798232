using System.Text;
using System.Text.RegularExpressions;
using Benchmarks.Pipeline;

namespace Benchmarks.Peers;

/// <summary>A server under comparison, over streamable HTTP.</summary>
/// <param name="call">The JSON-RPC message of one call; its answer contains <c>hello</c>.</param>
/// <param name="process">Its process; memory counts with all that it starts.</param>
/// <param name="owner">Ends it.</param>
internal sealed partial class Peer(string name, Uri url, string call, int process, IAsyncDisposable owner, string? token = null)
    : IAsyncDisposable
{
    private const string Accept = "application/json, text/event-stream";

    private readonly List<byte[]> requests = [];

    public string Name => name;

    public Uri Url => url;

    public Task<double> ResidentAsync() => ProcessMemory.ResidentOfFamilyAsync(process);

    /// <summary>Begins as clients do, once for each connection: with a session where the server keeps one.</summary>
    public async Task OpenAsync(int connections)
    {
        using var http = new HttpClient();
        while (requests.Count < connections)
        {
            var session = await OpenAsync(http);
            requests.Add(LoadGenerator.RequestOf(url, Accept, token, call, session is null ? [] : [$"Mcp-Session-Id: {session}"]));
        }
    }

    /// <summary>Calls on as many connections as have been opened, or fewer.</summary>
    public Task<Load> RunAsync(int connections, TimeSpan duration) =>
        new LoadGenerator(url, (connection, _) => requests[connection]).RunAsync(connections, duration);

    /// <summary>Calls a tool outside of what is measured.</summary>
    public async Task SendAsync(string message)
    {
        using var http = new HttpClient();
        using var response = await PostAsync(http, message, await OpenAsync(http));
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode || IsFailure().IsMatch(answer))
        {
            throw new InvalidOperationException($"{name}: {(int)response.StatusCode} {answer}");
        }
    }

    public ValueTask DisposeAsync() => owner.DisposeAsync();

    private async Task<string?> OpenAsync(HttpClient http)
    {
        using var response = await PostAsync(
            http,
            """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}}""",
            null
        );
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsStringAsync();
        var session = response.Headers.TryGetValues("Mcp-Session-Id", out var values) ? values.Single() : null;
        using var told = await PostAsync(http, """{"jsonrpc":"2.0","method":"notifications/initialized"}""", session);
        told.EnsureSuccessStatusCode();
        return session;
    }

    private async Task<HttpResponseMessage> PostAsync(HttpClient http, string message, string? session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(message, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd(Accept);
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        return await http.SendAsync(request);
    }

    [GeneratedRegex("\"isError\": ?true|\"error\":")]
    private static partial Regex IsFailure();
}

using System.Text;

namespace McpGateway.Specs.Fuzzing;

/// <summary>One request made of one random source: a message, mostly spoiled, with headers, mostly right.</summary>
internal sealed class FuzzedRequest
{
    /// <summary>The gateway's limit on bodies, in bytes; a few requests exceed it.</summary>
    public const int Limit = 100_000;

    private static readonly string[] ContentTypes =
    [
        "application/json; charset=utf-8",
        "application/json; charset=utf-16",
        "application/json;charset=\"utf-8\"",
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "application/json, application/json",
        "application/",
        "*/*",
        "application/json; charset=",
        "\"",
    ];

    private static readonly string[] Accepts =
    [
        "application/json, text/event-stream",
        "text/event-stream",
        "*/*",
        "application/json",
        "text/html",
        "",
        ";;;",
        "application/json;q=0, text/event-stream;q=2",
    ];

    private static readonly string[] HeaderNames =
    [
        "MCP-Protocol-Version",
        "Mcp-Method",
        "Mcp-Name",
        "Mcp-Session-Id",
        "Mcp-Param-Region",
        "Last-Event-ID",
        "Origin",
        "Authorization",
        "Content-Encoding",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "Expect",
        "Cookie",
        "Accept-Encoding",
        "Content-Language",
        "Traceparent",
    ];

    private static readonly string[] HeaderValues =
    [
        "2026-07-28",
        "2025-11-25",
        "2024-11-05",
        "1999-01-01",
        "tools/call",
        "tools/list",
        "initialize",
        "test_simple_text",
        "=?base64?dGVzdA==?=",
        "=?base64?%%%?=",
        "null",
        "http://localhost",
        "http://evil.example.com",
        "Bearer x",
        "Bearer",
        "gzip",
        "identity",
        "0",
        "-1",
        "100-continue",
        "' OR 1=1",
        "a,b,c",
        " ",
        "é",
        "%00%0d%0a",
    ];

    private static readonly string[] Methods = ["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"];

    private static readonly string[] Paths =
    [
        "/",
        "/MCP",
        "/mcp/",
        "/mcp/x",
        "/mcp?x=1",
        "/health",
        "/health/ready",
        "/.well-known/oauth-protected-resource",
        "/admin",
        "/%2e%2e/mcp",
        "/mcp%00",
    ];

    private readonly List<(string Name, string Value)> headers = [];

    public FuzzedRequest(Random random)
    {
        Body = FuzzedMessage.Create(random, Limit);
        Method = random.Next(40) == 0 ? random.Of(Methods) : "POST";
        Path = random.Next(40) == 0 ? random.Of(Paths) : "/mcp";
        ContentType = random.Next(20) == 0 ? random.Of(ContentTypes) : "application/json";
        Accept = random.Next(3) == 0 ? random.Of(Accepts) : Accepts[0];
        IsChunked = random.Next(10) == 0;
        for (var i = random.Next(5) == 0 ? random.Next(1, 4) : 0; i > 0; i--)
        {
            headers.Add((random.Of(HeaderNames), random.Next(20) == 0 ? new string('x', random.Next(4000)) : random.Of(HeaderValues)));
        }

        if (random.Next(4) != 0)
        {
            // As a client of the newest revision: headers that say what the body says.
            headers.AddRange(FuzzedMessage.StandardHeadersOf(Body));
        }
    }

    public byte[] Body { get; }

    private string Method { get; }

    private string Path { get; }

    private string ContentType { get; }

    private string Accept { get; }

    private bool IsChunked { get; }

    public HttpRequestMessage ToHttp()
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), new Uri(Path, UriKind.Relative));
        request.Content = Method is "GET" or "HEAD" or "TRACE" ? null : new ByteArrayContent(Body);
        request.Content?.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        request.Headers.TryAddWithoutValidation("Accept", Accept);
        request.Headers.TransferEncodingChunked = IsChunked && request.Content is not null ? true : null;
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    public override string ToString()
    {
        var shown = string.Join(", ", headers.Select(h => $"{h.Name}: {(h.Value.Length > 60 ? h.Value[..60] + "…" : h.Value)}"));
        var text = Encoding.Latin1.GetString(Body, 0, Math.Min(Body.Length, 500));
        return $"{Method} {Path} [{ContentType}] [Accept: {Accept}] [{shown}] {text}";
    }
}

/// <summary>Choices of a random source.</summary>
internal static class RandomChoice
{
    public static T Of<T>(this Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}

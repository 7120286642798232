using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpGateway.Testing;

/// <summary>
/// An upstream API at a loopback socket. A request that no spec has registered is returned 501 and remembered: dispose
/// throws, so that a spec cannot pass on a call nobody thought of.
/// </summary>
public sealed class StubUpstream : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, Task>>> routes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ReceivedRequest> received = new();
    private readonly ConcurrentQueue<string> unexpected = new();
    private volatile Func<HttpContext, Task>? anything;

    private static int receiving;

    private StubUpstream(WebApplication app) => this.app = app;

    /// <summary>Whether a request is on its way to any stub of this process: its sender waits for the machine alone.</summary>
    public static bool IsReceiving => Volatile.Read(ref receiving) > 0;

    /// <summary>The base URL, without a trailing slash.</summary>
    public string Url => app.Urls.First();

    /// <summary>Every request in the order of its arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Received => [.. received];

    /// <summary>Forgets the requests so far, for those who send millions.</summary>
    public void Forget() => received.Clear();

    /// <summary>Is told of every request before it is answered.</summary>
    public Action<ReceivedRequest>? OnReceived { get; set; }

    public static async Task<StubUpstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var stub = new StubUpstream(app);
        app.Run(stub.AnswerAsync);
        await app.StartAsync();
        return stub;
    }

    /// <summary>Registers an answer to a method and path, with or without query ("GET /docs?limit=2"); the last registered one repeats.</summary>
    public StubUpstream On(string methodAndPath, Func<HttpContext, Task> answer)
    {
        routes.GetOrAdd(methodAndPath, _ => new()).Enqueue(answer);
        return this;
    }

    /// <summary>Registers a JSON answer.</summary>
    public StubUpstream On(string methodAndPath, string json, int status = 200, params (string Name, string Value)[] headers) =>
        On(
            methodAndPath,
            context =>
            {
                context.Response.StatusCode = status;
                context.Response.ContentType = "application/json";
                foreach (var (name, value) in headers)
                {
                    context.Response.Headers[name] = value;
                }

                return context.Response.WriteAsync(json);
            }
        );

    /// <summary>Registers what answers every request that has no answer of its own.</summary>
    public StubUpstream OnAnything(Func<HttpContext, Task> answer)
    {
        anything = answer;
        return this;
    }

    /// <summary>
    /// An answer that closes the connection in order, once the request has been read. A client's socket sends some requests again by itself after that,
    /// and never after the reset that <see cref="HttpContext.Abort"/> makes.
    /// </summary>
    public static async Task CloseAsync(HttpContext context) =>
        await context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output.CompleteAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (!unexpected.IsEmpty)
        {
            throw new InvalidOperationException("The upstream got requests no spec registered: " + string.Join(", ", unexpected));
        }
    }

    private static async Task ReceiveAsync(HttpRequest request, MemoryStream body)
    {
        Interlocked.Increment(ref receiving);
        try
        {
            await request.Body.CopyToAsync(body);
        }
        finally
        {
            Interlocked.Decrement(ref receiving);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await ReceiveAsync(context.Request, body);
        var request = new ReceivedRequest(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray()
        );
        received.Enqueue(request);
        OnReceived?.Invoke(request);
        context.Request.Body = new MemoryStream(request.Body);

        var whole = $"{request.Method} {request.Target}";
        var path = whole.Split('?')[0];
        if (!routes.TryGetValue(whole, out var answers) && !routes.TryGetValue(path, out answers))
        {
            if (anything is { } any)
            {
                await any(context);
                return;
            }

            unexpected.Enqueue(whole);
            context.Response.StatusCode = StatusCodes.Status501NotImplemented;
            return;
        }

        var answer = answers.Count > 1 && answers.TryDequeue(out var next) ? next : answers.First();
        await answer(context);
    }
}

/// <summary>One request as the upstream saw it.</summary>
/// <param name="Target">Path and query as sent, still escaped.</param>
public sealed record ReceivedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

using System.Net.Http.Headers;
using System.Text;
using McpGateway.Auditing;
using McpGateway.Console;
using McpGateway.Hosting;
using McpGateway.OAuth;
using McpGateway.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace McpGateway.Testing;

/// <summary>A real gateway on Kestrel at a free loopback port, with settings of the spec's own and nothing of the machine's.</summary>
public sealed class Gateway : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly bool ownsFolder;
    private bool isStopped;

    private Gateway(WebApplication app, CapturedLogs logs, string folder, bool ownsFolder)
    {
        this.app = app;
        this.ownsFolder = ownsFolder;
        Logs = logs;
        Folder = folder;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = Hang.After };
    }

    /// <summary>Speaks HTTP to the gateway, without any credential.</summary>
    public HttpClient Http { get; }

    /// <summary>Everything the gateway has logged.</summary>
    public CapturedLogs Logs { get; }

    /// <summary>The gateway's DATA_PATH, gone with the gateway unless the spec gave its own.</summary>
    public string Folder { get; }

    public IServiceProvider Services => app.Services;

    public Uri McpUrl => new(Http.BaseAddress!, "/mcp");

    /// <summary>Starts a service, by default without a token, as on a developer's machine.</summary>
    /// <param name="time">The clock the gateway goes by.</param>
    /// <param name="configure">Last words on the host, such as extra services.</param>
    public static async Task<Gateway> StartAsync(
        GatewayService service,
        Action<GatewayBuilder> addService,
        IReadOnlyDictionary<string, string?>? settings = null,
        TimeProvider? time = null,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        var ownsFolder = settings?.ContainsKey("DATA_PATH") != true;
        var folder = ownsFolder ? TemporaryFolder.Create("gateway-spec-").FullName : settings!["DATA_PATH"]!;
        try
        {
            return await StartInAsync(folder, ownsFolder, service, addService, settings, time, configure);
        }
        catch
        {
            if (ownsFolder)
            {
                TemporaryFolder.Delete(folder);
            }

            throw;
        }
    }

    private static async Task<Gateway> StartInAsync(
        string folder,
        bool ownsFolder,
        GatewayService service,
        Action<GatewayBuilder> addService,
        IReadOnlyDictionary<string, string?>? settings,
        TimeProvider? time,
        Action<WebApplicationBuilder>? configure
    )
    {
        var logs = new CapturedLogs();
        var app = GatewayHost.BuildKestrel(
            service,
            gateway =>
            {
                gateway.AddOAuth().AddMcp().AddConsole();
                addService(gateway);
            },
            builder =>
            {
                builder.Configuration.Sources.Clear();
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["PORT"] = "0",
                        ["BIND_ADDRESS"] = "127.0.0.1",
                        ["DATA_PATH"] = folder,
                        ["AUDIT_LOG"] = Path.Combine(folder, "audit.jsonl"),
                        ["Logging:Console:LogLevel:Default"] = "None",
                    }
                );
                builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
                builder.Logging.ClearProviders();
                builder.Logging.AddProvider(logs);
                // A signal means the test program as a whole: it ends, where its gateways would go on and refuse every call.
                builder.Services.AddSingleton<IHostLifetime, NoSignals>();
                if (time is not null)
                {
                    builder.Services.AddSingleton(time);
                }

                configure?.Invoke(builder);
            }
        );
        try
        {
            await app.StartAsync();
            return new Gateway(app, logs, folder, ownsFolder);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Posts one JSON text to /mcp as curl would: only a Content-Type, and a token if given.</summary>
    public async Task<HttpResponseMessage> PostAsync(string json, string? token = null, Action<HttpRequestMessage>? configure = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        configure?.Invoke(request);
        return await Http.SendAsync(request);
    }

    /// <summary>Connects a real MCP client.</summary>
    public Task<McpClient> ConnectAsync(string? token = null, CancellationToken cancellationToken = default) =>
        McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = McpUrl,
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = token is null ? null : new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
                }
            ),
            cancellationToken: cancellationToken
        );

    /// <summary>The audit lines written so far.</summary>
    public async Task<string[]> ReadAuditAsync()
    {
        // They are written beside the calls.
        var audit = Services.GetRequiredService<AuditLog>();
        await Eventually.IsAsync(() => audit.IsWritten, "The audit lines were not written.");
        return await File.ReadAllLinesAsync(Path.Combine(Folder, "audit.jsonl"));
    }

    /// <summary>Stops the gateway as SIGTERM does.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        isStopped = true;
        return app.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        try
        {
            if (!isStopped)
            {
                await app.StopAsync();
            }

            await app.DisposeAsync();
        }
        finally
        {
            if (ownsFolder)
            {
                TemporaryFolder.Delete(Folder);
            }
        }
    }
}

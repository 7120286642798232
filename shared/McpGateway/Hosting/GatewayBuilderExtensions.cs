using McpGateway.Auditing;
using McpGateway.Authentication;
using McpGateway.Health;
using McpGateway.Http;
using McpGateway.RateLimiting;
using McpGateway.Secrets;
using McpGateway.Telemetry;
using McpGateway.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace McpGateway.Hosting;

internal static class GatewayBuilderExtensions
{
    /// <summary>Everything a gateway is made of: the parts the program chose, then what every request passes, in its order.</summary>
    /// <param name="addParts">The login, the MCP server and the service itself.</param>
    internal static GatewayOptions AddGateway(
        this IHostApplicationBuilder builder,
        GatewayService service,
        Action<GatewayBuilder> addParts,
        GatewayHostKind host
    )
    {
        var options = builder.AddSettings<GatewayOptions>();
        var warnings = new StartWarnings(builder.Configuration);
        // The Functions host decides where it listens, and Core Tools listens on every address: never taken for loopback.
        var reachableByOthers = host == GatewayHostKind.FunctionsWorker || options.ReachableByOthers;

        if (host == GatewayHostKind.FunctionsWorker)
        {
            LeaveListeningToTheHost(builder, warnings);
            WarnOfForwardedHeaders(builder, options, warnings);
        }

        builder.Services.AddSingleton(service);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(warnings);
        builder.Services.AddHostedService<StartReport>();
        builder.AddGatewayLogging(host);
        builder.AddGatewayServer(service, options, host);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Encoder = PlainJsonEncoder.Instance);
        builder.AddGatewayLifetime();
        var parts = new GatewayBuilder(builder, service, options, warnings);
        addParts(parts);
        if (service.UpstreamTokenSetting is { } upstreamToken)
        {
            builder.RequireOneWord(upstreamToken);
        }

        builder.AddGatewayNames();
        builder.AddGatewayAudit();
        builder.AddGatewayAuthentication(service, options, host, reachableByOthers, parts.NeedsToken, warnings);
        builder.AddGatewayRateLimiting(reachableByOthers);
        builder.AddGatewayHealth();
        builder.AddGatewayTelemetry(service, warnings);
        return options;
    }

    // PORT is not among them: the container takes the host's port from it.
    private static void LeaveListeningToTheHost(IHostApplicationBuilder builder, StartWarnings warnings)
    {
        warnings.NoEffect("BIND_ADDRESS", "the Functions host listens itself. Use --address of func start, or ASPNETCORE_URLS.");
        warnings.NoEffect(
            "DRAIN_SECONDS",
            "the Functions host stops by rules of its own. Two instances that take turns want Kestrel (GATEWAY_HOST=kestrel)."
        );
        warnings.NoEffect(
            "METRICS_PORT",
            "the Functions host listens at one port alone. METRICS=true serves /metrics there, to callers with a token."
        );
        builder.Configuration["METRICS_PORT"] = "";
    }

    // The host applies X-Forwarded-*, and only for a setting of its own, which the worker inherits.
    private static void WarnOfForwardedHeaders(IHostApplicationBuilder builder, GatewayOptions options, StartWarnings warnings)
    {
        const string setting = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";
        var isEnabled = string.Equals(builder.Configuration[setting], "true", StringComparison.OrdinalIgnoreCase);
        if (options.TrustDownstreamProxy && !isEnabled)
        {
            warnings.NoEffect(
                "TRUST_DOWNSTREAM_PROXY",
                $"under the Functions host it needs {setting}=true as well. Without it every caller counts as one address, so that a flood from one of "
                    + "them is a flood from all."
            );
        }
        else if (isEnabled && !options.TrustDownstreamProxy)
        {
            warnings.Add(
                $"{setting}=true makes the Functions host take addresses from X-Forwarded-For: without a proxy in front that overwrites it, "
                    + "callers can claim any. Set TRUST_DOWNSTREAM_PROXY=true if there is one, or unset it."
            );
        }
    }

    /// <summary>Logs go to standard error, one line each; standard output is for audit lines.</summary>
    private static void AddGatewayLogging(this IHostApplicationBuilder builder, GatewayHostKind host)
    {
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("System", LogLevel.Warning);
        builder.Logging.AddFilter("ModelContextProtocol", LogLevel.Warning);
        // The tools' own filters log defects; this category reports every mistake of a caller as one.
        builder.Logging.AddFilter("ModelContextProtocol.Server.McpServer", LogLevel.None);
        // Retries are not logged: the final outcome is returned and audited.
        builder.Logging.AddFilter("Polly", LogLevel.Error);
        // A failed start is told in one line by GatewayHost, not in a stack trace before it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        builder.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            // The Functions host guesses the level of a line on standard error from its words, so that an address such as /error is one.
            console.LogToStandardErrorThreshold = host == GatewayHostKind.FunctionsWorker ? LogLevel.Warning : LogLevel.Trace;
            // Whoever reads the log may stop: calls do not wait for it, and what is dropped is counted when it goes on.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
    }

    /// <summary>Kestrel's limits, in the Functions worker as well: it too is a Kestrel behind the host.</summary>
    private static void AddGatewayServer(
        this IHostApplicationBuilder builder,
        GatewayService service,
        GatewayOptions options,
        GatewayHostKind host
    )
    {
        builder.Services.TryAddSingleton<BodyBudget>();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // One more than the limit of our own, whose refusal explains itself. None in the worker: FunctionPipeline says why.
            kestrel.Limits.MaxRequestBodySize = host == GatewayHostKind.FunctionsWorker ? null : options.LargestRequest(service) + 1L;
        });
    }

    private static void AddGatewayLifetime(this IHostApplicationBuilder builder)
    {
        builder.Services.AddExceptionHandler<GatewayExceptionHandler>();
        builder.Services.AddSingleton<StopDeadline>();
        builder.Services.AddSingleton<RunningRequests>();
        builder.Services.AddHostedService<GracefulStop>();
        builder.Services.Configure<HostOptions>(host =>
            host.ShutdownTimeout = GracefulStop.Patience + GracefulStop.LastWords + TimeSpan.FromSeconds(3)
        );
    }

    /// <summary>The names of the service, the browser origins that may call, and whose X-Forwarded-* count.</summary>
    private static void AddGatewayNames(this IHostApplicationBuilder builder)
    {
        builder.Services.AddRouting();
        builder.Services.AddSingleton<KnownNames>();
        builder.Services.AddCors();
        builder
            .Services.AddOptions<CorsOptions>()
            .Configure<KnownNames>(
                (cors, names) =>
                    cors.AddDefaultPolicy(policy =>
                        policy
                            .SetIsOriginAllowed(names.KnowsOrigin)
                            .WithMethods("GET", "POST", "DELETE")
                            .AllowAnyHeader()
                            .WithExposedHeaders("WWW-Authenticate", "Mcp-Session-Id", "Retry-After")
                            .SetPreflightMaxAge(TimeSpan.FromHours(1))
                    )
            );
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            // The nearest hop only, whoever it is: nginx has no fixed address on a docker network. Never the host: PUBLIC_URL says it.
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.ForwardLimit = 1;
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
        });
    }
}

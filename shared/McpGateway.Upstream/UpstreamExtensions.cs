using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Refit;

namespace McpGateway.Upstream;

/// <summary>Clients of upstream APIs.</summary>
public static class UpstreamExtensions
{
    /// <summary>
    /// A Refit client whose calls pass, in order: the API's own guards → path check → error responses → connection errors → total timeout → rate gate → redirects → retry and timeout →
    /// ETags → half characters → body limit → credential → socket.
    /// </summary>
    /// <typeparam name="TApi">One topic of the API, one method per HTTP call.</typeparam>
    public static IHttpClientBuilder AddUpstream<TApi>(this GatewayBuilder gateway, UpstreamApi api)
        where TApi : class
    {
        gateway.Services.TryAddSingleton(services => new RateGate(api, services.GetRequiredService<TimeProvider>()));
        gateway.AddUpstreamHealth(api);
        var client = gateway
            .Services.AddRefitGeneratedClient<TApi>(SettingsFor(api))
            .RemoveAllLoggers()
            .ConfigureHttpClient(http =>
            {
                http.BaseAddress = api.BaseUrl;
                http.Timeout = Timeout.InfiniteTimeSpan;
                http.DefaultRequestHeaders.UserAgent.ParseAdd($"{gateway.Service.Name}/{gateway.Service.Version}");
            })
            .ConfigurePrimaryHttpMessageHandler(CreateSocket);
        foreach (var guard in api.Guards)
        {
            client.AddHttpMessageHandler(guard);
        }

        client
            .AddHttpMessageHandler(() => new PathHandler(api))
            .AddHttpMessageHandler(services => new UpstreamErrorHandler(api, services.GetRequiredService<TimeProvider>()))
            .AddHttpMessageHandler(() => new TransportErrorHandler(api));
        client.AddResilienceHandler("total", (pipeline, context) => pipeline.On(context).AddTimeout(api.TotalTimeout));
        client
            .AddHttpMessageHandler(services => new RateGateHandler(
                api,
                services.GetRequiredService<RateGate>(),
                services.GetRequiredService<TimeProvider>()
            ))
            .AddHttpMessageHandler(() => new RedirectHandler(api));
        client.AddResilienceHandler(
            "retry",
            (pipeline, context) => pipeline.On(context).AddRetry(RetriesOf(api)).AddTimeout(api.AttemptTimeout)
        );
        if (api.CachedBytes > 0)
        {
            gateway.Services.TryAddSingleton(_ => new EntityTagCache(api.CachedBytes));
            client.AddHttpMessageHandler(services => new EntityTagHandler(api, services.GetRequiredService<EntityTagCache>(), services));
        }

        return client
            .AddHttpMessageHandler(() => new HalfCharacterHandler())
            .AddHttpMessageHandler(() => new BoundedBodyHandler(api))
            .AddHttpMessageHandler(services => new CredentialHandler(api, services));
    }

    /// <summary><see cref="Downloads"/> from hosts the API links to, which never see its credential.</summary>
    /// <param name="hosts">As <see cref="Downloads"/> takes them.</param>
    public static void AddDownloads(this GatewayBuilder gateway, UpstreamApi api, IReadOnlyList<string> hosts)
    {
        var client = gateway
            .Services.AddHttpClient(nameof(Downloads))
            .RemoveAllLoggers()
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(CreateSocket)
            .AddHttpMessageHandler(() => new TransportErrorHandler(api));
        client.AddResilienceHandler(
            "retry",
            (pipeline, context) => pipeline.On(context).AddTimeout(api.TotalTimeout).AddRetry(RetriesOf(api)).AddTimeout(api.AttemptTimeout)
        );
        client.AddHttpMessageHandler(() => new BoundedBodyHandler(api));
        gateway.Services.AddTransient(services => new Downloads(
            services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(Downloads)),
            api,
            hosts
        ));
    }

    private static SocketsHttpHandler CreateSocket() =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(10),
        };

    /// <summary>Puts the pipeline on the gateway's clock.</summary>
    private static ResiliencePipelineBuilder<HttpResponseMessage> On(
        this ResiliencePipelineBuilder<HttpResponseMessage> pipeline,
        ResilienceHandlerContext context
    )
    {
        pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
        return pipeline;
    }

    private static HttpRetryStrategyOptions RetriesOf(UpstreamApi api) =>
        new()
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(300),
            MaxDelay = TimeSpan.FromSeconds(2),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            // 429 is the rate gate's.
            ShouldHandle = args =>
                ValueTask.FromResult(
                    args.Context.GetRequestMessage() is { } request
                        && api.MaySendAgain(request)
                        && args.Outcome switch
                        {
                            { Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } } => false,
                            { Exception: HttpRequestException or Polly.Timeout.TimeoutRejectedException or IOException } => true,
                            // The socket's own connect timeout.
                            { Exception: OperationCanceledException { InnerException: TimeoutException } } => true,
                            // A long wait is the caller's to make.
                            { Result: { } response } => api.IsTransient(response)
                                && !(response.Headers.RetryAfter?.Delta > RateGate.LongestWait),
                            _ => false,
                        }
                ),
        };

    private static RefitSettings SettingsFor(UpstreamApi api) =>
        new(new SystemTextJsonContentSerializer(api.Json), new LowercaseFlags())
        {
            CollectionFormat = CollectionFormat.Csv,
            // The error handler has thrown for every failure by then.
            ExceptionFactory = _ => ValueTask.FromResult<Exception?>(null),
            // What the handlers throw is meant for the tool as it is.
            TransportExceptionFactory = (_, exception, _) => exception,
            DeserializationExceptionFactory = (response, exception) =>
                ValueTask.FromResult<Exception?>(
                    new UpstreamException(
                        $"{api.Name} returned an unexpected response ({response.Content.Headers.ContentType?.MediaType ?? "no content type"}).",
                        response.StatusCode,
                        exception
                    )
                ),
        };

    private static void AddUpstreamHealth(this GatewayBuilder gateway, UpstreamApi api)
    {
        var name = $"{api.Name} token";
        gateway.Services.Configure<HealthCheckServiceOptions>(checks =>
        {
            if (checks.Registrations.All(check => check.Name != name))
            {
                checks.Registrations.Add(new(name, services => new TokenCheck(api, services), failureStatus: null, tags: null));
            }
        });
    }

    /// <summary>Whether there is a token, or what one is fetched with; nothing is fetched for it.</summary>
    private sealed class TokenCheck(UpstreamApi api, IServiceProvider services) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            !api.TokenIsOptional && api.RenewTokenAsync is null && await api.GetTokenAsync(services, cancellationToken) is null
                ? HealthCheckResult.Unhealthy($"{api.TokenSetting} is not set: get a token at {api.TokenPage}.")
                : HealthCheckResult.Healthy();
    }
}

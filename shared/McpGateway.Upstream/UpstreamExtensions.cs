using McpGateway.Health;
using McpGateway.Networking;
using McpGateway.State;
using McpGateway.Tools;
using McpGateway.Upstream.Calls;
using McpGateway.Upstream.Reading;
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
    /// A Refit client whose calls pass, in order: the API's own guards → path check → error responses → connection errors → the call's deadline → rate gate →
    /// redirects → retry and timeout → ETags → readable text → body limit → credential → socket.
    /// </summary>
    /// <typeparam name="TApi">One topic of the API, one method per HTTP call.</typeparam>
    public static IHttpClientBuilder AddUpstream<TApi>(this GatewayBuilder gateway, UpstreamApi api)
        where TApi : class
    {
        gateway.AddState();
        gateway.Services.TryAddSingleton<SharedGates>();
        gateway.Services.TryAddSingleton(services => new RateGate(
            api,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<SharedGates>()
        ));
        gateway.Services.TryAddSingleton(services => new UpstreamLimiter(api, services));
        gateway.AddRateLimitBook();
        gateway.AddUpstreamHealth(api);
        var call = gateway.AddUpstreamCalls();
        var client = gateway
            .Services.AddRefitGeneratedClient<TApi>(SettingsFor(api))
            .RemoveAllLoggers()
            .ConfigureHttpClient(http =>
            {
                http.BaseAddress = api.BaseUrl;
                http.Timeout = Timeout.InfiniteTimeSpan;
                http.DefaultRequestHeaders.UserAgent.ParseAdd($"{gateway.Service.Name}/{gateway.Service.Version}");
            })
            .WithSockets((sockets, _) => new SendOnceHandler(sockets));
        foreach (var guard in api.Guards)
        {
            client.AddHttpMessageHandler(guard);
        }

        client
            .AddHttpMessageHandler(() => new PathHandler(api))
            .AddHttpMessageHandler(services => new UpstreamErrorHandler(api, services.GetRequiredService<TimeProvider>()))
            .AddHttpMessageHandler(() => new TransportErrorHandler(api))
            .AddHttpMessageHandler(services => new DeadlineHandler(api, call, services.GetRequiredService<TimeProvider>()))
            .AddHttpMessageHandler(services => new RateGateHandler(
                api,
                services.GetRequiredService<RateGate>(),
                services.GetRequiredService<UpstreamLimiter>(),
                services.GetRequiredService<RateLimitBook>(),
                call,
                services.GetRequiredService<TimeProvider>()
            ))
            .AddHttpMessageHandler(() => new RedirectHandler(api));
        client.AddResilienceHandler("retry", (pipeline, context) => pipeline.On(context).AddRetry(RetriesOf(api, context)));
        if (api.CachedBytes > 0)
        {
            gateway.Services.TryAddSingleton(services => new EntityTagCache(api.CachedBytes, services.GetRequiredService<TimeProvider>()));
            client.AddHttpMessageHandler(services => new EntityTagHandler(api, services.GetRequiredService<EntityTagCache>(), services));
        }

        return client
            .AddHttpMessageHandler(() => new ResponseTextHandler(api))
            .AddHttpMessageHandler(services => new BoundedBodyHandler(api, services.GetRequiredService<TimeProvider>()))
            .AddHttpMessageHandler(services => new CredentialHandler(api, services));
    }

    // One for all clients of the service.
    private static void AddRateLimitBook(this GatewayBuilder gateway)
    {
        if (gateway.Services.All(registered => registered.ServiceType != typeof(RateLimitBook)))
        {
            gateway.Services.AddSingleton<RateLimitBook>();
            gateway.Services.AddSingleton<RemainingLook>(services => services.GetRequiredService<RateLimitBook>().Look);
        }
    }

    /// <summary><see cref="Downloads"/> from hosts the API links to, which never see its credential.</summary>
    /// <param name="hosts">As <see cref="Downloads"/> takes them.</param>
    public static void AddDownloads(this GatewayBuilder gateway, UpstreamApi api, IReadOnlyList<string> hosts)
    {
        var call = gateway.AddUpstreamCalls();
        var client = gateway
            .Services.AddHttpClient(nameof(Downloads))
            .RemoveAllLoggers()
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .WithSockets((sockets, _) => new SendOnceHandler(sockets))
            .AddHttpMessageHandler(() => new TransportErrorHandler(api))
            .AddHttpMessageHandler(services => new DeadlineHandler(api, call, services.GetRequiredService<TimeProvider>()));
        client.AddResilienceHandler("retry", (pipeline, context) => pipeline.On(context).AddRetry(RetriesOf(api, context)));
        client.AddHttpMessageHandler(services => new BoundedBodyHandler(api, services.GetRequiredService<TimeProvider>()));
        gateway.Services.AddTransient(services => new Downloads(
            services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(Downloads)),
            api,
            hosts
        ));
    }

    /// <summary>The deadline of tool calls, once for all clients of the gateway.</summary>
    private static CallOptions AddUpstreamCalls(this GatewayBuilder gateway)
    {
        if (
            gateway.Services.FirstOrDefault(service => service.ServiceType == typeof(CallOptions))?.ImplementationInstance
            is CallOptions known
        )
        {
            return known;
        }

        var options = gateway.AddSettings<CallOptions>();
        gateway.Services.TryAddSingleton(options);
        gateway.Services.TryAddSingleton<Pause>();
        gateway.Mcp.WithRequestFilters(filters => filters.AddCallToolFilter(UpstreamCallFilter.Create));
        return options;
    }

    /// <summary>Puts the pipeline on the gateway's clock.</summary>
    private static ResiliencePipelineBuilder<HttpResponseMessage> On(
        this ResiliencePipelineBuilder<HttpResponseMessage> pipeline,
        ResilienceHandlerContext context
    )
    {
        pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
        return pipeline;
    }

    private static HttpRetryStrategyOptions RetriesOf(UpstreamApi api, ResilienceHandlerContext context)
    {
        var time = context.ServiceProvider.GetRequiredService<TimeProvider>();
        return new()
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(300),
            MaxDelay = TimeSpan.FromSeconds(2),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = args =>
            {
                UpstreamApi.Repeat(args.Context.GetRequestMessage()!);
                return default;
            },
            // 429 is the rate gate's.
            ShouldHandle = args =>
                ValueTask.FromResult(
                    args.Context.GetRequestMessage() is { } request
                        && api.MaySendAgain(request)
                        && args.Outcome switch
                        {
                            { Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } } => false,
                            { Exception: not null } when !api.MaySendAgainUnanswered(request) => false,
                            {
                                Exception: HttpRequestException
                                {
                                    HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                                }
                            } => true,
                            // It may have been read, and what it costs been paid.
                            { Exception: HttpRequestException or TimeoutException or IOException }
                                when request.Method == HttpMethod.Post || request.Method == HttpMethod.Patch => false,
                            { Exception: HttpRequestException or TimeoutException or IOException } => true,
                            // The socket's own connect timeout.
                            { Exception: OperationCanceledException { InnerException: TimeoutException } } => true,
                            // A long wait is the caller's to make.
                            { Result: { } response } => api.IsTransient(response)
                                && !(RateLimitAnswer.RetryAfter(response, time.GetUtcNow()) > RateGate.LongestWait),
                            _ => false,
                        }
                ),
        };
    }

    private static RefitSettings SettingsFor(UpstreamApi api) =>
        new(new ResponseSerializer(api.Json), new LowercaseFlags())
        {
            CollectionFormat = CollectionFormat.Csv,
            // The error handler has thrown for every failure by then.
            ExceptionFactory = _ => ValueTask.FromResult<Exception?>(null),
            // What the handlers throw is meant for the tool as it is.
            TransportExceptionFactory = (_, exception, _) => exception,
            // Thrown, not returned: an ApiResponse would keep it to itself, and hand on null for a body.
            DeserializationExceptionFactory = (response, exception) =>
                // What memory does not suffice for is not the response's fault.
                exception is OutOfMemoryException
                    ? ValueTask.FromResult<Exception?>(exception)
                    : throw UnreadableResponse.Create(api, response, ResponseJson.Describe(exception), exception),
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

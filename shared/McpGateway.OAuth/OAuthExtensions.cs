using McpGateway.Authentication;
using McpGateway.Http;
using McpGateway.Networking;
using McpGateway.OAuth.Clients;
using McpGateway.OAuth.Grants;
using McpGateway.OAuth.Keys;
using McpGateway.OAuth.Pages;
using McpGateway.Secrets;
using McpGateway.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace McpGateway.OAuth;

public static class OAuthExtensions
{
    // For endpoints that a client in a web page calls: discovery, registration, tokens. None of them looks at a cookie.
    private const string AnyBrowser = "oauth-any-browser";

    /// <summary>
    /// The operator, when <c>OPERATOR_SECRET</c> is set, and the authorization server, when <c>PUBLIC_URL</c> is as well.
    /// </summary>
    public static GatewayBuilder AddOAuth(this GatewayBuilder gateway)
    {
        var options = gateway.AddSettings<OAuthOptions>();
        WarnOfSettings(gateway, options);
        if (string.IsNullOrEmpty(options.OperatorSecret))
        {
            gateway.MapEndpoints(NoLogin.Map);
            return gateway;
        }

        var isForConsoleAlone = gateway.Options.PublicUri is null;
        gateway.AddOperator(options, isForConsoleAlone);
        gateway.MapEndpoints(endpoints => CheckSecret(endpoints.ServiceProvider));
        if (isForConsoleAlone)
        {
            gateway.Warnings.Add(
                "OPERATOR_SECRET is set but PUBLIC_URL is not: OAuth stays off, so ChatGPT and Claude cannot log in. The secret opens the console alone."
            );
            gateway.MapEndpoints(NoLogin.Map);
            return gateway;
        }

        gateway.Host.AddAuthorizationServer();
        gateway.MapEndpoints(MapAuthorizationServer);
        return gateway;
    }

    private static void WarnOfSettings(GatewayBuilder gateway, OAuthOptions options)
    {
        const string prefix = "OAUTH_";
        var isSecret = !string.IsNullOrEmpty(options.OperatorSecret);
        foreach (
            var setting in SettingsExtensions.NamesOf(typeof(OAuthOptions)).Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
        )
        {
            if (!isSecret)
            {
                gateway.Warnings.NoEffect(setting, "OPERATOR_SECRET is not set, so that OAuth is off.");
            }
            else if (gateway.Options.PublicUri is null && !IsOfKeys(setting))
            {
                gateway.Warnings.NoEffect(setting, "PUBLIC_URL is not set, so that OAuth is off.");
            }
            else if (options.Store == OAuthStore.File && setting.StartsWith("OAUTH_STORAGE_", StringComparison.Ordinal))
            {
                gateway.Warnings.NoEffect(setting, "OAUTH_STORE=table is not set, so that grants and keys are in the gateway's state.");
            }
        }

        // The console's session is sealed with them, with and without a login.
        static bool IsOfKeys(string setting) =>
            setting.StartsWith("OAUTH_STOR", StringComparison.Ordinal) || setting == "OAUTH_KEY_CERTIFICATE";
    }

    private static void AddOperator(this GatewayBuilder gateway, OAuthOptions options, bool isForConsoleAlone)
    {
        gateway.AddState();
        if (options.Store == OAuthStore.File)
        {
            gateway.Services.AddSingleton<IGrantStore, StateGrantStore>();
            // Before the key ring, which makes a key when it finds none.
            gateway.Services.AddHostedService<FilesOfOldReleases>();
        }
        else
        {
            gateway.Services.AddSingleton<AzureStorage>();
            gateway.Services.AddSingleton<IGrantStore, TableGrantStore>();
        }

        gateway.Host.AddKeyRing(gateway.Service, options, isMadeAtStart: !isForConsoleAlone);
        gateway.Services.AddSingleton<Issuer>();
        gateway.Services.AddSingleton<SealedValues>();
        gateway.Services.AddSingleton<OperatorSecret>();
        gateway.Services.AddSingleton<ApprovalAnswers>();
        gateway.Services.AddSingleton(new ApprovalsPlace(ApprovalAnswers.Path));
    }

    private static void AddAuthorizationServer(this IHostApplicationBuilder builder)
    {
        builder.AddClients();
        builder.Services.AddHealthChecks().AddCheck<OAuthHealth>("oauth");
        builder.Services.AddSingleton<GrantBook>();
        builder.Services.AddSingleton<AccessChoices>();
        builder.Services.AddSingleton<AccessTokens>();
        builder.Services.AddSingleton<ILogin>(services => services.GetRequiredService<AccessTokens>());
        builder.Services.AddSingleton<ICallerSource>(services => services.GetRequiredService<AccessTokens>());
        builder.Services.AddSingleton<AuthorizationEndpoint>();
        builder.Services.AddSingleton<TokenEndpoint>();
        builder.Services.Configure<CorsOptions>(cors =>
            cors.AddPolicy(
                AnyBrowser,
                policy => policy.AllowAnyOrigin().AllowAnyHeader().WithMethods("GET", "POST").SetPreflightMaxAge(TimeSpan.FromHours(1))
            )
        );
    }

    private static void AddClients(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ClientDirectory>();
        builder.Services.AddSingleton<AppHosts>();
        builder.Services.AddSingleton<ClientDocuments>();
        builder.Services.AddSingleton<ClientKeys>();
        builder.Services.AddSingleton<ClientAssertions>();
        builder.Services.AddSingleton<SpendOnce>(services => services.GetRequiredService<IGrantStore>().TrySpendAsync);
        builder.Services.AddSingleton<ClientAuthentication>();
        builder.Services.AddSingleton<RegistrationEndpoint>();
        builder.Services.AddSingleton<RedirectUris>();
        builder.Services.AddPublicNetwork();
        builder
            .Services.AddHttpClient(AppHosts.HttpClientName, client => client.MaxResponseContentBufferSize = AppHosts.LargestDocument)
            .WithSockets(
                (sockets, services) =>
                {
                    // A document is bounded as it comes over the wire; a proxy would connect in our place, unchecked.
                    sockets.AutomaticDecompression = System.Net.DecompressionMethods.None;
                    sockets.UseProxy = false;
                    sockets.ConnectCallback = services.GetRequiredService<PublicNetwork>().ConnectAsync;
                    return sockets;
                }
            );
    }

    private static void MapAuthorizationServer(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var issuer = services.GetRequiredService<Issuer>();
        MetadataEndpoints.Map(
            endpoints,
            AnyBrowser,
            issuer,
            services.GetRequiredService<GatewayService>(),
            services.GetRequiredService<Profiles>(),
            services.GetServices<ProtectedAddress>()
        );

        var authorization = services.GetRequiredService<AuthorizationEndpoint>();
        endpoints.MapPage("/authorize", authorization.HandleGetAsync, authorization.HandlePostAsync);

        var tokens = services.GetRequiredService<TokenEndpoint>();
        endpoints.MapJson("/token", tokens.HandleTokenAsync);
        endpoints.MapJson("/revoke", tokens.HandleRevocationAsync);
        endpoints.MapJson("/register", services.GetRequiredService<RegistrationEndpoint>().HandleAsync);
    }

    private static void MapPage(this IEndpointRouteBuilder endpoints, string path, RequestDelegate get, RequestDelegate post)
    {
        endpoints.MapGet(path, AsPage(get)).WithMetadata(Page.FailureReply);
        endpoints.MapPost(path, AsPage(post)).WithMetadata(Page.FailureReply, FormEndpoint.Instance);
    }

    // Every client of a bearer token knows it: as an operator secret it would let each of them approve apps.
    private static void CheckSecret(IServiceProvider services)
    {
        var secret = services.GetRequiredService<IOptions<OAuthOptions>>().Value.OperatorSecret!;
        if (services.GetRequiredService<BearerTokens>().FindCaller(secret) is { Name: var owner })
        {
            throw new SettingException(
                $"OPERATOR_SECRET is the bearer token '{owner}' as well, which every client of that token knows: make a secret of its own."
            );
        }
    }

    private static void MapJson(this IEndpointRouteBuilder endpoints, string path, RequestDelegate handle) =>
        endpoints.MapPost(path, AsJson(handle)).RequireCors(AnyBrowser).WithMetadata(OAuthJson.FailureReply);

    private static RequestDelegate AsPage(RequestDelegate handle) => Answering(handle, Page.WriteErrorAsync);

    private static RequestDelegate AsJson(RequestDelegate handle) =>
        Answering(
            handle,
            (context, refused) =>
            {
                if (refused.Error == "invalid_client")
                {
                    context.Response.Headers.WWWAuthenticate = "Basic realm=\"token\"";
                }

                return OAuthJson.WriteAsync(
                    context,
                    refused.Status,
                    new OAuthError(refused.Error, refused.Message),
                    OAuthJson.Default.OAuthError
                );
            }
        );

    private static RequestDelegate Answering(RequestDelegate handle, Func<HttpContext, OAuthException, Task> refuse) =>
        async context =>
        {
            try
            {
                await handle(context);
            }
            catch (OAuthException refused)
            {
                await refuse(context, refused);
            }
        };
}

using McpGateway.Hosting;
using McpGateway.Networking;
using McpGateway.OAuth;
using McpGateway.OAuth.Clients;
using McpGateway.OAuth.Grants;
using McpGateway.OAuth.Keys;
using McpGateway.OAuth.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

public static partial class OAuthExtensions
{
    // For endpoints that a client in a web page calls: discovery, registration, tokens. None of them looks at a cookie.
    private const string AnyBrowser = "oauth-any-browser";

    /// <summary>The authorization server, when <c>PUBLIC_URL</c> and <c>OPERATOR_SECRET</c> are set.</summary>
    /// <returns>Its options, or null when it is off.</returns>
    internal static OAuthOptions? AddGatewayOAuth(
        this IHostApplicationBuilder builder,
        GatewayService service,
        GatewayOptions gateway,
        StartWarnings warnings
    )
    {
        var options = builder.AddSettings<OAuthOptions>();
        if (string.IsNullOrEmpty(options.OperatorSecret) || gateway.PublicUri is null)
        {
            if (!string.IsNullOrEmpty(options.OperatorSecret))
            {
                warnings.Add("OPERATOR_SECRET is set but PUBLIC_URL is not: OAuth stays off, so ChatGPT and Claude cannot log in.");
            }

            return null;
        }

        builder.AddKeyRing(service, gateway, options);
        builder.AddClients();
        builder.Services.AddSingleton<Issuer>();
        builder.Services.AddSingleton<SealedValues>();
        builder.Services.AddSingleton<OperatorSecret>();
        builder.Services.AddSingleton<GrantBook>();
        builder.Services.AddSingleton<AccessTokens>();
        builder.Services.AddSingleton<AuthorizationEndpoint>();
        builder.Services.AddSingleton<TokenEndpoint>();
        builder.Services.AddSingleton<ConnectionsEndpoint>();
        builder.Services.AddSingleton<AzureStorage>();
        if (options.Store == OAuthStore.Table)
        {
            builder.Services.AddSingleton<IGrantStore, TableGrantStore>();
        }
        else
        {
            builder.Services.AddSingleton<IGrantStore, FileGrantStore>();
        }

        builder.Services.AddHealthChecks().AddCheck<OAuthHealth>("oauth");
        builder.Services.Configure<CorsOptions>(cors =>
            cors.AddPolicy(
                AnyBrowser,
                policy => policy.AllowAnyOrigin().AllowAnyHeader().WithMethods("GET", "POST").SetPreflightMaxAge(TimeSpan.FromHours(1))
            )
        );
        return options;
    }

    private static void AddClients(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ClientDirectory>();
        builder.Services.AddSingleton<ClientDocuments>();
        builder.Services.AddSingleton<ClientAuthentication>();
        builder.Services.AddSingleton<RegistrationEndpoint>();
        builder.Services.AddSingleton<RedirectUris>();
        builder.Services.AddPublicNetwork();
        builder
            .Services.AddHttpClient(
                ClientDocuments.HttpClientName,
                client => client.MaxResponseContentBufferSize = ClientDocuments.LargestDocument
            )
            .ConfigurePrimaryHttpMessageHandler(services => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectCallback = services.GetRequiredService<PublicNetwork>().ConnectAsync,
            });
    }

    /// <summary>The endpoints of the authorization server; none when it is off, so that discovery tells the truth.</summary>
    internal static void MapGatewayOAuth(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<Issuer>() is not { } issuer)
        {
            return;
        }

        var services = endpoints.ServiceProvider;
        MetadataEndpoints.Map(endpoints, AnyBrowser, issuer, services.GetRequiredService<GatewayService>());

        var authorization = services.GetRequiredService<AuthorizationEndpoint>();
        endpoints.MapGet("/authorize", AsPage(authorization.HandleGetAsync));
        endpoints.MapPost("/authorize", AsPage(authorization.HandlePostAsync)).WithMetadata(FormPage.Instance);

        var connections = services.GetRequiredService<ConnectionsEndpoint>();
        endpoints.MapGet("/connections", AsPage(connections.HandleGetAsync));
        endpoints.MapPost("/connections", AsPage(connections.HandlePostAsync)).WithMetadata(FormPage.Instance);

        var tokens = services.GetRequiredService<TokenEndpoint>();
        endpoints.MapPost("/token", AsJson(tokens.HandleTokenAsync)).RequireCors(AnyBrowser);
        endpoints.MapPost("/revoke", AsJson(tokens.HandleRevocationAsync)).RequireCors(AnyBrowser);
        endpoints.MapPost("/register", AsJson(services.GetRequiredService<RegistrationEndpoint>().HandleAsync)).RequireCors(AnyBrowser);
    }

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

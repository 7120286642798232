using McpGateway.Secrets;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpGateway;

/// <summary>What each part of a gateway's <c>AddX</c> works on: the host's services and settings, and the endpoints.</summary>
/// <param name="host">The builder of the host that runs the gateway.</param>
/// <param name="options">The bound <see cref="GatewayOptions"/>, for decisions made while registering.</param>
/// <param name="warnings">Told to the operator at start.</param>
public sealed class GatewayBuilder(IHostApplicationBuilder host, GatewayService service, GatewayOptions options, StartWarnings warnings)
{
    public IHostApplicationBuilder Host => host;

    public IServiceCollection Services => host.Services;

    public IConfiguration Configuration => host.Configuration;

    public GatewayService Service => service;

    public GatewayOptions Options => options;

    public StartWarnings Warnings => warnings;

    /// <summary>Whether there are tokens besides those of settings, so that nobody gets in without one.</summary>
    public bool NeedsToken { get; set; }

    /// <summary>Binds <typeparamref name="TOptions"/> to the settings its properties name, validated at start.</summary>
    /// <returns>The bound values, for decisions made while registering.</returns>
    /// <exception cref="SettingException">A value cannot be read, or is not of the setting's type.</exception>
    public TOptions AddSettings<TOptions>()
        where TOptions : class, new() => host.AddSettings<TOptions>();

    /// <summary>Adds endpoints at the end of the pipeline, once its services are built.</summary>
    public void MapEndpoints(EndpointMapping map) => Services.AddSingleton(map);
}

/// <summary>Maps the endpoints of one part of a gateway.</summary>
public delegate void EndpointMapping(IEndpointRouteBuilder endpoints);

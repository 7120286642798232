using McpGateway.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Hosting;

/// <summary>What a service's <c>AddX</c> works on: the host's services and settings, and the MCP server's tools.</summary>
public sealed class GatewayBuilder(IHostApplicationBuilder host, IMcpServerBuilder mcp, GatewayService service)
{
    public IServiceCollection Services => host.Services;

    public IConfiguration Configuration => host.Configuration;

    /// <summary>Where tools, prompts and resources are added.</summary>
    public IMcpServerBuilder Mcp => mcp;

    public GatewayService Service => service;

    /// <summary>Binds <typeparamref name="TOptions"/> to the settings its properties name, validated at start.</summary>
    /// <returns>The bound values, for decisions made while registering.</returns>
    /// <exception cref="SettingException">A value cannot be read, or is not of the setting's type.</exception>
    public TOptions AddSettings<TOptions>()
        where TOptions : class, new() => host.AddSettings<TOptions>();
}

using System.Reflection;
using McpGateway.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>The one way settings come in: an options class whose properties carry the setting's name.</summary>
public static class SettingsExtensions
{
    /// <inheritdoc cref="McpGateway.Hosting.GatewayBuilder.AddSettings{TOptions}"/>
    public static TOptions AddSettings<TOptions>(this IHostApplicationBuilder builder) where TOptions : class, new()
    {
        SettingSources.Of(builder).Resolve(NamesOf(typeof(TOptions)));
        builder.Services.AddOptions<TOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
        try
        {
            return builder.Configuration.Get<TOptions>() ?? new TOptions();
        }
        catch (InvalidOperationException e) when (e.InnerException is FormatException or ArgumentException or OverflowException)
        {
            // "Failed to convert configuration value 'abc' at 'PORT' to type 'System.Int32'." Secrets are strings and never fail here.
            throw new SettingException(e.Message, e);
        }
    }

    /// <summary>The names of the settings an options class is bound to.</summary>
    public static IReadOnlyList<string> NamesOf(Type options) =>
        [.. options.GetProperties().Select(p => p.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name).OfType<string>()];
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Secrets;

/// <summary>The one way settings come in: an options class whose properties carry the setting's name.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = OwnTypes)]
[UnconditionalSuppressMessage("Trimming", "IL2070", Justification = OwnTypes)]
[UnconditionalSuppressMessage("Trimming", "IL2072", Justification = OwnTypes)]
[UnconditionalSuppressMessage("Trimming", "IL2075", Justification = OwnTypes)]
[UnconditionalSuppressMessage("Trimming", "IL2090", Justification = OwnTypes)]
[UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Options hold text, numbers, switches, times and choices.")]
public static class SettingsExtensions
{
    private const string OwnTypes = "Assemblies of this repository are compiled whole: functions/Native.props";

    /// <inheritdoc cref="GatewayBuilder.AddSettings{TOptions}"/>
    public static TOptions AddSettings<TOptions>(this IHostApplicationBuilder builder)
        where TOptions : class, new()
    {
        SettingSources.Of(builder).Resolve(NamesOf(typeof(TOptions)));
        // An empty value means unset, for numbers and switches too: local.settings.json and compose files list settings that way.
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(
                NamesOf(typeof(TOptions))
                    .Select(name => KeyValuePair.Create(name, builder.Configuration[name]))
                    .Where(setting => !string.IsNullOrWhiteSpace(setting.Value))
            )
            .Build();
        builder.Services.AddOptions<TOptions>().Bind(settings);
        foreach (var property in typeof(TOptions).GetProperties())
        {
            CheckForm(property, settings);
        }

        var options = settings.Get<TOptions>() ?? new TOptions();
        return ProblemsOf(options) is { Length: > 0 } problems ? throw new SettingException(problems) : options;
    }

    /// <summary>Checks that a secret, where it is set, is one word as every token is: two lines of a file, say, would be sent as none.</summary>
    /// <exception cref="SettingException">It has a blank or line break in it.</exception>
    internal static void RequireOneWord(this IHostApplicationBuilder builder, string setting)
    {
        SettingSources.Of(builder).Resolve([setting]);
        if (builder.Configuration[setting]?.Trim().Any(char.IsWhiteSpace) == true)
        {
            throw new SettingException($"{setting} has a blank or line break in it, which no token does: set the token alone.");
        }
    }

    /// <summary>The names of the settings an options class is bound to.</summary>
    public static IReadOnlyList<string> NamesOf(Type options) => [.. options.GetProperties().Select(NameOf).OfType<string>()];

    // Secrets are strings, which have every form: their values never get into a message.
    private static void CheckForm(PropertyInfo property, IConfiguration settings)
    {
        if (NameOf(property) is not { } name || settings[name] is not { } value)
        {
            return;
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            var wanted =
                type == typeof(bool) ? "true or false"
                : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}"
                : type.IsPrimitive ? "a number that fits"
                : $"a {type.Name}";
            throw new SettingException($"{name}='{value}' is not {wanted}.", e);
        }
    }

    private static string ProblemsOf(object options)
    {
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        // The validator speaks of properties ("The field Port must be …"), the operator of settings ("PORT='99999' must be …").
        return string.Join(
            " ",
            problems.Select(problem =>
                problem.MemberNames.Aggregate(
                    problem.ErrorMessage ?? "",
                    (message, property) =>
                        message.Replace(
                            $"The field {property} ",
                            $"{Quoted(options, options.GetType().GetProperty(property))} ",
                            StringComparison.Ordinal
                        )
                )
            )
        );
    }

    // Secrets are strings: their values never get into a message.
    private static string Quoted(object options, PropertyInfo? property) =>
        property is null || property.PropertyType == typeof(string)
            ? $"{NameOf(property)}"
            : string.Create(CultureInfo.InvariantCulture, $"{NameOf(property)}='{property.GetValue(options)}'");

    private static string? NameOf(PropertyInfo? property) => property?.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name;
}

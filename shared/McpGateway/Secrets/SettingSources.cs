using McpGateway.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Secrets;

/// <summary>
/// Where a setting's value may come from besides the environment: a file named by <c>X_FILE</c> (a docker secret), or a
/// secret of the Azure Key Vault at <c>KEY_VAULT_URI</c>, named as the setting with dashes for underscores.
/// The environment wins over the vault; a setting given both directly and as a file is an error. An empty file is an unset setting.
/// </summary>
internal sealed class SettingSources
{
    public const string KeyVaultSetting = "KEY_VAULT_URI";

    private readonly IConfigurationManager configuration;
    private readonly Lazy<KeyVault?> vault;
    private readonly HashSet<string> resolved = [];
    private readonly Dictionary<string, string> emptyFiles = [];

    /// <param name="open">How the vault at a URL is reached; specs have their own way.</param>
    internal SettingSources(IConfigurationManager configuration, Func<string, KeyVault>? open = null)
    {
        this.configuration = configuration;
        vault = new(() => configuration[KeyVaultSetting] is { Length: > 0 } url ? (open ?? KeyVault.At)(url) : null);
    }

    public static SettingSources Of(IHostApplicationBuilder builder)
    {
        if (!builder.Properties.TryGetValue(typeof(SettingSources), out var sources))
        {
            builder.Properties[typeof(SettingSources)] = sources = new SettingSources(builder.Configuration);
        }

        return (SettingSources)sources;
    }

    /// <summary>Reads those of <paramref name="names"/> that a file or the vault holds into the configuration, each once.</summary>
    public void Resolve(IEnumerable<string> names)
    {
        var values = new Dictionary<string, string?>();
        foreach (var name in names.Where(resolved.Add))
        {
            if (ReadFile(name) is { } fromFile)
            {
                values[name] = fromFile;
            }
            else if (string.IsNullOrEmpty(configuration[name]) && vault.Value?.Find(name) is { } fromVault)
            {
                values[name] = fromVault;
            }
        }

        if (values.Count > 0)
        {
            configuration.AddInMemoryCollection(values);
        }
    }

    /// <summary>The file that should hold a setting and holds nothing, or null.</summary>
    public string? EmptyFileOf(string name) => emptyFiles.GetValueOrDefault(name);

    private string? ReadFile(string name)
    {
        if (configuration[$"{name}_FILE"] is not { Length: > 0 } path)
        {
            return null;
        }

        if (!string.IsNullOrEmpty(configuration[name]))
        {
            throw new SettingException($"Both {name} and {name}_FILE are set: keep one of them.");
        }

        try
        {
            // A line end at the end is an editor's, blanks and a byte order mark too.
            if (File.ReadAllText(path).Trim() is { Length: > 0 } value)
            {
                return value;
            }

            emptyFiles[name] = path;
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingException(
                $"{name}_FILE='{path}' cannot be read ({FileProblem.Of(e, path)}): check that it exists and that this user may read it.",
                e
            );
        }
    }
}
